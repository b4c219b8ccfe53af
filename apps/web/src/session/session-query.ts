import { queryOptions } from '@tanstack/react-query';
import { reads } from '../connection.ts';
import { noteServerClock } from './clock.ts';
import { rememberRights } from './last-rights.ts';

/** How often the page asks whether the session is still there, in milliseconds. Asking is no activity (S-14). */
const askEvery = 30_000;

const { queryKey, queryFn } = reads.session.read();

/** Who is signed in; `null` when nobody is. Notes the server's clock with each answer. */
export const sessionQuery = queryOptions({
  queryKey,
  queryFn: async (context: { signal: AbortSignal }) => {
    const session = await queryFn(context);
    if (session) noteServerClock(session.ends.now);
    rememberRights(session);
    return session;
  },
  staleTime: 5_000,
  refetchInterval: askEvery,
  refetchIntervalInBackground: true,
  refetchOnWindowFocus: 'always',
});
