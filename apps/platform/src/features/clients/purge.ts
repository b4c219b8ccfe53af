import type { Database } from '@latchkey/database/pool';
import { transaction } from '@latchkey/database/transaction';
import { and, asc, eq, lte } from 'drizzle-orm';
import { auditEvents, clients } from '../../storage/schema.ts';
import { databaseNow, type Now } from '../shared/now.ts';
import { bury } from './delete-client.ts';

/** How many clients one transaction removes. */
const batch = 200;

/**
 * Removes every client whose date of removal has come, by the database's clock and never before it (security D-07, D-08).
 * Any number of processes may run it at once; each client goes once. What it does not get to is gone for readers anyway.
 * @returns how many went
 */
export async function purgeDueClients(db: Database, clock: Now = databaseNow): Promise<number> {
  for (let purged = 0; ;) {
    const gone = await transaction(db, async (tx) => {
      const now = await clock(tx);
      const due = await tx
        .select({ id: clients.id, name: clients.name })
        .from(clients)
        .where(and(lte(clients.dateToDelete, now), eq(clients.state, 'inactive'), eq(clients.builtIn, false)))
        .orderBy(asc(clients.dateToDelete))
        .limit(batch)
        .for('update', { skipLocked: true });
      for (const { id, name } of due) {
        await bury(tx, id, now);
        await tx.insert(auditEvents).values({
          date: now,
          action: 'Delete',
          entityType: 'OAuthClient',
          entityId: id,
          entityName: name,
          status: 'SUCCESS',
          context: { operation: 'purge' },
        });
      }
      return due.length;
    });
    purged += gone;
    if (gone < batch) return purged;
  }
}
