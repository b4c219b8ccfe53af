import * as z from 'zod';

const key = 'latchkey.return-to';
/** Where the server and the Platform send people who are signed out; nothing stands there. */
const nowhere = new Set(['/', '/signed-out']);

type Place = Pick<Location, 'pathname' | 'search' | 'hash'>;

/** Why a sign-in failed, as the server names it in the address. */
const Failure = z.enum(['state', 'denied', 'refused', 'answer', 'person', 'platform', 'busy', 'storage', 'server']);

/** Why the sign-in failed that led to this address; `null` when none did. */
export function failureIn({ pathname, search }: Place): z.infer<typeof Failure> | null {
  if (pathname !== '/signed-out') return null;
  const why = new URLSearchParams(search).get('why');
  return why === null ? null : Failure.catch('server').parse(why);
}

/** Notes where a sign-in shall end, so that one that failed can be tried again from there. */
export function rememberReturnTo(path: string): void {
  try {
    sessionStorage.setItem(key, path);
  } catch {
    // Without storage the next try ends at the clients.
  }
}

/** Where to go after signing in: this page; after a failed sign-in the page it began on; the clients otherwise. */
export function placeToReturnTo(place: Place): string {
  if (!nowhere.has(place.pathname)) return place.pathname + place.search + place.hash;
  if (failureIn(place) === null) return '/clients';
  try {
    return sessionStorage.getItem(key) ?? '/clients';
  } catch {
    return '/clients';
  }
}
