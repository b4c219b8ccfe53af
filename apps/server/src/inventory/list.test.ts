import { randomBytes, randomUUID } from 'node:crypto';
import { databaseOf, openPool, type Database } from '@latchkey/database/pool';
import { aDatabase, type TestDatabase } from '@latchkey/database/testing';
import { clientColumns, type ClientFilter, type ClientSort } from '@latchkey/domain/client-list';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keysFrom } from '../keys.ts';
import type { PlatformClient } from '../platform/door.ts';
import { keep } from './keeping.ts';
import { listClients, type ListFacts, type ListQuery } from './list.ts';
import type { RowWords } from './row.ts';
import { takeOut, takeOver } from './store.ts';

let database: TestDatabase;
let db: Database;
const now = new Date('2026-11-21T12:00:00.000Z');
const words: RowWords = {
  roleName: (id) => ({ 'role-1': 'Reporting Reader', 'role-2': 'Überall Admin' })[id] ?? id,
  divisionName: (id) => id,
  broadRoleIds: new Set(['role-2']),
  scopeIds: new Set(['users', 'users:readonly']),
};
const facts: ListFacts = {
  now,
  personId: 'ada',
  keys: keysFrom([randomBytes(32).toString('base64url')]),
  usageKnown: true,
};
const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();

const aClient = (more: Partial<PlatformClient> = {}): PlatformClient => ({
  id: randomUUID(),
  name: 'Client',
  description: '',
  grantTypes: ['CODE'],
  roleDivisions: [],
  scopes: ['users:readonly'],
  redirectUris: ['https://app.example.com/cb'],
  accessTokenValiditySeconds: 3_600,
  state: 'active',
  dateToDelete: null,
  dateCreated: daysAgo(10),
  createdBy: { id: 'ada', name: 'Ada Admin' },
  dateModified: null,
  modifiedBy: null,
  dateLastUsed: daysAgo(1),
  secretCreatedAt: daysAgo(5),
  allowedIpRanges: [],
  ...more,
});

const clients = [
  aClient({
    name: 'Größe Web',
    description: 'Second line\nwith 100%_off',
    redirectUris: ['https://shop.example.com/Callback'],
  }),
  aClient({ name: 'alpha', scopes: ['users'], dateLastUsed: null, dateCreated: daysAgo(200) }),
  aClient({
    name: 'Alpha',
    grantTypes: ['CLIENT-CREDENTIALS'],
    redirectUris: [],
    scopes: [],
    roleDivisions: [{ roleId: 'role-2', divisionId: '*' }],
  }),
  aClient({
    name: 'alpha',
    grantTypes: ['CLIENT-CREDENTIALS', 'CODE'],
    roleDivisions: [{ roleId: 'role-1', divisionId: 'home' }],
    secretCreatedAt: daysAgo(31),
  }),
  aClient({
    name: 'Parked',
    description: `${'long '.repeat(100)}far end`,
    state: 'deactivated',
    secretCreatedAt: null,
    dateLastUsed: null,
    modifiedBy: { id: 'rita', name: 'Rita' },
    dateModified: daysAgo(2),
  }),
  aClient({
    name: 'Going',
    state: 'pending-removal',
    dateToDelete: daysAgo(-3),
    createdBy: null,
    secretCreatedAt: daysAgo(28.5),
  }),
  aClient({ name: '  ', description: 'blank', dateModified: daysAgo(2) }),
];

beforeAll(async () => {
  database = await aDatabase({ migrations: new URL('../storage/migrations/', import.meta.url) });
  db = databaseOf(openPool(database.url, { applicationName: 'list tests' }));
  await keep(db, clients[0]?.id ?? '', {
    owner: { id: 'leo', name: 'Léo Lead', email: 'leo@example.com' },
    purpose: 'p',
    environment: 'production',
  });
  await takeOver(db, clients, now, words);
});
afterAll(async () => {
  await db?.$client.end();
  await database?.drop();
});

const list = (filter: ClientFilter, more: Partial<ListQuery> = {}, who = facts) =>
  listClients(db, { filter, sort: 'name', order: 'asc', limit: 100, ...more }, who);
