import { Fault } from '@latchkey/contract/faults';
import * as z from 'zod';
import type { Keys } from '../keys.ts';

/** Where a page of the list begins: after this value of the sorted column and this id. */
const Place = z.strictObject({ value: z.string(), id: z.string(), at: z.iso.datetime() });
export type Place = z.infer<typeof Place>;

/**
 * A place in a list as an opaque text. It is sealed, so it tells nothing, and bound to what it was made for: the person,
 * the filter and the order (security I-13).
 */
export const cursorOf = (keys: Keys, place: Place, bound: string): string =>
  keys.seal('cursor', JSON.stringify(place), bound);

/** @throws cursor.invalid for a text that was changed, or made for another person, filter or order */
export function placeOf(keys: Keys, cursor: string, bound: string): Place {
  const opened = keys.open('cursor', cursor, bound);
  if (opened === null) throw new Fault('cursor.invalid', { remedy: 'Go back to the first page.' });
  return Place.parse(JSON.parse(opened));
}
