/**
 * A text as it is searched and sorted: without case, accents and width, so that "Größe" is found by "grosse" and "GROSSE"
 * alike. Only compared, never shown.
 */
export const fold = (text: string): string =>
  // Nearly all names are plain, and a list has many.
  /^[\u0001-\u007F]*$/.test(text) ? text.toLowerCase() : foldAny(text);

const foldAny = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('\0', '')
    .toWellFormed();