const names = async (filter: ClientFilter): Promise<string[]> =>
  (await list(filter)).items.map(({ client }) => client.name).toSorted();
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'fine',
    (error: { code?: unknown }) => error.code ?? error,
  );

describe('searching', () => {
  test.each([
    ['grosse', ['Größe Web']],
    ['GRÖSSE web', ['Größe Web']],
    ['100%_off', ['Größe Web']],
    ['10%0', []],
    ['_', ['Größe Web']],
    ['\\', []],
    ['shop.example.com/callback', ['Größe Web']],
    ['leo@example', ['Größe Web']],
    ['leo lead', ['Größe Web']],
    ['uberall', ['Alpha']],
    ['reporting', ['alpha']],
    ['users:readonly parked', ['Parked']],
    ['  ', clients.map(({ name }) => name).toSorted()],
    ["' OR 1=1 --", []],
  ])('%s finds what it should', async (q, expected) => {
    expect(await names({ q })).toEqual(expected);
  });

  test('an id finds its client, and every piece of a name does', async () => {
    for (const { id, name } of clients) expect(await names({ q: id })).toEqual([name]);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...clients), fc.nat(), fc.nat(), async ({ name }, from, to) => {
        expect(await names({ q: name.slice(from % name.length, (to % name.length) + 1) })).toContain(name);
      }),
      { numRuns: 40 },
    );
  });
});

