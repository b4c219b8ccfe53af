import { aDatabase, type TestDatabase } from '@latchkey/database/testing';
import { databaseOf, openPool, type Database } from '@latchkey/database/pool';
import { clientPermissions } from '@latchkey/domain/permission';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { secretHasher } from '../authorization-server/secret-hasher.ts';
import { permissionsIn } from '../features/shared/policies.ts';
import { passwordMatches } from '../sign-in/password-hash.ts';
import { migrations } from '../start.ts';
import { clients, clientSecrets, organization, roles, scopes, userGrants, users } from '../storage/schema.ts';
import { exportOrganization } from './export.ts';
import { loadOrganizationIfEmpty } from './load.ts';
import { OrganizationFile } from './organization-schema.ts';
import { sampleOrganization } from './sample.ts';

const secrets = secretHasher(randomBytes(32));
let folder: string;
let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-load-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  database = await aDatabase({ migrations });
  db = databaseOf(openPool(database.url, { applicationName: 'test' }));
});
afterEach(async () => {
  await db.$client.end();
  await database.drop();
});

let files = 0;
async function aFile(content: unknown): Promise<string> {
  const file = join(folder, `${(files += 1)}.json`);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}
const load = async (content: unknown) => loadOrganizationIfEmpty({ db, secrets, file: await aFile(content) });
const everything = async (): Promise<string> => {
  const names = await db.execute<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const texts = [];
  for (const { name } of names.rows)
    texts.push(JSON.stringify((await db.execute(`SELECT t::text FROM ${name} t`)).rows));
  return texts.join('\n');
};

describe('the sample', () => {
  it('fits its own schema and has something of everything', async () => {
    const sample = sampleOrganization();
    expect(OrganizationFile.safeParse(sample).error).toBeUndefined();
    const all = sample.clients ?? [];
    expect(all.length).toBeGreaterThanOrEqual(35);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ authorizedGrantType }) => authorizedGrantType))).toEqual(
      new Set(['CLIENT-CREDENTIALS', 'CODE', 'SAML2-BEARER', 'TOKEN']),
    );
    expect(all.filter(({ state, dateToDelete }) => state === 'inactive' && dateToDelete === undefined)).not.toEqual([]);
    expect(all.filter(({ dateToDelete }) => dateToDelete !== undefined).length).toBeGreaterThan(1);
    const known = new Set(sample.scopes?.map((scope) => (typeof scope === 'string' ? scope : scope.id)));
    for (const { scope } of all) for (const one of scope ?? []) expect(known).toContain(one);
    expect(known.size).toBeGreaterThanOrEqual(45);
  });

  it('brings four people, each with a password of their own that is told once (product 1.4)', async () => {
    const { loaded, people } = await loadOrganizationIfEmpty({ db, secrets });
    expect(loaded).toBe(true);
    expect(people.map(({ email }) => email)).toEqual(
      ['admin', 'reviewer', 'lead', 'member'].map((name) => `${name}@northwind.example`),
    );
    expect(new Set(people.map(({ password }) => password)).size).toBe(4);
    const stored = await db.select().from(users);
    for (const { email, password } of people) {
      expect(password.length).toBeGreaterThanOrEqual(20);
      expect(await passwordMatches(password, stored.find((user) => user.email === email)?.passwordHash ?? null)).toBe(
        true,
      );
    }
    const text = await everything();
    for (const { password } of people) expect(text).not.toContain(password);
    const may = async (email: string) => {
      const id = stored.find((user) => user.email === email)?.id;
      const grants = (await db.select().from(userGrants))
        .filter(({ userId }) => userId === id)
        .map(({ roleId }) => roleId);
      const held = (await db.select().from(roles)).filter(
        (role) => grants.includes(role.id) && !role.permissionPolicies.some(({ domain }) => domain === '*'),
      );
      return permissionsIn(held.flatMap(({ permissionPolicies }) => permissionPolicies)).filter((permission) =>
        /^oauth:client:(view|add|edit|delete)$/.test(permission),
      );
    };
    expect(await may('admin@northwind.example')).toEqual([...clientPermissions].toSorted());
    expect(await may('reviewer@northwind.example')).toEqual(['oauth:client:view']);
    expect(await may('lead@northwind.example')).toEqual(['oauth:client:delete', 'oauth:client:view']);
    expect(await may('member@northwind.example')).toEqual([]);
  });

  it('is loaded once, however many processes start at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => loadOrganizationIfEmpty({ db, secrets })));
    expect(
      all.map(({ loaded, people }) => `${loaded} ${people.length}`).toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['false 0', 'false 0', 'false 0', 'true 4']);
    expect(await loadOrganizationIfEmpty({ db, secrets })).toEqual({ loaded: false, people: [] });
  });

  it('never has the same secrets twice', () => {
    const [one, two] = [sampleOrganization(), sampleOrganization()].map((sample) =>
      sample.clients?.map(({ secret }) => secret),
    );
    expect(one?.filter((secret) => secret !== undefined && two?.includes(secret))).toEqual([]);
  });
});

