import { eq } from 'drizzle-orm';
import { endTokensOfClient } from '../../authorization-server/end-tokens.ts';
import type { Store } from '../../context/platform.ts';
import { clients } from '../../storage/schema.ts';
import { actorId, type Call } from '../shared/call.ts';
import { propertyChanges, record } from '../shared/record.ts';
import type { Locked } from './client-row.ts';
import type { Settings } from './client-request.ts';

/** What a change does to a client. */
export interface ClientChange {
  readonly settings?: Settings;
  readonly state?: 'active' | 'inactive';
  readonly dateToDelete?: Date | null;
}

/** Stores a change with its audit event; whoever is switched off loses all tokens (product 8.1). No change, no event. */
export async function applyChange(
  tx: Store,
  locked: Locked,
  change: ClientChange,
  operation: string,
  call: Call,
): Promise<void> {
  const { row, now } = locked;
  const after = { ...stored(row), ...columnsOf(change) };
  const changes = propertyChanges(wireNames(stored(row)), wireNames(after));
  if (changes.length === 0) return;
  await tx
    .update(clients)
    .set({ ...columnsOf(change), dateModified: now, modifiedBy: actorId(call.caller) })
    .where(eq(clients.id, row.id));
  if (after.state !== 'active') await endTokensOfClient(tx, row.id);
  await record(tx, call, {
    action: 'Update',
    entityType: 'OAuthClient',
    entityId: row.id,
    entityName: after.name,
    date: now,
    propertyChanges: changes,
    context: { operation },
  });
}

/** The columns of settings, as they are stored. */
export const settingsColumns = ({ settings }: { readonly settings: Settings }) => ({
  name: settings.name,
  description: settings.description === '' ? null : settings.description,
  grantTypes: settings.grantTypes,
  roleDivisions: settings.roleDivisions.map(({ roleId, divisionId }) => ({ roleId, divisionId })),
  scopes: settings.scopes,
  redirectUris: settings.redirectUris,
  accessTokenValiditySeconds: settings.accessTokenValiditySeconds,
  allowedIpRanges: settings.allowedIpRanges,
});

const columnsOf = ({ settings, state, dateToDelete }: ClientChange) => ({
  ...(settings && settingsColumns({ settings })),
  ...(state && { state }),
  ...(dateToDelete !== undefined && { dateToDelete }),
});

type Stored = ReturnType<typeof settingsColumns> & { readonly state: string; readonly dateToDelete: Date | null };

const stored = ({
  name,
  description,
  grantTypes,
  roleDivisions,
  scopes,
  redirectUris,
  accessTokenValiditySeconds,
  allowedIpRanges,
  state,
  dateToDelete,
}: Locked['row']): Stored => ({
  name,
  description,
  grantTypes,
  roleDivisions: [...roleDivisions],
  scopes,
  redirectUris,
  accessTokenValiditySeconds,
  allowedIpRanges,
  state,
  dateToDelete,
});

/** The wire's names, as the audit tells changes. */
export const wireNames = (columns: Stored) => ({
  name: columns.name,
  description: columns.description,
  authorizedGrantTypes: columns.grantTypes,
  roleDivisions: columns.roleDivisions.map(({ roleId, divisionId }) => `${roleId}:${divisionId}`),
  scope: columns.scopes,
  registeredRedirectUri: columns.redirectUris,
  accessTokenValiditySeconds: columns.accessTokenValiditySeconds,
  allowedIpRanges: columns.allowedIpRanges,
  state: columns.state,
  dateToDelete: columns.dateToDelete,
});
