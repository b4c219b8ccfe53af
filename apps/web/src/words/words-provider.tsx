import type { ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import type { Words } from './words.ts';

/** Gives all below it the words and the ways to write numbers and dates. */
export const WordsProvider = ({
  locale,
  messages,
  timeZone,
  children,
}: {
  locale: string;
  messages: Words;
  /** IANA name; the browser's own when left out. */
  timeZone?: string;
  children: ReactNode;
}) => (
  <IntlProvider locale={locale} messages={messages} onError={missed} {...(timeZone && { timeZone })}>
    {children}
  </IntlProvider>
);

/** A sentence without words is a fault while the page is made, and its name on the screen when it got out. */
const missed = (error: Error): void => {
  if (import.meta.env.DEV) throw error;
};
