import { randomInt } from 'node:crypto';

const consonants = 'bdfghjklmnprstvz';
const vowels = 'aeiou';

/**
 * A password that a person can read off a terminal and type: six groups such as `bami`, 75 random bits. Letters only,
 * none that look like another one in lower case.
 */
export function readablePassword(): string {
  const pick = (letters: string): string => letters.charAt(randomInt(letters.length));
  const syllable = (): string => pick(consonants) + pick(vowels);
  return Array.from({ length: 6 }, () => syllable() + syllable()).join('-');
}
