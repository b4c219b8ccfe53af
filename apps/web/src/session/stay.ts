import type { SessionView } from '@latchkey/contract/console-api/session';
import { api } from '../connection.ts';
import { queryClient } from '../query-client.ts';
import { noteServerClock, serverNow } from './clock.ts';
import { tellOtherTabs } from './other-tabs.ts';
import { sessionQuery } from './session-query.ts';

/** Starts the idle time anew and shows the new end. */
export async function stay(): Promise<void> {
  const ends = await api.session.stay();
  noteServerClock(ends.now);
  queryClient.setQueryData(sessionQuery.queryKey, (session: SessionView | null | undefined) =>
    session ? { ...session, ends } : session,
  );
  tellOtherTabs();
}

let askedAt = 0;

/**
 * Somebody touched the page: keeps the session of a person who types for long without sending anything. Asked once the
 * idle time is a fifth gone, at most once in 30 seconds. In the last stretch the warning asks instead.
 */
export function staySignedIn(): void {
  const session = queryClient.getQueryData<SessionView | null>(sessionQuery.queryKey);
  if (!session) return;
  const now = serverNow();
  const { idleSeconds, idleEndsAt } = session.ends;
  const left = Date.parse(idleEndsAt) - now;
  if (left > idleSeconds * 800 || left < warnBeforeMilliseconds || now - askedAt < 30_000) return;
  askedAt = now;
  // A failure shows itself with the next request of the person's own.
  stay().catch(() => undefined);
}

/** How long before the end the page warns, in milliseconds (product 2.2 asks for one minute, security S-15 for two). */
export const warnBeforeMilliseconds = 120_000;
