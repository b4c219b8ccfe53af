import { sql } from 'drizzle-orm';
import type { Store } from '../../context/platform.ts';

/**
 * What time it is for a decision about a client. One clock decides for all replicas (security D-13); ask after the row
 * is locked, so that whoever waited for the lock does not decide with an old time.
 */
export type Now = (tx: Store) => Promise<Date>;

/** The database's clock, in whole milliseconds. */
export const databaseNow: Now = async (tx) => {
  const found = await tx.execute<{ ms: string }>(
    sql`SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms`,
  );
  return new Date(Number(found.rows[0]?.ms));
};
