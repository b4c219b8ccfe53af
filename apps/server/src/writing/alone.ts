import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@latchkey/contract/faults';
import { sql } from 'drizzle-orm';
import type { Parts } from '../parts.ts';
import { refuseNoClientId } from './reading.ts';

/** For how long a lease is good when its holder dies: longer than any change takes, in seconds. */
const leaseSeconds = 25;
/** How long one waits for another's change of the same client, in ms. */
const patienceMs = 8_000;

/**
 * Does a change of a client while nobody else does one, over all replicas, so that between reading its version and
 * writing nobody writes (security F-13, F-14, K-16). A lease in a row and not a lock: no connection is held while the
 * Platform is asked. Its time is the database's.
 *
 * @throws client.not_found for what is no id; platform.busy when somebody else takes too long
 */
export async function alone<T>({ db, log }: Parts, clientId: string, work: () => Promise<T>): Promise<T> {
  refuseNoClientId(clientId);
  const holder = randomUUID();
  const patient = performance.now() + patienceMs;
  for (let tries = 0; ; tries += 1) {
    const { rowCount } = await db.execute(sql`INSERT INTO client_leases AS had (client_id, holder, until)
      VALUES (${clientId}, ${holder}, now() + ${`${leaseSeconds} seconds`}::interval)
      ON CONFLICT (client_id) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE had.until < now()`);
    if (rowCount === 1) break;
    if (performance.now() > patient)
      throw new Fault('platform.busy', { detail: 'Somebody else is changing this client.', retryAfterSeconds: 5 });
    await pause(Math.min(10 * 2 ** tries, 100));
  }
  try {
    return await work();
  } finally {
    await db
      .execute(sql`DELETE FROM client_leases WHERE client_id = ${clientId} AND holder = ${holder}`)
      .catch((error: unknown) => {
        log.warn({ err: error }, 'A lease could not be given back; it ends by itself');
      });
  }
}