describe('filtering', () => {
  test.each([
    ['states', { states: ['deactivated', 'pending-removal'] }, ['Going', 'Parked']],
    ['grant types', { grantTypes: ['CLIENT-CREDENTIALS'] }, ['Alpha', 'alpha']],
    ['owners', { ownerIds: ['leo'] }, ['Größe Web']],
    ['no owner', { ownerIds: ['none'], q: 'going' }, ['Going']],
    ['environments', { environments: ['production'] }, ['Größe Web']],
    ['roles', { roleIds: ['role-1', 'role-9'] }, ['alpha']],
    ['divisions', { divisionIds: ['*'] }, ['Alpha']],
    ['scopes', { scopes: ['users'] }, ['alpha']],
    ['creators', { createdBy: ['nobody'] }, []],
    ['last changers', { modifiedBy: ['rita', 'nobody'] }, ['Parked']],
    ['name', { name: ' GRÖSSE w' }, ['Größe Web']],
    ['name, not description', { name: 'blank' }, []],
    ['description', { description: '100%_OFF' }, ['Größe Web']],
    ['description, to its end', { description: 'far end' }, ['Parked']],
    ['description, not name', { description: 'alpha' }, []],
    ['id', { id: (clients[2]?.id ?? '').slice(3, 30).toUpperCase() }, ['Alpha']],
    ['id, not name', { id: 'alpha' }, []],
    ['redirect URI', { redirectUri: 'SHOP.example.com/call' }, ['Größe Web']],
    ['redirect URI, not name', { redirectUri: 'parked' }, []],
    ['a blank text', { name: ' ', q: 'going' }, ['Going']],
    ['rotation overdue', { rotations: ['overdue'] }, ['alpha']],
    ['rotation soon', { rotations: ['soon'] }, ['Going']],
    ['rotation overdue or without a secret', { rotations: ['overdue', 'none'] }, ['Parked', 'alpha']],
    ['rotation later', { rotations: ['later'], q: 'blank' }, ['  ']],
    ['rotation due before', { rotationTo: daysAgo(-2) }, ['Going', 'alpha']],
    ['rotation due within', { rotationFrom: daysAgo(0), rotationTo: daysAgo(-2) }, ['Going']],
    ['removal before', { removalTo: daysAgo(-4) }, ['Going']],
    ['removal after', { removalFrom: daysAgo(-4) }, []],
    ['created before', { createdTo: daysAgo(100) }, ['alpha']],
    ['created from', { createdFrom: daysAgo(9) }, []],
    ['modified within', { modifiedFrom: daysAgo(2), modifiedTo: daysAgo(1) }, ['  ', 'Parked']],
    ['token since', { lastTokenFrom: daysAgo(1), q: 'blank' }, ['  ']],
    ['no token since', { lastTokenTo: daysAgo(20) }, ['Parked', 'alpha']],
    ['old secrets', { secretOlderThanDays: 30 }, ['alpha']],
    ['high findings', { findings: ['high'] }, ['Alpha']],
    ['an empty list', { states: [] }, []],
    ['a list with NUL', { scopes: ['a\0b'] }, []],
  ] satisfies [string, ClientFilter, string[]][])('by %s', async (_what, filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  test('by the first and the last instant there is', async () => {
    const [first, last] = ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'];
    for (const of of ['created', 'modified', 'lastToken', 'rotation', 'removal'] as const) {
      expect((await list({ [`${of}From`]: last, [`${of}To`]: last })).total).toBe(0);
      expect((await list({ [`${of}From`]: first, [`${of}To`]: first })).total).toBe(0);
    }
    expect(await names({ removalFrom: `2026-01-01T00:00:00.${'0'.repeat(300)}Z` })).toEqual(['Going']);
  });

  test('findings that come with time count as of now', async () => {
    // Nobody owns them all the same, which is medium already; one owned client shows the difference.
    const owned = { ownerIds: ['leo'] };
    const later = { ...facts, now: new Date(now.getTime() + 40 * 86_400_000) };
    expect((await list({ ...owned, findings: ['medium'] })).total).toBe(0);
    expect((await list({ ...owned, findings: ['medium'] }, {}, later)).total).toBe(1);
  });
});

describe('paging', () => {
  test.each(clientColumns.flatMap((sort) => [[sort, 'asc'] as const, [sort, 'desc'] as const]))(
    'by %s %s gives each client once, in the order of the whole list',
    async (sort: ClientSort, order) => {
      const whole = await list({}, { sort, order });
      const paged: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await list({}, { sort, order, limit: 2, cursor });
        expect(page).toMatchObject({ total: clients.length, inventory: clients.length });
        paged.push(...page.items.map(({ client }) => client.id));
        if (page.next === null) break;
        cursor = page.next;
      }
      expect(paged).toEqual(whole.items.map(({ client }) => client.id));
      const other = await list({}, { sort, order: order === 'asc' ? 'desc' : 'asc' });
      expect(other.items.map(({ client }) => client.id).toReversed()).toEqual(paged);
    },
  );

  test('a cursor is good for its person, filter and order only, and not when it was changed (I-13)', async () => {
    const cursor = (await list({}, { limit: 2 })).next ?? '';
    expect(await codeOf(list({}, { limit: 2, cursor }))).toBe('fine');
    expect(await codeOf(list({}, { cursor }, { ...facts, personId: 'eve' }))).toBe('cursor.invalid');
    expect(await codeOf(list({ q: 'a' }, { cursor }))).toBe('cursor.invalid');
    expect(await codeOf(list({}, { cursor, order: 'desc' }))).toBe('cursor.invalid');
    expect(await codeOf(list({}, { cursor, sort: 'state' }))).toBe('cursor.invalid');
    for (const other of ['', 'x', cursor.slice(0, -1), `${cursor}A`.slice(1), cursor.toUpperCase()])
      expect(await codeOf(list({}, { cursor: other }))).toBe('cursor.invalid');
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('alpha');
  });
});

describe('the copy', () => {
  test('an answer that was asked for earlier changes nothing, and a client that went does not come back by it', async () => {
    const client = aClient({ name: 'Racing' });
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
    await takeOver(db, [{ ...client, name: 'Racing new' }], at(10), words);
    await takeOver(db, [client], at(5), words);
    expect(await names({ q: 'racing' })).toEqual(['Racing new']);
    await takeOut(db, [client.id], at(5));
    expect(await names({ q: 'racing' })).toEqual(['Racing new']);
    await takeOut(db, [client.id], at(20));
    await takeOver(db, [client], at(15), words);
    expect(await names({ q: 'racing' })).toEqual([]);
    expect((await list({})).inventory).toBe(clients.length);
  });

  test('what did not change is not written', async () => {
    expect(await takeOver(db, clients, new Date(now.getTime() + 60_000), words)).toBe(0);
  });
});
