import type { Database } from '@latchkey/database/pool';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Logger } from 'pino';
import type { CallerOf } from './caller.ts';
import type { SecretHasher } from '../authorization-server/secret-hasher.ts';

/** What time it is; tests pass their own. */
export type Clock = () => Date;

/** The database, or a transaction on it. */
export type Store = NodePgDatabase;

/** What every part of the Platform is given at start. */
export interface Platform {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** Turns secrets of clients into what is stored of them. */
  readonly secrets: SecretHasher;
  /** Who a bearer token speaks for, read anew for every request. */
  readonly callerOf: CallerOf;
  /** Whether the extensions of the wire are offered (architecture 6, `PLATFORM_EXTENSIONS`). */
  readonly extensions: boolean;
}
