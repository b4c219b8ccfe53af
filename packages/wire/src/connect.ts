import type { Answer, Request, Table } from '@latchkey/contract/route';
import type { Sent } from './address.ts';
import { call, type CallOptions, type Send } from './call.ts';
import { eachRoute } from './each-route.ts';

/** What must be sent comes first; where nothing must be, it may be left out. */
export type Arguments<R> = object extends R ? [sent?: R, options?: CallOptions] : [sent: R, options?: CallOptions];

/** The table, callable: `consoleApi.clients.read({ params: { clientId } })`. */
export type Connection<T extends Table> = {
  [F in keyof T]: { [O in keyof T[F]]: (...args: Arguments<Request<T[F][O]>>) => Promise<Answer<T[F][O]>> };
};

/** Binds a table to a base address; each call is typed both ways by its row. */
export const connect = <T extends Table>(table: T, base: string, send: Send = fetch): Connection<T> =>
  eachRoute(
    table,
    (route) =>
      (sent: Sent = {}, options: CallOptions = {}) =>
        call(route, base, sent, send, options),
  ) as unknown as Connection<T>;
