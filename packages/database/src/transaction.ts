import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Database } from './pool.ts';

/** How a transaction runs. */
export interface TransactionOptions {
  /** Unless told: read committed. Use serializable where a rule looks at rows that it does not lock. */
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  /** How often the work is begun at most; 5 unless told. */
  attempts?: number;
}

/**
 * Runs work as one transaction: all of it is kept, or nothing.
 *
 * Work that lost against another transaction (a serialization failure or a deadlock) is begun again, so it must have no
 * effect but on the database. Never call another system inside: a slow answer would hold rows and a connection. Use this
 * instead of drizzle's own `db.transaction`, which gives a connection that stopped answering back to the pool.
 *
 * @param work receives the database inside the transaction; what it returns is returned after the commit
 * @throws what the work threw, after everything was undone
 */
export async function transaction<T, Schema extends Record<string, unknown>>(
  db: Database<Schema>,
  work: (tx: NodePgDatabase<Schema>) => Promise<T>,
  { isolation = 'read committed', attempts = 5 }: TransactionOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(db, work, isolation);
    } catch (error) {
      if (attempt >= attempts || !lostARace(error)) throw error;
      await pause(randomInt(5, 15 * attempt * attempt));
    }
  }
}

async function once<T, Schema extends Record<string, unknown>>(
  db: Database<Schema>,
  work: (tx: NodePgDatabase<Schema>) => Promise<T>,
  isolation: string,
): Promise<T> {
  const client = await db.$client.connect();
  // A connection that breaks while it is out has no listener of the pool's; its next query reports the breach.
  const quiet = (): void => undefined;
  client.on('error', quiet);
  let usable = false;
  try {
    await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
    const schema = db._.fullSchema;
    const tx = drizzle<Schema, pg.PoolClient>({ client, ...(schema === undefined ? {} : { schema }) });
    const result = await work(tx);
    await client.query('COMMIT');
    usable = true;
    return result;
  } catch (error) {
    usable = await client.query('ROLLBACK').then(
      () => true,
      () => false,
    );
    throw error;
  } finally {
    client.off('error', quiet);
    client.release(!usable);
  }
}

const lostRaces = new Set(['40001', '40P01']);

/** Whether an error, or what caused it, says that another transaction won: trying again can succeed. */
export function lostARace(error: unknown): boolean {
  return lostRaces.has(sqlState(error) ?? '');
}

/**
 * The five characters by which PostgreSQL names an error (`23505` for a value that must be unique, say), also when
 * drizzle wrapped it; undefined for any other error.
 */
export function sqlState(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof pg.DatabaseError) return at.code;
  }
  return undefined;
}
