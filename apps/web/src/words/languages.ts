import type { Words } from './words.ts';

/** The catalogues: what every page says, and the rest. */
const languages = {
  en: { first: () => import('virtual:words/en/first'), rest: () => import('virtual:words/en/rest') },
} satisfies Record<string, Record<'first' | 'rest', () => Promise<{ default: Words }>>>;

export type Language = keyof typeof languages;

/** The first of the person's languages that there are words for; English otherwise. */
export const languageFor = (wanted: readonly string[]): Language =>
  wanted.map((tag) => tag.split('-')[0]).find((tag): tag is Language => tag !== undefined && tag in languages) ?? 'en';

/** The language of this page. */
export const language = languageFor(navigator.languages);

/**
 * The locale for dates and numbers: the browser's own where it speaks the language of the words, so that a Briton reads
 * British dates.
 */
export const localeFor = (spoken: Language, wanted: readonly string[]): string =>
  wanted.find((tag) => tag.split('-')[0] === spoken) ?? spoken;

/** One part of the words of a language. */
export const wordsOf = async (spoken: Language, part: 'first' | 'rest'): Promise<Words> =>
  (await languages[spoken][part]()).default;
