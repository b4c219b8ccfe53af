import type { Reveal } from '@latchkey/contract/console-api/models';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { api } from '../../../connection.ts';
import type { SecretActs } from '../../../secret-acts.ts';
import { needWords } from '../../../words/catalogue.ts';
import { isGivenUp } from './given-up.ts';
import { onAcknowledged } from './other-tabs.ts';

/** When the question what waits stays without answer, it is asked again after so many milliseconds. */
const askAgainAfter = [2_000, 8_000, 30_000];

/** What waits to be shown, sealed, in the order of making; and the acts that other features call. */
export function useReveals() {
  const [waiting, setWaiting] = useState<readonly Reveal[]>([]);
  const found = useRef(new Set<() => void>());
  const add = useCallback(
    (reveals: readonly Reveal[]) =>
      setWaiting((before) => [...before, ...reveals.filter(({ id }) => !before.some((one) => one.id === id))]),
    [],
  );
  const drop = useCallback((id: string) => setWaiting((before) => before.filter((one) => one.id !== id)), []);

  const ask = useCallback(async () => {
    const reveals = (await api.reveals.list()).filter(({ id }) => !isGivenUp(id));
    add(reveals);
    if (reveals.length === 0) return;
    const { noteClient } = await import('./reveal-key.ts');
    await Promise.all(
      reveals.filter(({ why }) => why === 'created').map((reveal) => noteClient(reveal.keyThumbprint, reveal.clientId)),
    );
    for (const listener of found.current) listener();
  }, [add]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = (tries: number) =>
      void ask().catch(() => {
        const wait = askAgainAfter[tries];
        if (wait !== undefined) timer = setTimeout(() => attempt(tries + 1), wait);
      });
    attempt(0);
    const stop = onAcknowledged(drop);
    // A page that is left shows nothing any more, in whatever memory the browser keeps it; one that comes back asks
    // again, and what still waits comes covered (security K-11).
    const leave = () => flushSync(() => setWaiting([]));
    const comeBack = (event: PageTransitionEvent) => event.persisted && attempt(0);
    window.addEventListener('pagehide', leave);
    window.addEventListener('pageshow', comeBack);
    return () => {
      clearTimeout(timer);
      stop();
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('pageshow', comeBack);
    };
  }, [ask, drop]);

  const acts = useMemo<SecretActs>(
    () => ({
      sealed: async (idempotencyKey, request) => {
        // Everything that showing takes is here before the request leaves: the network may be gone when the answer has come.
        const [{ keyForRequest, noteClient }] = await Promise.all([
          import('./reveal-key.ts'),
          import('./open-sealed.ts'),
          import('./reveal-dialog.tsx'),
          import('./receipt-note.tsx'),
          needWords('rest'),
        ]);
        const { publicKey, thumbprint } = await keyForRequest(idempotencyKey);
        const answer = await request(publicKey, { headers: { 'idempotency-key': idempotencyKey } });
        await noteClient(thumbprint, answer.reveal.clientId);
        return answer;
      },
      show: (reveal) => add([reveal]),
      clientMadeBy: async (idempotencyKey) => {
        const { keyOfRequest } = await import('./reveal-key.ts');
        return (await keyOfRequest(idempotencyKey))?.clientId ?? null;
      },
      onFound: (listener) => {
        found.current.add(listener);
        return () => void found.current.delete(listener);
      },
    }),
    [add],
  );
  return { acts, waiting, drop };
}
