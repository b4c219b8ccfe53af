import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Store } from '../context/platform.ts';
import { clients, divisions, flags, organization, roles, scopes, userGrants, users } from '../storage/schema.ts';
import { dateSecretCreated } from '../features/clients/client-view.ts';
import { limitFlag } from '../features/shared/limits.ts';
import { keptSections, organizationExtras } from './organization-extras.ts';

/**
 * Writes the organization as a file that can be loaded again: all but secrets and passwords (product 1.3), and without
 * the console's own client. Row by row, so that its size does not matter. Run it in a repeatable-read transaction to
 * get one moment.
 */
export async function exportOrganization(db: Store, file: string): Promise<void> {
  const out = createWriteStream(file, { mode: 0o600 });
  const write = async (text: string): Promise<void> => {
    if (!out.write(text)) await once(out, 'drain');
  };
  try {
    await write(`{\n"organization": ${JSON.stringify(await organizationEntry(db))}`);
    for (const [section, entries] of sections(db)) {
      await write(`,\n"${section}": [`);
      let separator = '\n';
      for await (const entry of entries) {
        await write(separator + JSON.stringify(entry));
        separator = ',\n';
      }
      await write('\n]');
    }
    await write('\n}\n');
  } finally {
    out.end();
    await once(out, 'close');
  }
}

const sections = (db: Store): [section: string, entries: AsyncIterable<object>][] => [
  ['divisions', divisionEntries(db)],
  ['roles', roleEntries(db)],
  ['users', userEntries(db)],
  ['scopes', scopeEntries(db)],
  ['clients', clientEntries(db)],
  ...keptSections.map((section): [string, AsyncIterable<object>] => [section, keptEntries(db, section)]),
];

async function organizationEntry(db: Store): Promise<object> {
  const row = (await db.select().from(organization).limit(1))[0];
  if (row === undefined) throw new Error('There is no organization in this database');
  const prefix = limitFlag({ namespace: '', key: '' }).split(':', 1)[0];
  const limits: Record<string, Record<string, number>> = {};
  for (const { key, value } of await db.select().from(flags)) {
    const [kind, namespace, name] = key.split(':');
    if (kind === prefix && namespace && name) (limits[namespace] ??= {})[name] = Number(value);
  }
  return { ...withoutNull(row), ...(Object.keys(limits).length > 0 && { limits }) };
}

async function* divisionEntries(db: Store) {
  for (const { home, ...row } of await db.select().from(divisions).orderBy(asc(divisions.id))) {
    yield withoutNull({ ...row, homeDivision: home });
  }
}

async function* roleEntries(db: Store) {
  for (const row of await db.select().from(roles).orderBy(asc(roles.id))) yield withoutNull(row);
}

async function* scopeEntries(db: Store) {
  for (const row of await db.select().from(scopes).orderBy(asc(scopes.id))) yield row;
}

const batchSize = 1_000;

async function* userEntries(db: Store) {
  for (let last = ''; ;) {
    const rows = await db.select().from(users).where(gt(users.id, last)).orderBy(asc(users.id)).limit(batchSize);
    const ids = rows.map(({ id }) => id);
    const grants = ids.length === 0 ? [] : await db.select().from(userGrants).where(inArray(userGrants.userId, ids));
    const byUser = Object.groupBy(grants, ({ userId }) => userId);
    for (const { passwordHash: _hash, dateCreated: _date, divisionId: home, ...row } of rows) {
      const held = (byUser[row.id] ?? []).map(({ roleId, divisionId }) => ({ roleId, divisionId }));
      yield withoutNull({ ...row, division: home === null ? null : { id: home }, grants: held });
    }
    if (rows.length < batchSize) return;
    last = ids.at(-1) ?? last;
  }
}

async function* clientEntries(db: Store) {
  for (let last = ''; ;) {
    const rows = await db
      .select({
        row: clients,
        dateSecret: dateSecretCreated,
      })
      .from(clients)
      .where(and(gt(clients.id, last), eq(clients.builtIn, false)))
      .orderBy(asc(clients.id))
      .limit(batchSize);
    for (const { row, dateSecret } of rows) {
      yield withoutNull({
        id: row.id,
        name: row.name,
        description: row.description,
        authorizedGrantType: row.grantTypes[0],
        authorizedGrantTypes: row.grantTypes,
        accessTokenValiditySeconds: row.accessTokenValiditySeconds,
        registeredRedirectUri: row.redirectUris,
        scope: row.scopes,
        roleDivisions: row.roleDivisions,
        allowedIpRanges: row.allowedIpRanges,
        state: row.state,
        dateToDelete: row.dateToDelete,
        dateCreated: row.dateCreated,
        createdBy: row.createdBy,
        dateModified: row.dateModified,
        modifiedBy: row.modifiedBy,
        dateLastUsed: row.dateLastUsed,
        dateSecretCreated: dateSecret,
        owner: row.owner,
      });
    }
    if (rows.length < batchSize) return;
    last = rows.at(-1)?.row.id ?? last;
  }
}

async function* keptEntries(db: Store, section: string) {
  for (let last = -1; ;) {
    const rows = await db
      .select()
      .from(organizationExtras)
      .where(and(eq(organizationExtras.section, section), gt(organizationExtras.position, last)))
      .orderBy(asc(organizationExtras.position))
      .limit(batchSize);
    for (const { entry } of rows) yield entry;
    if (rows.length < batchSize) return;
    last = rows.at(-1)?.position ?? last;
  }
}

const withoutNull = (row: object): object =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
