import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { watchInput } from '../connection/activity.ts';
import { onSessionGone } from '../connection/send.ts';
import { IdleWarning } from './idle-warning.tsx';
import { rememberRights } from './last-rights.ts';
import { onOtherTab } from './other-tabs.ts';
import { SessionContext } from './session.tsx';
import { sessionQuery } from './session-query.ts';
import { type SignedOutReason, takeSignedOutReason } from './signed-out-reason.ts';
import { staySignedIn } from './stay.ts';

/**
 * Shows the page to the person who is signed in, `waiting` until that is known, and `signedOut` when nobody is. When the
 * session ends, everything that was read is forgotten; what was typed stays in its drafts.
 */
export const SessionGate = ({
  children,
  waiting,
  signedOut,
  failed,
}: {
  children: ReactNode;
  waiting: ReactNode;
  signedOut: (reason: SignedOutReason | null) => ReactNode;
  failed: (error: unknown, retry: () => void) => ReactNode;
}) => {
  const client = useQueryClient();
  const { data: session, error, refetch } = useQuery(sessionQuery);
  const [reason, setReason] = useState(takeSignedOutReason);
  const was = useLast(session);

  useEffect(
    () =>
      onSessionGone((fault) => {
        setReason((before) => before ?? (fault === 'session.expired' ? 'idle' : null));
        client.setQueryData(sessionQuery.queryKey, null);
      }),
    [client],
  );
  useEffect(() => onOtherTab(() => void refetch()), [refetch]);
  useEffect(() => watchInput(staySignedIn), []);
  // A page that comes back from the browser's memory may belong to nobody any more.
  useEffect(() => {
    const check = (event: PageTransitionEvent) => void (event.persisted && refetch());
    window.addEventListener('pageshow', check);
    return () => window.removeEventListener('pageshow', check);
  }, [refetch]);
  useEffect(() => {
    if (session === null) {
      rememberRights(null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' || queryKey[1] !== 'read' });
    }
  }, [session, client]);

  if (session) {
    return (
      <SessionContext session={session}>
        {children}
        <IdleWarning ends={session.ends} />
      </SessionContext>
    );
  }
  if (session === null) return signedOut(reason ?? (was ? 'ended' : null));
  return error ? failed(error, () => void refetch()) : waiting;
};

/** Whether the value was ever something. */
function useLast(value: unknown): boolean {
  const [was, setWas] = useState(false);
  if (value && !was) setWas(true);
  return was;
}
