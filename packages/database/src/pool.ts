import { drizzle } from 'drizzle-orm/node-postgres';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';

/** A drizzle database on a pool. Code that runs inside `transaction` as well takes `NodePgDatabase` instead. */
export type Database<Schema extends Record<string, unknown> = Record<string, never>> = NodePgDatabase<Schema> & {
  $client: pg.Pool;
};

/** What `openPool` may be told. */
export interface PoolOptions {
  /** Shown by PostgreSQL beside each connection. */
  applicationName: string;
  /** The most connections at a time; 10 unless told. */
  max?: number;
  /** Told once for every idle connection that breaks; the pool replaces it by itself. */
  onBroken?: (error: Error) => void;
}

/**
 * Milliseconds after which a piece of work with the database is given up, so that a call ends within 3 s while the
 * database is away (security F-07) and within 10 s while it hangs (F-08).
 */
export const databaseLimits = { connect: 2_500, statement: 7_000, answer: 7_200, idleInTransaction: 15_000 } as const;

/** Opens a pool whose every wait has an end and which survives the death and the return of the database. */
export function openPool(url: string, { applicationName, max = 10, onBroken }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    max,
    connectionTimeoutMillis: databaseLimits.connect,
    statement_timeout: databaseLimits.statement,
    query_timeout: databaseLimits.answer,
    idle_in_transaction_session_timeout: databaseLimits.idleInTransaction,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  });
  // Without a listener a broken idle connection would end the process.
  pool.on('error', (error) => onBroken?.(error));
  return pool;
}

/** The drizzle view of a pool. */
export function databaseOf<Schema extends Record<string, unknown> = Record<string, never>>(
  pool: pg.Pool,
  schema?: Schema,
): Database<Schema> {
  return schema === undefined ? drizzle<Schema>({ client: pool }) : drizzle({ client: pool, schema });
}
