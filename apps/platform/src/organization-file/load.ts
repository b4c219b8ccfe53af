import type { Database } from '@latchkey/database/pool';
import { sqlState, transaction } from '@latchkey/database/transaction';
import { getTableColumns, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type * as z from 'zod';
import type { SecretHasher } from '../authorization-server/secret-hasher.ts';
import type { Store } from '../context/platform.ts';
import { limitFlag } from '../features/shared/limits.ts';
import { databaseNow, type Now } from '../features/shared/now.ts';
import { hashPassword } from '../sign-in/password-hash.ts';
import {
  clients,
  clientSecrets,
  divisions,
  flags,
  organization,
  roles,
  scopes,
  userGrants,
  users,
} from '../storage/schema.ts';
import { clientRows, type ClientFacts } from './client-rows.ts';
import { entriesOf, type Entry } from './entries.ts';
import { entryOf, OrganizationFileError } from './file-error.ts';
import { withFirstPeople, type FirstPerson, type Role, type User } from './first-people.ts';
import { keptSections, organizationExtras } from './organization-extras.ts';
import {
  ClientEntry,
  DivisionEntry,
  KeptEntry,
  OrganizationEntry,
  RoleEntry,
  ScopeEntry,
  UserEntry,
} from './organization-schema.ts';
import { allPoliciesOf } from './policies-of-role.ts';
import { peopleOfFile, type PeopleOfFile } from './people-of-file.ts';
import { realScopes } from './real-scopes.ts';
import { sampleEntries } from './sample.ts';

/** What loading needs. */
export interface Loading {
  readonly db: Database;
  readonly secrets: SecretHasher;
  /** Address of the organization file; the sample when left out or null. */
  readonly file?: string | null;
  readonly now?: Now;
}

/** What became of it. */
export interface Loaded {
  /** False when the database had an organization already; then nothing was touched. */
  readonly loaded: boolean;
  /** Who got a generated password; it is told here and never again. */
  readonly people: readonly FirstPerson[];
}

/** Any number of processes may start at once; one loads. */
const loadingLock = 7_261_010;

/**
 * Loads an organization when the database has none (product 1.3, 1.4). All of it or nothing; 100,000 clients take the
 * memory of a few hundred.
 * @throws OrganizationFileError naming the place in the file
 */
export function loadOrganizationIfEmpty({ db, secrets, file, now: clock = databaseNow }: Loading): Promise<Loaded> {
  const entries = file == null ? sampleEntries : () => entriesOf(file);
  return transaction(db, async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${loadingLock})`);
    const there = await tx.select({ id: organization.id }).from(organization).limit(1);
    if (there.length > 0) return { loaded: false, people: [] };
    const now = await clock(tx);
    const { homeDivisionId, told, people } = await loadFrame(tx, entries, now);
    await loadClients(tx, entries, { now, homeDivisionId, people, secrets });
    return { loaded: true, people: told };
  });
}

/** All of the file may be read more than once. */
type Entries = () => AsyncIterable<Entry>;

/** How many rows go into one statement. */
const batchSize = 1_000;

/** Everything but clients: first, because clients refer to it wherever it stands in the file. */
async function loadFrame(
  tx: Store,
  entries: Entries,
  now: Date,
): Promise<{ homeDivisionId: string; told: readonly FirstPerson[]; people: PeopleOfFile }> {
  const frame = await readFrame(entries);
  const { limits = {}, id = crypto.randomUUID(), name = 'Organization', ...columns } = frame.organization ?? {};
  await tx.insert(organization).values({ id, name, ...columns });
  for (const [namespace, values] of Object.entries(limits)) {
    for (const [key, value] of Object.entries(values)) {
      await tx.insert(flags).values({ key: limitFlag({ namespace, key }), value: String(value) });
    }
  }
  const { rows, homeDivisionId } = divisionRows(frame.divisions);
  await insertAll(tx, divisions, rows, 'divisions');
  const all = withFirstPeople(frame.users, frame.roles);
  await insertAll(tx, roles, all.roles.map(roleRow), 'roles');
  await insertAll(tx, scopes, frame.scopes ?? realScopes, 'scopes');
  await loadUsers(tx, all.users, new Set(all.roles.map((role) => role.id)), homeDivisionId, now);
  return { homeDivisionId, told: all.told, people: peopleOfFile(all.users) };
}

interface Frame {
  organization?: z.output<typeof OrganizationEntry>;
  readonly divisions: z.output<typeof DivisionEntry>[];
  readonly roles: Role[];
  readonly users: User[];
  scopes?: z.output<typeof ScopeEntry>[];
}

async function readFrame(entries: Entries): Promise<Frame> {
  const frame: Frame = { divisions: [], roles: [], users: [] };
  for await (const { section, path, value } of entries()) {
    if (section === 'organization') frame.organization = entryOf(OrganizationEntry, value(), path);
    else if (section === 'divisions') frame.divisions.push(entryOf(DivisionEntry, value(), path));
    else if (section === 'roles') frame.roles.push(roleOf(entryOf(RoleEntry, value(), path)));
    else if (section === 'users') frame.users.push(userOf(entryOf(UserEntry, value(), path), path));
    else if (section === 'scopes') (frame.scopes ??= []).push(entryOf(ScopeEntry, value(), path));
  }
  return frame;
}

const roleOf = (entry: z.output<typeof RoleEntry>): Role => ({ ...entry, id: entry.id ?? crypto.randomUUID() });

function userOf(entry: z.output<typeof UserEntry>, path: string): User {
  const email = entry.email ?? (entry.username?.includes('@') ? entry.username : undefined);
  if (email === undefined) throw new OrganizationFileError(`${path}.email`, 'is missing');
  return { ...entry, id: entry.id ?? crypto.randomUUID(), name: entry.name ?? email, email };
}

function divisionRows(entries: Frame['divisions']) {
  const given = entries.length === 0 ? [{ id: crypto.randomUUID(), name: 'Home' }] : entries;
  const home = given.find((entry) => 'homeDivision' in entry && entry.homeDivision === true) ?? given[0];
  const rows = given.map((entry) => ({
    id: entry.id,
    name: entry.name,
    description: ('description' in entry && entry.description) || null,
    home: entry === home,
  }));
  return { rows, homeDivisionId: home?.id ?? '' };
}

const roleRow = (entry: Role) => ({
  id: entry.id,
  name: entry.name,
  description: entry.description ?? null,
  defaultRoleId: entry.defaultRoleId ?? null,
  permissionPolicies: allPoliciesOf(entry),
  base: entry.base ?? false,
});

async function loadUsers(
  tx: Store,
  entries: Frame['users'],
  roleIds: ReadonlySet<string>,
  homeDivisionId: string,
  now: Date,
): Promise<void> {
  for (let start = 0; start < entries.length; start += batchSize) {
    const batch = entries.slice(start, start + batchSize);
    const rows = [];
    for (const entry of batch) {
      rows.push({
        id: entry.id,
        name: entry.name,
        email: entry.email,
        username: entry.username ?? null,
        title: entry.title ?? null,
        department: entry.department ?? null,
        state: entry.state ?? 'active',
        divisionId: entry.division?.id ?? homeDivisionId,
        passwordHash: entry.password === undefined ? null : await hashPassword(entry.password),
        version: entry.version ?? 1,
        dateCreated: now,
      });
    }
    await insertAll(tx, users, rows, 'users', start);
    const grants = batch.flatMap(({ id, grants: given = [] }, index) =>
      given.map(({ roleId, divisionId }, at) => {
        if (!roleIds.has(roleId))
          throw new OrganizationFileError(`users[${start + index}].grants[${at}].roleId`, 'is not a role of this file');
        return { userId: id, roleId, divisionId, grantedAt: now };
      }),
    );
    const once = [...new Map(grants.map((grant) => [JSON.stringify(grant), grant])).values()];
    await insertAll(tx, userGrants, once, 'users', start);
  }
}

async function loadClients(tx: Store, entries: Entries, facts: ClientFacts): Promise<void> {
  const kept = new Map<string, number>();
  const clientBatch: (typeof clients.$inferInsert)[] = [];
  const secretBatch: (typeof clientSecrets.$inferInsert)[] = [];
  const extraBatch: (typeof organizationExtras.$inferInsert)[] = [];
  let loaded = 0;
  const keep = (section: string, entry: Record<string, unknown>): void => {
    const position = kept.get(section) ?? 0;
    kept.set(section, position + 1);
    extraBatch.push({ section, position, entry });
  };
  const flush = async (): Promise<void> => {
    await insertAll(tx, clients, clientBatch, 'clients', loaded);
    await insertAll(tx, clientSecrets, secretBatch, 'clients', loaded);
    await insertAll(tx, organizationExtras, extraBatch, 'entries');
    loaded += clientBatch.length;
    clientBatch.length = secretBatch.length = extraBatch.length = 0;
  };
  for await (const { section, path, value } of entries()) {
    if (section === 'clients') {
      const entry = entryOf(ClientEntry, value(), path);
      const { client, secret } = clientRows(entry, facts);
      clientBatch.push(client);
      if (secret !== null) secretBatch.push(secret);
    } else if ((keptSections as readonly string[]).includes(section)) {
      keep(section, entryOf(KeptEntry, value(), path));
    }
    if (clientBatch.length >= batchSize || extraBatch.length >= batchSize) await flush();
  }
  await flush();
}

type Table =
  | typeof clients
  | typeof clientSecrets
  | typeof divisions
  | typeof organizationExtras
  | typeof roles
  | typeof scopes
  | typeof userGrants
  | typeof users;

/**
 * Inserts rows of the same members as one JSON text, which is several times faster than one parameter for each value.
 * What the database refuses (an id or an e-mail address that stands there twice, say) is told by place.
 */
async function insertAll<T extends Table>(
  tx: Store,
  table: T,
  rows: readonly T['$inferInsert'][],
  section: string,
  start = 0,
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.entries<PgColumn>(getTableColumns(table)).filter(([member]) => member in first);
  const text = JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(columns.map(([member, { name }]) => [name, (row as Record<string, unknown>)[member]])),
    ),
  );
  const names = sql.join(
    columns.map(([, { name }]) => sql.identifier(name)),
    sql`, `,
  );
  try {
    await tx.execute(
      sql`INSERT INTO ${table} (${names}) SELECT ${names} FROM json_populate_recordset(NULL::${table}, ${text}::json)`,
    );
  } catch (error) {
    const state = sqlState(error);
    const range = `${section}[${start}..${start + rows.length - 1}]`;
    if (state === '23505') throw new OrganizationFileError(range, 'has an id or an e-mail address twice');
    if (state === '23503') throw new OrganizationFileError(range, 'refers to a division that is not in the file');
    throw new OrganizationFileError(range, `was refused by the database (${state ?? 'no answer'})`);
  }
}
