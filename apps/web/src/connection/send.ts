import type { Send } from '@latchkey/wire/call';
import { nobodyHere } from './activity.ts';
import { watched } from './reachability.ts';

/** Why nobody is signed in any more, as the server said it. */
export type SessionFault = 'session.missing' | 'session.expired';

const listeners = new Set<(fault: SessionFault) => void>();

/** Calls back when an answer says that the session is gone. Returns the way to stop. */
export function onSessionGone(listener: (fault: SessionFault) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * `fetch` as the console's API wants it: the header that only this page can send (security S-22), an idempotency key on
 * every change (architecture 5; a form that may send the same change twice brings its own), and the mark of polling.
 */
export const send: Send = async (url, init) => {
  const headers = new Headers(init.headers);
  headers.set('latchkey-request', '1');
  if (init.method === 'GET') {
    if (nobodyHere()) headers.set('latchkey-background', '1');
  } else if (!headers.has('idempotency-key')) {
    headers.set('idempotency-key', crypto.randomUUID());
  }
  const response = await watched(
    fetch(url, { ...init, headers, credentials: 'same-origin', redirect: 'error', cache: 'no-store' }),
  );
  if (response.status === 401) await tellSessionGone(response.clone());
  return response;
};

async function tellSessionGone(response: Response): Promise<void> {
  const answer = (await response.json().catch(() => null)) as { code?: unknown } | null;
  if (answer?.code !== 'session.missing' && answer?.code !== 'session.expired') return;
  for (const listener of listeners) listener(answer.code);
}
