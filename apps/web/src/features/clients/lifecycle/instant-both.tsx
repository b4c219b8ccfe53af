import { useIntl } from 'react-intl';
import { local, utc } from '../../../ui/format-instant.ts';

/** An instant on which a decision hangs, in the person's zone and in UTC: "Tue 1 Dec 2026, 14:05 CET (2026-12-01 13:05:00 UTC)". */
export const InstantBoth = ({ at }: { at: string }) => {
  const intl = useIntl();
  return (
    <time dateTime={at}>
      {local(intl, at)} ({utc(at)})
    </time>
  );
};
