import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Platform, PlatformClient } from '../platform/door.ts';
import { keepInitialOwners, readKeepings, nothingKept } from './keeping.ts';
import { inventoryRow, type InventoryRow, type RowWords } from './row.ts';
import type { Words } from './words.ts';

const columns = [
  ['client_id', 'text'],
  ['client', 'jsonb'],
  ['hash', 'text'],
  ['name_key', 'text'],
  ['description_key', 'text'],
  ['grant_types_key', 'text'],
  ['roles_key', 'text'],
  ['divisions_key', 'text'],
  ['scopes_key', 'text'],
  ['redirect_uris_key', 'text'],
  ['owner_key', 'text'],
  ['environment_key', 'text'],
  ['created_by_key', 'text'],
  ['modified_by_key', 'text'],
  ['search', 'text'],
  ['description_search', 'text'],
  ['redirect_uris_search', 'text'],
  ['state', 'text'],
  ['grant_types', 'text[]'],
  ['role_ids', 'text[]'],
  ['division_ids', 'text[]'],
  ['scopes', 'text[]'],
  ['owner_id', 'text'],
  ['environment', 'text'],
  ['created_by_id', 'text'],
  ['modified_by_id', 'text'],
  ['date_created', 'timestamptz'],
  ['date_modified', 'timestamptz'],
  ['date_last_used', 'timestamptz'],
  ['secret_created_at', 'timestamptz'],
  ['date_to_delete', 'timestamptz'],
  ['lasting_grade', 'smallint'],
] as const satisfies readonly (readonly [keyof InventoryRow, string])[];

const names = sql.raw(columns.map(([name]) => name).join(', '));
const typed = sql.raw(columns.map(([name, type]) => `${name} ${type}`).join(', '));
const replaced = sql.raw(columns.map(([name]) => `${name} = excluded.${name}`).join(', '));

/**
 * Takes clients over into the read model. An answer that was asked for earlier than what is there changes nothing, so
 * that a slow list cannot undo a change that passed through meanwhile.
 *
 * @param fetchedAt when the answer was asked for
 * @returns how many rows are different now
 */
export async function takeOver(
  db: NodePgDatabase,
  clients: readonly PlatformClient[],
  fetchedAt: Date,
  words: RowWords,
): Promise<number> {
  if (clients.length === 0) return 0;
  const keepings = await readKeepings(
    db,
    clients.map(({ id }) => id),
  );
  await keepInitialOwners(db, clients, keepings);
  const rows = clients.map((client) => inventoryRow(client, keepings.get(client.id) ?? nothingKept, words));
  const ids = JSON.stringify(rows.map(({ client_id }) => client_id));
  const { rows: present } = await db.execute<{
    client_id: string;
    hash: string;
  }>(sql`SELECT client_id, hash FROM inventory
    WHERE removed_at IS NULL AND client_id IN (SELECT jsonb_array_elements_text(${ids}::jsonb))`);
  const hashes = new Map(present.map(({ client_id, hash }) => [client_id, hash]));
  const different = rows.filter(({ client_id, hash }) => hashes.get(client_id) !== hash);
  if (different.length === 0) return 0;
  const { rowCount } = await db.execute(sql`INSERT INTO inventory AS had (${names}, fetched_at)
    SELECT ${names}, ${fetchedAt.toISOString()}::timestamptz FROM jsonb_to_recordset(${JSON.stringify(different)}::jsonb) AS r(${typed})
    ON CONFLICT (client_id) DO UPDATE SET ${replaced}, fetched_at = excluded.fetched_at, removed_at = NULL
    WHERE had.fetched_at <= excluded.fetched_at`);
  return rowCount ?? 0;
}

/**
 * Takes out clients that are gone. The rows stay for an hour as a mark, so that a list that was asked for earlier does
 * not bring them back.
 */
export async function takeOut(db: NodePgDatabase, clientIds: readonly string[], at: Date): Promise<void> {
  if (clientIds.length === 0) return;
  await db.execute(sql`UPDATE inventory SET removed_at = ${at.toISOString()}, fetched_at = ${at.toISOString()}
    WHERE fetched_at <= ${at.toISOString()} AND client_id IN (SELECT jsonb_array_elements_text(${JSON.stringify(clientIds)}::jsonb))`);
}

/** Deletes the marks of clients that were taken out long ago. */
export async function forgetTakenOut(db: NodePgDatabase, now: Date): Promise<void> {
  await db.execute(sql`DELETE FROM inventory WHERE removed_at < ${new Date(now.getTime() - 3_600_000).toISOString()}`);
}

/** Remembers the names of roles, as somebody saw them who may read them. */
async function learn(db: NodePgDatabase, { roles }: Words, broadRoleIds: ReadonlySet<string>): Promise<void> {
  const readable = roles.filter(({ permissions }) => permissions !== null);
  if (readable.length === 0) return;
  const rows = readable.map(({ id, name }) => ({ role_id: id, name, broad: broadRoleIds.has(id) }));
  await db.execute(sql`INSERT INTO known_roles AS had (role_id, name, broad)
    SELECT role_id, name, broad FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(role_id text, name text, broad boolean)
    ON CONFLICT (role_id) DO UPDATE SET name = excluded.name, broad = excluded.broad
    WHERE (had.name, had.broad) IS DISTINCT FROM (excluded.name, excluded.broad)`);
}

const learned = new WeakMap<Platform, string>();

/** The words of all rows: the same for everybody, whoever asks for the refresh. */
export async function rowWords(db: NodePgDatabase, platform: Platform, words: Words): Promise<RowWords> {
  if (learned.get(platform) !== words.hash) {
    await learn(db, words, words.broadRoleIds);
    learned.set(platform, words.hash);
  }
  const { rows } = await db.execute<{ role_id: string; name: string; broad: boolean }>(
    sql`SELECT role_id, name, broad FROM known_roles`,
  );
  const roles = new Map(rows.map(({ role_id, name }) => [role_id, name]));
  return {
    roleName: (id) => roles.get(id) ?? id,
    divisionName: (id) => words.divisionNames.get(id) ?? id,
    broadRoleIds: new Set(rows.filter(({ broad }) => broad).map(({ role_id }) => role_id)),
    scopeIds: words.scopeIds,
  };
}
