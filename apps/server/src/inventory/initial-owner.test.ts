import { afterAll, beforeAll, expect, test } from 'vitest';
import { startConsoleAndPlatform, type ConsoleAndPlatform, type SignedIn } from '../testing/console-and-platform.ts';

const aClientOf = (owner: unknown, id: string) => ({
  id,
  name: `Client ${id}`,
  authorizedGrantType: 'CODE',
  scope: ['users:readonly'],
  registeredRedirectUri: ['https://app.example.com/cb'],
  owner,
});
const leo = { id: 'person-lead', name: 'Leo Lead', email: 'lead@example.com' };

let both: ConsoleAndPlatform;
let admin: SignedIn;
beforeAll(async () => {
  both = await startConsoleAndPlatform({
    organization: {
      // Ids of an organization file need not be UUIDs.
      clients: [
        aClientOf('lead@example.com', 'listed-first'),
        aClientOf({ id: 'person-lead' }, '11111111-1111-1111-1111-111111111111'),
        aClientOf('Integrations Team', 'of-a-team'),
        aClientOf(null, 'of-nobody'),
      ],
    },
  });
  admin = await both.signIn('admin');
});
afterAll(() => both?.stop());

const read = (clientId: string) => admin.api.clients.read({ params: { clientId } });

test('a client opened before any list belongs to whom the Platform names, and its version counts that', async () => {
  const seen = await read('listed-first');
  expect(seen.owner).toEqual(leo);
  expect((await read('listed-first')).version).toBe(seen.version);
});

test('the list has the owners that the Platform names, and finds by them', async () => {
  const { items } = await admin.api.clients.list({ query: {} });
  expect(Object.fromEntries(items.map(({ id, owner }) => [id, owner]))).toEqual({
    'listed-first': leo,
    '11111111-1111-1111-1111-111111111111': leo,
    'of-a-team': { id: 'Integrations Team', name: 'Integrations Team' },
    'of-nobody': null,
  });
  expect((await admin.api.clients.list({ query: { q: 'leo lead' } })).total).toBe(2);
});

test('once the console keeps something of a client, its own word counts, also that nobody owns it', async () => {
  const seen = await read('11111111-1111-1111-1111-111111111111');
  const { name, description, grantTypes, roleDivisions, scopes, redirectUris, accessTokenValiditySeconds } = seen;
  const settings = { name, description, grantTypes, roleDivisions, scopes, redirectUris, accessTokenValiditySeconds };
  await admin.api.clients.edit({
    params: { clientId: seen.id },
    body: { version: seen.version, client: { ...settings, owner: null, purpose: 'Orders', environment: null } },
  });
  expect((await read(seen.id)).owner).toBeNull();
  both.console.clock.turn(6);
  const { items } = await admin.api.clients.list({ query: {} });
  expect(items.find(({ id }) => id === seen.id)?.owner).toBeNull();
});
