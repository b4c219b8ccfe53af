import { PlatformFault } from '@latchkey/contract/platform-api/faults';

/** Whether a text could be the id of anything here; what the database cannot even compare is nobody's id. */
export const couldBeId = (text: string): boolean => /^[\x21-\x7e]{1,200}$/.test(text);

/**
 * The id of a path, or `not.found`: for an id that cannot be one the answer is the same as for one that is not there
 * (security Z-04).
 */
export function knownId(text: string): string {
  if (!couldBeId(text)) throw new PlatformFault('not.found');
  return text;
}

/** What was found, or `not.found`. */
export function found<T>(thing: T | undefined | null): T {
  if (thing === undefined || thing === null) throw new PlatformFault('not.found');
  return thing;
}
