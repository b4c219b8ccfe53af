import type { Client } from './client.ts';

/** Up to this age, in seconds, a deletion is final (product 8.1: 30 days). */
export const youngForSeconds = 2_592_000;

/** How long a deleted older client can be restored, in seconds (product 8.1: seven days). */
export const removalAfterSeconds = 604_800;

/** `final`: gone at once and for good. `restorable`: switched off, and gone for good after seven days. */
export type DeletionMeaning = 'final' | 'restorable';

const later = (instant: number, seconds: number): string => new Date(instant + seconds * 1000).toISOString();

/**
 * What deleting means now. Age counts in whole seconds since creation: 30 days to the second are still final
 * (security D-01). A creation date in the future or without sense never makes a deletion look restorable (D-14).
 */
export function deletionMeaning(client: Pick<Client, 'dateCreated'>, now: Date): DeletionMeaning {
  const ageSeconds = Math.floor((now.getTime() - Date.parse(client.dateCreated)) / 1000);
  return ageSeconds > youngForSeconds ? 'restorable' : 'final';
}

/** The last second in which deleting is final. */
export const youngUntil = (client: Pick<Client, 'dateCreated'>): string =>
  later(Date.parse(client.dateCreated), youngForSeconds);

/** The first instant at which deleting can be undone. */
export const restorableFrom = (client: Pick<Client, 'dateCreated'>): string =>
  later(Date.parse(client.dateCreated), youngForSeconds + 1);

/** When a client that is deleted now goes for good. */
export const removalDate = (now: Date): string => later(now.getTime(), removalAfterSeconds);

/** The instant at which the window to restore closes, or null for a client that is not pending removal. */
export const restorableUntil = (client: Pick<Client, 'state' | 'dateToDelete'>): string | null =>
  client.state === 'pending-removal' ? client.dateToDelete : null;

/**
 * Whether the window to restore is still open: strictly before the date of removal, whether or not anything has purged
 * the client since (security D-05, D-06).
 */
export function mayStillRestore(client: Pick<Client, 'state' | 'dateToDelete'>, now: Date): boolean {
  const until = restorableUntil(client);
  return until !== null && now.getTime() < Date.parse(until);
}
