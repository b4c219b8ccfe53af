import { useIntl } from 'react-intl';
import { useServerNow } from '../../../session/clock.ts';
import { relative } from '../../../ui/format-instant.ts';

/** "3 minutes ago", renewed as time goes by. */
export function useAge(): (at: string) => string {
  const intl = useIntl();
  const now = useServerNow(10_000);
  return (at) => relative(intl, at, now);
}
