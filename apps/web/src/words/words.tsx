import type { ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { WordId } from './ids.ts';

/** What a sentence names: texts, numbers, dates, elements, and functions for `<tags>` in the text. */
export type WordValues = Record<string, ReactNode | Date | ((chunks: ReactNode[]) => ReactNode)>;
type PlainValues = Record<string, string | number | boolean | Date | null | undefined>;

/** A sentence: `<Words id="clients.total" values={{ count }} />`. */
export const Words = ({ id, values }: { id: WordId; values?: WordValues }) => (
  <FormattedMessage id={id} {...(values && { values: values as Record<string, ReactNode> })} />
);

/** For sentences in attributes: `const say = useWords(); say('clients.search')`. */
export function useWords(): (id: WordId, values?: PlainValues) => string {
  const intl = useIntl();
  return (id, values) => intl.formatMessage({ id }, values);
}
