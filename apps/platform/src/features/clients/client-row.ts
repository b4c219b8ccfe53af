import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import { clientState, type Client } from '@latchkey/domain/client';
import { and, eq } from 'drizzle-orm';
import type { Store } from '../../context/platform.ts';
import { clients, tombstones } from '../../storage/schema.ts';
import { couldBeId } from '../shared/known-id.ts';
import type { Now } from '../shared/now.ts';

/** A client as it is stored. */
export type ClientRow = typeof clients.$inferSelect;

/** A client whose row is locked until the transaction ends, and the time at which it was. */
export interface Locked {
  readonly row: ClientRow;
  readonly client: Client;
  readonly now: Date;
}

/**
 * Loads a client for a change and keeps all others from changing it meanwhile, so that changes have one order.
 * @throws PlatformFault `not.found`, also for a client whose removal is due, whether or not it was purged (security D-06)
 */
export async function lockClient(tx: Store, clientId: string, clock: Now): Promise<Locked> {
  const locked = couldBeId(clientId) ? await tx.select().from(clients).where(ofId(clientId)).for('update') : [];
  const now = await clock(tx);
  const row = locked[0];
  if (row === undefined || isOver(row, now)) throw new PlatformFault('not.found');
  return { row, client: clientOf(row), now };
}

/** As `lockClient`, but who comes too late to restore is told so: `gone` (security D-05). */
export async function lockClientToRestore(tx: Store, clientId: string, clock: Now): Promise<Locked> {
  try {
    return await lockClient(tx, clientId, clock);
  } catch (error) {
    throw (await wasThere(tx, clientId)) ? new PlatformFault('gone') : error;
  }
}

async function wasThere(tx: Store, clientId: string): Promise<boolean> {
  if (!couldBeId(clientId)) return false;
  const rows = await tx.select({ id: clients.id }).from(clients).where(ofId(clientId));
  const graves = await tx.select({ id: tombstones.clientId }).from(tombstones).where(eq(tombstones.clientId, clientId));
  return rows.length + graves.length > 0;
}

/** The console's own client is nobody's to see or to change. */
const ofId = (clientId: string) => and(eq(clients.id, clientId), eq(clients.builtIn, false));

/** Whether the date of removal has come: from then on the client is gone for everybody. */
export const isOver = ({ dateToDelete }: Pick<ClientRow, 'dateToDelete'>, now: Date): boolean =>
  dateToDelete !== null && now.getTime() >= dateToDelete.getTime();

/** The row in the words of the domain's rules. */
export function clientOf(row: ClientRow): Client {
  const dateToDelete = row.dateToDelete?.toISOString() ?? null;
  return {
    id: row.id,
    name: row.name,
    description: row.description ?? '',
    grantTypes: row.grantTypes,
    roleDivisions: [...row.roleDivisions],
    scopes: row.scopes,
    redirectUris: row.redirectUris,
    accessTokenValiditySeconds: row.accessTokenValiditySeconds,
    state: clientState(row.state, dateToDelete),
    dateToDelete,
    dateCreated: row.dateCreated.toISOString(),
    createdBy: null,
    dateModified: row.dateModified.toISOString(),
    modifiedBy: null,
    dateLastUsed: row.dateLastUsed?.toISOString() ?? null,
  };
}
