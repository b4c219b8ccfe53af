import { randomUUID } from 'node:crypto';
import { Fault } from '@latchkey/contract/faults';
import { withClient } from '@latchkey/database/provision';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startConsoleAndPlatform, type ConsoleAndPlatform, type SignedIn } from '../testing/console-and-platform.ts';
import { aFaultyProxy, type FaultyProxy } from '../testing/faulty-proxy.ts';
import { freshenAsConsole } from './sync.ts';

const clients = Array.from({ length: 30 }, (_, index) => ({
  id: randomUUID(),
  name: `Client ${index}`,
  authorizedGrantType: 'CODE',
  scope: ['users:readonly'],
  registeredRedirectUri: ['https://app.example.com/cb'],
  state: 'active',
}));

let proxy: FaultyProxy;
let both: ConsoleAndPlatform;
let admin: SignedIn;
beforeAll(async () => {
  proxy = await aFaultyProxy();
  const settings = { PLATFORM_PUBLIC_URL: proxy.url };
  both = await startConsoleAndPlatform({ organization: { clients }, settings, platformSettings: settings });
  proxy.target = both.platform.url;
  admin = await both.signIn('admin');
});
afterAll(async () => {
  await both?.stop();
  await proxy?.stop();
});
beforeEach(() => {
  proxy.fate = () => 'passes';
});

const listing = /^\/api\/v2\/oauth\/clients\?/;
const list = () => admin.api.clients.list({ query: {} });
const lists = () => proxy.seen.filter(({ path }) => listing.test(path)).length;

test('before the first comparison a Platform that is away is said plainly', async () => {
  proxy.fate = (_method, path) => (listing.test(path) ? 'is lost' : 'passes');
  const refused = await list().then(
    () => null,
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(Fault);
  expect((refused as Fault).code).toBe('platform.unreachable');
});

test('the console compares by itself, so that the copy is there before anybody asks', async () => {
  await freshenAsConsole(both.console.console.parts);
  const before = lists();
  expect(await list()).toMatchObject({ total: 30, stale: false });
  expect(lists()).toBe(before);
});

test('all who ask at once ask the Platform once', async () => {
  both.console.clock.turn(6);
  const before = lists();
  await Promise.all(Array.from({ length: 10 }, list));
  expect(lists() - before).toBe(1);
});

test('with the Platform away the copy answers, says so, and says how old it is', async () => {
  const { asOf } = await list();
  both.console.clock.turn(6);
  proxy.fate = (_method, path) => (listing.test(path) ? { answer: () => ({ status: 500, body: '{}' }) } : 'passes');
  expect(await list()).toMatchObject({ total: 30, stale: true, asOf });
  proxy.fate = () => 'passes';
  expect(await list()).toMatchObject({ total: 30, stale: false });
});

test('a long list is kept up by the change feed, and compared whole when the numbers do not agree', async () => {
  const [renamed, removed] = clients;
  const long = () =>
    withClient(both.console.databaseUrl, (db) =>
      db.query('UPDATE inventory_sync SET whole_ms = 5000, whole_at = as_of'),
    );
  const onPlatform = (statement: string, id = '') =>
    withClient(both.platform.databaseUrl, (db) => db.query(statement, [id]));
  const asked = async () => {
    const before = proxy.seen.length;
    both.console.clock.turn(6);
    const { items } = await list();
    const calls = proxy.seen.slice(before).filter(({ path }) => listing.test(path));
    return {
      names: items.map(({ name }) => name),
      calls: calls.map(
        ({ path }) => /modifiedAfter|pageSize=\d+/.exec(path.replace(/.*modifiedAfter.*/, 'modifiedAfter'))?.[0],
      ),
    };
  };
  await long();
  await onPlatform(`UPDATE clients SET name = 'Renamed elsewhere', date_modified = now() WHERE id = $1`, renamed?.id);
  const first = await asked();
  expect(first.names).toContain('Renamed elsewhere');
  expect(first.calls).toEqual(['modifiedAfter', 'pageSize=1']);
  await long();
  await onPlatform('DELETE FROM clients WHERE id = $1', removed?.id);
  const second = await asked();
  expect(second.names).not.toContain(removed?.name);
  expect(second.calls).toEqual(['modifiedAfter', 'pageSize=1', 'pageSize=2000']);
});
