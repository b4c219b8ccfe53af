import { randomUUID } from 'node:crypto';
import { Fault } from '@latchkey/contract/faults';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { append } from './append.ts';
import { consoleItself } from './who.ts';

/** How long an act waits for the end of the chain before it is refused, in milliseconds. */
const patienceMs = 2_000;

/**
 * Makes sure that the audit can be written before anything is asked of the Platform: no audit, no act (security L-04).
 * An event is appended and taken back, so that whatever would keep the real one from being kept shows now.
 *
 * @throws storage.unavailable
 */
export async function needWritableAudit(tx: NodePgDatabase): Promise<void> {
  try {
    await tx.execute(sql.raw(`SET LOCAL lock_timeout = ${patienceMs}`));
    await tx.execute(sql`SAVEPOINT audit_probe`);
    await append(tx, [{ ...consoleItself(randomUUID()), action: 'audit.verified', outcome: 'succeeded' }]);
    await tx.execute(sql`ROLLBACK TO SAVEPOINT audit_probe`);
  } catch (cause) {
    throw new Fault(
      'storage.unavailable',
      {
        detail: 'The audit cannot be written just now, so nothing was done.',
        remedy: 'Try again in a moment. What you typed is kept.',
        retryAfterSeconds: 5,
      },
      { cause },
    );
  }
}
