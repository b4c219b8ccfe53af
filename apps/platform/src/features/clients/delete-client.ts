import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import { transaction } from '@latchkey/database/transaction';
import { deletionMeaning, removalDate } from '@latchkey/domain/deletion';
import { whyNotDelete } from '@latchkey/domain/may';
import { eq } from 'drizzle-orm';
import { endTokensOfClient } from '../../authorization-server/end-tokens.ts';
import type { Platform, Store } from '../../context/platform.ts';
import { clients, tombstones } from '../../storage/schema.ts';
import { holderOf, type Call } from '../shared/call.ts';
import type { Now } from '../shared/now.ts';
import { record } from '../shared/record.ts';
import { applyChange } from './apply.ts';
import { refuse } from './client-faults.ts';
import { lockClient } from './client-row.ts';

/**
 * Deletes an inactive client: at once when it is at most 30 days old, otherwise in seven days (architecture 6). Asked
 * again meanwhile it changes nothing, so that the date never moves.
 */
export function deleteClient({ db }: Platform, clock: Now) {
  return ({ params }: { params: { clientId: string } }, call: Call): Promise<undefined> =>
    transaction(db, async (tx) => {
      const locked = await lockClient(tx, params.clientId, clock);
      const { client, row, now } = locked;

      if (client.state === 'active') throw new PlatformFault('cannot.delete.client');
      if (client.state === 'pending-removal') return undefined;
      const surroundings = { now, deleteNeedsEdit: false, restore: true };
      refuse(whyNotDelete(client, holderOf(call.caller), surroundings), new Map());

      if (deletionMeaning(client, now) === 'restorable') {
        const dateToDelete = new Date(removalDate(now));
        await applyChange(tx, locked, { dateToDelete }, 'delete', call);
        return undefined;
      }
      await bury(tx, row.id, now);
      await record(tx, call, {
        action: 'Delete',
        entityType: 'OAuthClient',
        entityId: row.id,
        entityName: row.name,
        date: now,
      });
      return undefined;
    });
}

/** Removes a client with all that hangs on it; its id stays as a tombstone and never comes back (security D-08). */
export async function bury(tx: Store, clientId: string, now: Date): Promise<void> {
  await endTokensOfClient(tx, clientId);
  await tx.insert(tombstones).values({ clientId, dateDeleted: now }).onConflictDoNothing();
  await tx.delete(clients).where(eq(clients.id, clientId));
}
