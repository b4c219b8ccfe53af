import type { Database } from '@latchkey/database/pool';
import { sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import { purgeDueClients } from './features/clients/purge.ts';

/** Milliseconds between two looks. */
const every = 30_000;
/** How many rows one statement removes at most, so that no lock is held for long. */
const batch = 2_000;

/** Removes what has been over for a day; until then a token can still be told that it is expired. */
export async function removeExpired(db: Database): Promise<void> {
  for (;;) {
    const { rowCount } = await db.execute(sql`
      DELETE FROM oidc_payloads WHERE ctid IN (
        SELECT ctid FROM oidc_payloads WHERE expires_at < now() - interval '1 day' LIMIT ${batch} FOR UPDATE SKIP LOCKED)`);
    if ((rowCount ?? 0) < batch) break;
  }
  await db.execute(sql`DELETE FROM rate_limits WHERE expire < extract(epoch FROM now()) * 1000 - 60000`);
}

/** Removes clients whose time to restore is over (product 8.3) and what has expired, again and again until it is stopped. */
export function startPurging(db: Database, log: Logger): { stop: () => Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      const removed = await purgeDueClients(db);
      if (removed > 0) log.info({ removed }, 'clients removed for good');
      await removeExpired(db);
    } catch (error) {
      log.warn({ err: error }, 'purge failed; it runs again');
    }
  };
  const next = (): void => {
    running = running.then(look);
  };
  next();
  const timer = setInterval(next, every);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
