import type { SessionView } from '@latchkey/contract/console-api/session';
import { lazy, Suspense, useEffect, useState } from 'react';
import { queryClient } from '../query-client.ts';
import { serverNow } from './clock.ts';
import { sessionQuery } from './session-query.ts';
import { warnBeforeMilliseconds } from './stay.ts';

const Warning = lazy(() => import('./idle-dialog.tsx').catch(() => ({ default: () => null })));

/** Warns before the session ends and offers to stay (product 2.2). */
export const IdleWarning = ({ ends }: { ends: SessionView['ends'] }) => {
  const idleEnd = Date.parse(ends.idleEndsAt);
  const absoluteEnd = Date.parse(ends.absoluteEndsAt);
  const end = Math.min(idleEnd, absoluteEnd);
  const [near, setNear] = useState(false);
  useEffect(() => {
    setNear(false);
    // The end may have moved by what another tab or this one did since; so the server is asked before the warning shows.
    const timer = setTimeout(
      () => void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey }).finally(() => setNear(true)),
      Math.max(0, end - warnBeforeMilliseconds - serverNow()),
    );
    return () => clearTimeout(timer);
  }, [end]);
  if (!near || end - serverNow() > warnBeforeMilliseconds + 1_000) return null;
  return (
    <Suspense>
      <Warning end={end} absolute={absoluteEnd <= idleEnd} />
    </Suspense>
  );
};
