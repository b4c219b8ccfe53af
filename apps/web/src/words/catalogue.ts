import { useSyncExternalStore } from 'react';
import { language, wordsOf } from './languages.ts';
import type { Words } from './words.ts';

let words: Words = {};
const listeners = new Set<() => void>();
const parts: Partial<Record<'first' | 'rest', Promise<void>>> = {};

/** Fetches a part of the words, once. */
export function needWords(part: 'first' | 'rest'): Promise<void> {
  return (parts[part] ??= wordsOf(language, part).then(
    (more) => {
      words = { ...words, ...more };
      for (const listener of listeners) listener();
    },
    (error: unknown) => {
      // The next page asks again.
      delete parts[part];
      throw error;
    },
  ));
}

/** The words that are there. */
export const useCatalogue = (): Words =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => words,
  );
