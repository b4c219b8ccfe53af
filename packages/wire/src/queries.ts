import type { Answer, Request, Table } from '@latchkey/contract/route';
import type { QueryClient } from '@tanstack/react-query';
import type { Sent } from './address.ts';
import { call, type Send } from './call.ts';
import { eachRoute } from './each-route.ts';

type QueryArguments<R> = object extends R ? [sent?: R] : [sent: R];

/** Every GET of a table as TanStack Query options, keyed `[feature, operation, sent]`; an outdated request is aborted. */
export type Queries<T extends Table> = {
  [F in keyof T]: {
    [O in keyof T[F] as T[F][O]['method'] extends 'GET' ? O : never]: (...args: QueryArguments<Request<T[F][O]>>) => {
      queryKey: readonly [feature: F, operation: O, sent: unknown];
      queryFn: (context: { signal: AbortSignal }) => Promise<Answer<T[F][O]>>;
    };
  };
};

/** The reads of a table, as query options. */
export const queries = <T extends Table>(table: T, base: string, send: Send = fetch): Queries<T> =>
  eachRoute(table, (route, feature, operation) => (sent: Sent = {}) => ({
    queryKey: [feature, operation, sent],
    queryFn: ({ signal }: { signal: AbortSignal }) => call(route, base, sent, send, { signal }),
  })) as unknown as Queries<T>;

/** A change to a feature makes every read of it stale: one rule instead of one per mutation. */
export const changed = (client: QueryClient, ...features: string[]): Promise<unknown> =>
  Promise.all(features.map((feature) => client.invalidateQueries({ queryKey: [feature] })));
