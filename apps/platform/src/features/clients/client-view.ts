import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import type { OAuthClient } from '@latchkey/contract/platform-api/models';
import { and, eq, sql } from 'drizzle-orm';
import type { Store } from '../../context/platform.ts';
import { clients } from '../../storage/schema.ts';
import { isOver, type ClientRow } from './client-row.ts';
import { found, knownId } from '../shared/known-id.ts';
import type { Now } from '../shared/now.ts';

/** What a client's answer is made of. */
export interface ClientFacts {
  readonly row: ClientRow;
  /** When the current secret was made. */
  readonly dateSecretCreated: Date | null;
  readonly createdByPerson: boolean;
  readonly modifiedByPerson: boolean;
}

/**
 * The query behind every answer about clients; add where, order and limit. What lies in other tables is looked up row
 * by row, after the limit: a join would be at the mercy of statistics that a fresh database does not have.
 */
export const clientFacts = (db: Store) =>
  db
    .select({
      row: clients,
      dateSecretCreated,
      createdByPerson: namesPerson('created_by'),
      modifiedByPerson: namesPerson('modified_by'),
    })
    .from(clients)
    .$dynamic();

// Written out: in a query of one table drizzle leaves the names of tables away, and "id" would be another one's.
const namesPerson = (column: 'created_by' | 'modified_by') =>
  sql<boolean>`EXISTS (SELECT 1 FROM users WHERE users.id = clients.${sql.identifier(column)})`;

/** When the current secret of a client was made; for any query of clients. */
export const dateSecretCreated = sql<Date | null>`(
  SELECT date_created FROM client_secrets WHERE client_id = clients.id AND date_ends IS NULL LIMIT 1
)`.mapWith({ mapFromDriverValue: (text: string): Date | null => new Date(text) });

/** One client as its readers see it; `not.found` for the console's own and for one whose removal is due. */
export async function showClient(db: Store, clientId: string, clock: Now, extensions: boolean): Promise<OAuthClient> {
  const rows = await clientFacts(db).where(and(eq(clients.id, knownId(clientId)), eq(clients.builtIn, false)));
  const facts = found(rows[0]);
  // Only a client that is on its way out needs the time.
  if (facts.row.dateToDelete !== null && isOver(facts.row, await clock(db))) throw new PlatformFault('not.found');
  return clientView(facts, extensions);
}

/** A client on the wire (platform-api 2.1); without extensions nothing but what the plain wire knows. */
export function clientView({ row, ...facts }: ClientFacts, extensions: boolean): OAuthClient {
  const first = row.grantTypes[0];
  return {
    id: row.id,
    name: row.name,
    ...(row.description !== null && row.description !== '' && { description: row.description }),
    ...(first !== undefined && { authorizedGrantType: first }),
    ...(extensions && { authorizedGrantTypes: row.grantTypes }),
    accessTokenValiditySeconds: row.accessTokenValiditySeconds,
    registeredRedirectUri: row.redirectUris,
    scope: row.scopes,
    roleDivisions: [...row.roleDivisions],
    state: row.state,
    ...(row.dateToDelete !== null && { dateToDelete: row.dateToDelete.toISOString() }),
    dateCreated: row.dateCreated.toISOString(),
    dateModified: row.dateModified.toISOString(),
    ...(row.createdBy !== null && { createdBy: whoRef(row.createdBy, facts.createdByPerson) }),
    ...(row.modifiedBy !== null && { modifiedBy: whoRef(row.modifiedBy, facts.modifiedByPerson) }),
    ...(extensions && {
      allowedIpRanges: row.allowedIpRanges,
      ...(facts.dateSecretCreated !== null && { dateSecretCreated: facts.dateSecretCreated.toISOString() }),
      ...(row.dateLastUsed !== null && { dateLastUsed: row.dateLastUsed.toISOString() }),
      ...ownerOf(row),
    }),
    selfUri: clientUri(row.id),
  };
}

function ownerOf({ owner }: ClientRow): Pick<OAuthClient, 'owner'> {
  if (typeof owner?.['id'] !== 'string') return {};
  const { id, name } = owner;
  return { owner: { id, ...(typeof name === 'string' && { name }) } };
}

export const clientUri = (id: string): string => `/api/v2/oauth/clients/${id}`;

/** Who made or changed it: a person or, rarely, a client acting on its own; the name must be looked up, as on the wire. */
export const whoRef = (id: string, isPerson: boolean) => ({
  id,
  selfUri: isPerson ? `/api/v2/users/${encodeURIComponent(id)}` : clientUri(encodeURIComponent(id)),
});