describe('a file', () => {
  it('may bring nothing: then there is an administrator who can do everything', async () => {
    const { people } = await load({});
    expect(people).toEqual([
      {
        name: 'Administrator',
        email: 'admin@example.com',
        password: expect.stringMatching(/^([a-z]{4}-){5}[a-z]{4}$/),
        roles: ['Admin'],
      },
    ]);
  });

  it('may bring clients in any order with any age, state and secret', async () => {
    const id = randomUUID();
    await load({
      clients: [
        {
          id,
          name: 'Old',
          authorizedGrantType: 'TOKEN',
          registeredRedirectUri: ['javascript:alert(1)'],
          scope: ['gone'],
          dateCreated: '1999-12-31T23:59:59+01:00',
          state: 'inactive',
          dateToDelete: '2099-01-01T00:00:00Z',
          createdBy: 'someone',
          secret: 'a secret from elsewhere',
          owner: 'team-x',
          unknownMember: 1,
        },
        { name: 'Young', authorizedGrantType: 'CLIENT-CREDENTIALS', roleIds: ['r'], dateCreated: { daysAgo: 10 } },
      ],
      integrations: [{ id: 'i', any: { thing: [1] } }],
      divisions: [{ id: 'd', name: 'Only' }],
    });
    const [old, young] = await db.select().from(clients).orderBy(clients.dateCreated);
    expect(old).toMatchObject({
      id,
      state: 'inactive',
      redirectUris: ['javascript:alert(1)'],
      createdBy: 'someone',
      dateCreated: new Date('1999-12-31T22:59:59Z'),
      dateToDelete: new Date('2099-01-01'),
    });
    expect(young).toMatchObject({
      roleDivisions: [{ roleId: 'r', divisionId: 'd' }],
      accessTokenValiditySeconds: 86_400,
    });
    expect(Date.now() - (young?.dateCreated.getTime() ?? 0)).toBeGreaterThan(10 * 86_400_000 - 1);
    const [secret] = await db.select().from(clientSecrets);
    expect(secret?.hash).toBe(secrets.hash(id, 'a secret from elsewhere'));
    expect(await everything()).not.toContain('a secret from elsewhere');
  });

  it('stores different hashes for one secret of two clients (K-04)', async () => {
    await load({
      clients: ['a', 'b'].map((name) => ({ name, authorizedGrantType: 'CODE', secret: 'the same secret' })),
    });
    const hashes = (await db.select().from(clientSecrets)).map(({ hash }) => hash);
    expect(new Set(hashes).size).toBe(2);
  });

  it('with passwords keeps them, and makes none for the many who have none', async () => {
    const user = (name: string, more: object = {}) => ({
      id: name,
      name,
      email: `${name}@a.example`,
      grants: [{ roleId: 'r', divisionId: '*' }],
      ...more,
    });
    const many = Array.from({ length: 30 }, (_, index) => user(`u${index}`));
    const role = { id: 'r', name: 'R', permissions: [...clientPermissions] };
    expect(
      (await load({ roles: [role], users: [user('boss', { password: 'correct horse battery' }), ...many] })).people,
    ).toEqual([]);
    const stored = await db.select().from(users);
    expect(
      await passwordMatches('correct horse battery', stored.find(({ id }) => id === 'boss')?.passwordHash ?? null),
    ).toBe(true);
    expect(stored.filter(({ passwordHash }) => passwordHash !== null)).toHaveLength(1);
  });

  it('without any password makes some for those who work with clients, and an administrator where there is none', async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      id: `u${index}`,
      name: `U${index}`,
      email: `u${index}@a.example`,
      grants: index === 7 ? [{ roleId: 'r', divisionId: '*' }] : [],
    }));
    const { people } = await load({
      roles: [{ id: 'r', name: 'Viewers', permissions: ['oauth:client:view'] }],
      users: many,
    });
    expect(people.map(({ name, roles: held }) => [name, held])).toEqual([
      ['U7', ['Viewers']],
      ['Administrator', ['Admin']],
    ]);
  });

  it('may be written by hand from the wire: nulls, names for people, dates without a time, ids of any form', async () => {
    await load({
      organization: { name: 'Acme', features: { hipaa: true, pci: false }, domain: null },
      divisions: [{ id: 'd-home', name: 'Home', homeDivision: true, description: null }],
      roles: [
        {
          id: 'r-admin',
          name: 'Admin',
          permissions: ['oauth:client:*', 'oauth:client:view:d-home', 'audits'],
          permissionPolicies: [],
        },
        { id: 'r-all', name: 'All', permissions: ['*'] },
      ],
      users: [
        {
          id: 'u-admin',
          name: 'Ada Admin',
          email: 'admin@acme',
          password: 'admin',
          division: { id: 'd-home', name: 'Home' },
          grants: [{ roleId: 'r-admin', divisionId: '*' }],
        },
        { name: 'Vic', username: 'vic@acme.test', password: 'short', title: null },
      ],
      scopes: ['oauth', { id: 'users:readonly', description: 'See users' }, { id: 'users' }],
      clients: [
        {
          id: 'client-one',
          name: 'One',
          description: null,
          authorizedGrantType: 'CLIENT-CREDENTIALS',
          roleDivisions: [{ roleId: 'r-all', divisionId: 'd-home' }],
          dateCreated: '2024-01-15',
          dateModified: '2026-01-15T10:00:00.000+0000',
          createdBy: 'ADMIN@acme',
          modifiedBy: null,
          allowedIpRanges: null,
          secret: 'pw',
          owner: 'Ada Admin',
        },
        {
          id: '11111111-1111-1111-1111-111111111111',
          name: 'Two',
          authorizedGrantType: 'CODE',
          dateCreated: '2025-06-01T10:00:00',
          createdBy: { id: 'somebody else', name: 'Somebody Else' },
          owner: null,
          state: null,
        },
      ],
      unknown: [{ a: 1 }],
    });
    const [org] = await db.select().from(organization);
    expect(org).toMatchObject({ name: 'Acme', features: { hipaa: true, pci: false } });
    const stored = await db.select().from(users).orderBy(users.name);
    expect(stored.map(({ email }) => email)).toEqual(['admin@acme', 'vic@acme.test']);
    expect(await passwordMatches('short', stored[1]?.passwordHash ?? null)).toBe(true);
    const held = await db.select().from(roles).orderBy(roles.id);
    expect(held.map(({ permissionPolicies }) => permissionPolicies)).toEqual([
      [
        { domain: 'oauth', entityName: 'client', actionSet: ['*', 'view'] },
        { domain: 'audits', entityName: '*', actionSet: ['*'] },
      ],
      [{ domain: '*', entityName: '*', actionSet: ['*'] }],
    ]);
    expect((await db.select().from(scopes).orderBy(scopes.id)).map(({ id }) => id)).toEqual([
      'oauth',
      'users',
      'users:readonly',
    ]);
    const [one, two] = await db.select().from(clients).orderBy(clients.dateCreated);
    expect(one).toMatchObject({
      id: 'client-one',
      createdBy: 'u-admin',
      modifiedBy: 'u-admin',
      dateCreated: new Date('2024-01-15T00:00:00Z'),
      dateModified: new Date('2026-01-15T10:00:00Z'),
      owner: { id: 'u-admin', name: 'Ada Admin' },
    });
    expect(two).toMatchObject({
      createdBy: 'somebody else',
      owner: null,
      state: 'active',
      dateCreated: new Date('2025-06-01T10:00:00Z'),
    });
    const [secret] = await db.select().from(clientSecrets);
    // Four letters of a short secret would be all of it (K-02).
    expect(secret).toMatchObject({ hash: secrets.hash('client-one', 'pw'), hint: '' });
  });

  it('has a date of removal only at clients that are inactive, which they are when nothing else is said', async () => {
    const client = (name: string, state: string | null) => ({
      name,
      authorizedGrantType: 'CODE',
      dateToDelete: '2020-01-01T00:00:00Z',
      state,
    });
    await load({
      clients: [client('a', 'active'), client('b', 'disabled'), client('c', 'inactive'), client('d', null)],
    });
    const stored = await db.select().from(clients).orderBy(clients.name);
    expect(stored.map(({ state, dateToDelete }) => `${state} ${dateToDelete === null ? 'stays' : 'goes'}`)).toEqual([
      'active stays',
      'disabled stays',
      'inactive goes',
      'inactive goes',
    ]);
  });

  it.each<[string, object]>([
    ['only features', { organization: { features: { hipaa: true } } }],
    ['only an address and a password', { users: [{ email: 'solo@example.com', password: 'correct horse' }] }],
    [
      'an administrator whose permissions stand beside empty policies',
      {
        roles: [{ id: 'r', name: 'R', permissionPolicies: [], permissions: [...clientPermissions] }],
        users: [
          {
            id: 'u',
            name: 'U',
            email: 'u@a.example',
            password: 'correct horse',
            grants: [{ roleId: 'r', divisionId: '*' }],
          },
        ],
      },
    ],
  ])('may bring %s', async (_, content) => {
    const { loaded, people } = await load(content);
    expect(loaded).toBe(true);
    expect(people.map(({ name }) => name)).toEqual('roles' in content ? [] : ['Administrator']);
  });

  it.each<[string, unknown, string]>([
    [
      'a wrong type',
      {
        clients: [
          { name: 'a', authorizedGrantType: 'CODE' },
          { name: 'b', authorizedGrantType: 'CODE', scope: ['x', 7] },
        ],
      },
      'clients[1].scope[1]',
    ],
    [
      'an unknown grant type',
      { clients: [{ name: 'a', authorizedGrantType: 'MAGIC' }] },
      'clients[0].authorizedGrantType',
    ],
    [
      'a duration that cannot be',
      { clients: [{ name: 'a', authorizedGrantType: 'CODE', accessTokenValiditySeconds: 299 }] },
      'clients[0].accessTokenValiditySeconds',
    ],
    [
      'a grant of an unknown role',
      { users: [{ id: 'u', name: 'U', email: 'u@a.example', grants: [{ roleId: 'x', divisionId: '*' }] }] },
      'users[0].grants[0].roleId',
    ],
    [
      'an unknown division',
      { users: [{ id: 'u', name: 'U', email: 'u@a.example', division: { id: 'x' } }] },
      'users[0..',
    ],
    [
      'an id twice',
      {
        clients: Array.from({ length: 2 }, () => ({
          id: '11111111-1111-4111-8111-111111111111',
          name: 'a',
          authorizedGrantType: 'CODE',
        })),
      },
      'clients[0..1]',
    ],
    ['a broken organization', { organization: { name: 7 } }, 'organization.name'],
    [
      'a date that is none',
      { clients: [{ name: 'a', authorizedGrantType: 'CODE', dateCreated: '2026-13-45' }] },
      'clients[0].dateCreated',
    ],
    ['no JSON', '{"clients": [', 'not complete'],
  ])('with %s is refused whole, and the error names the place', async (_, content, place) => {
    await expect(load(content)).rejects.toThrow(place);
    expect(await db.select().from(clients)).toEqual([]);
    expect((await load({})).loaded).toBe(true);
  });

  it('never has a secret or a password in an error', async () => {
    const wrong = { clients: [{ name: 'a', authorizedGrantType: 'CODE', secret: 'Canary1', state: 'Canary2' }] };
    const error = await load(wrong).catch((refused: Error) => refused);
    expect(`${(error as Error).stack}${JSON.stringify(error)}`).not.toContain('Canary');
  });

  it('is written again as it was loaded, but for secrets and passwords', async () => {
    const sample = sampleOrganization();
    const extras = { integrations: [{ id: 'i', config: { a: null } }], usage: [{ day: '2026-01-01' }] };
    const owned = sample.clients?.map((client, index) =>
      index === 0 ? { ...client, owner: { team: 'Integrations' } } : client,
    );
    const source = {
      ...sample,
      ...extras,
      clients: owned,
      organization: { ...sample.organization, limits: { 'auth.api': { 'oauth.clients.max': 500 } } },
    };
    await load(source);
    const file = join(folder, 'exported.json');
    await exportOrganization(db, file);
    const text = await readFile(file, 'utf8');
    for (const { secret } of sample.clients ?? []) if (secret !== undefined) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/scrypt|"hash"|"secret"|"password"/);
    const written = JSON.parse(text) as typeof source;
    expect(written.organization).toMatchObject(source.organization);
    expect(written).toMatchObject(extras);
    expect(written.clients?.find(({ id }) => id === owned?.[0]?.id)?.owner).toEqual({ team: 'Integrations' });

    await using other = await aDatabase({ migrations });
    const second = databaseOf(openPool(other.url, { applicationName: 'test' }));
    await loadOrganizationIfEmpty({ db: second, secrets, file });
    const again = join(folder, 'again.json');
    await exportOrganization(second, again);
    await second.$client.end();
    const plain = (content: string) => JSON.parse(content) as typeof source;
    const withoutSecretDates = (content: string) => ({
      ...plain(content),
      clients: plain(content).clients?.map(({ dateSecretCreated: _date, ...client }) => client),
    });
    expect(withoutSecretDates(await readFile(again, 'utf8'))).toEqual(withoutSecretDates(text));
  });
});
