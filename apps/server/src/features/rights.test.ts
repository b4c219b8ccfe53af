import { randomBytes, randomUUID } from 'node:crypto';
import { Fault } from '@latchkey/contract/faults';
import { consoleApi } from '@latchkey/contract/console-api/table';
import { missingFor } from '@latchkey/contract/may-call';
import { clientPermissions, type Permission } from '@latchkey/domain/permission';
import { allRoutes } from '@latchkey/wire/each-route';
import { withClient } from '@latchkey/database/provision';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aForm, aPage } from '../testing/a-client.ts';
import { auditOf } from '../testing/audit-of.ts';
import { startConsoleAndPlatform, type ConsoleAndPlatform, type SignedIn } from '../testing/console-and-platform.ts';
import { aFaultyProxy, type FaultyProxy } from '../testing/faulty-proxy.ts';
import { testIds, testOrganization, type TestPerson } from '../testing/test-organization.ts';

/** All sixteen subsets of the four permissions. */
const subsets = Array.from({ length: 16 }, (_, bits) => clientPermissions.filter((_one, place) => bits & (1 << place)));
const nameOf = (subset: readonly Permission[]): string => subset.map((one) => one.split(':')[2]).join('-') || 'nothing';
const people = subsets.map((subset): TestPerson & { subset: readonly Permission[] } => ({
  id: `person-${nameOf(subset)}`,
  name: `Holder of ${nameOf(subset)}`,
  email: `${nameOf(subset)}@example.com`,
  password: randomBytes(18).toString('base64url'),
  subset,
}));

const usual = testOrganization();
const { roles, users } = usual.file as { roles: object[]; users: object[] };

/** The usual organization with a role and a person for each subset; all of them hold the role of the test's clients. */
const organization = {
  roles: [
    ...roles,
    ...subsets.map((subset) => ({ id: `role-${nameOf(subset)}`, name: nameOf(subset), permissions: [...subset] })),
  ],
  users: [
    ...users,
    ...people.map(({ subset, ...person }) => ({
      ...person,
      division: { id: testIds.home },
      grants: [
        { roleId: `role-${nameOf(subset)}`, divisionId: '*' },
        { roleId: testIds.roles.reporting, divisionId: testIds.home },
      ],
    })),
  ],
};

let proxy: FaultyProxy;
let both: ConsoleAndPlatform;
let admin: SignedIn;
beforeAll(async () => {
  proxy = await aFaultyProxy();
  const settings = { PLATFORM_PUBLIC_URL: proxy.url };
  both = await startConsoleAndPlatform({ organization, settings, platformSettings: settings });
  proxy.target = both.platform.url;
  admin = await both.signIn(usual.people.admin);
});
afterAll(async () => {
  await both?.stop();
  await proxy?.stop();
});

async function aClient() {
  const page = await aPage();
  const { client, reveal } = await admin.api.clients.create({
    body: { client: aForm({ name: `Matrix ${randomUUID()}` }), revealKey: page.revealKey },
  });
  return { client, reveal, page };
}

type Target = Awaited<ReturnType<typeof aClient>>;

/** What each operation is asked with. */
function inputs({ client, reveal, page }: Target): Record<string, object> {
  const params = { clientId: client.id };
  const { version } = client;
  return {
    'clients.create': { body: { client: aForm({ name: client.name }), revealKey: page.revealKey } },
    'clients.read': { params },
    'clients.edit': { params, body: { version, client: aForm({ name: client.name, description: 'edited' }) } },
    'clients.deactivate': { params, body: { version } },
    'clients.reactivate': { params, body: { version } },
    'clients.delete': { params, body: { version, meaning: 'final', confirmName: client.name } },
    'clients.restore': { params, body: { version } },
    'secrets.list': { params },
    'secrets.generate': { params, body: { reason: 'scheduled', revealKey: page.revealKey } },
    'secrets.retire': { params: { ...params, secretId: randomUUID() } },
    'reveals.note': { params: { revealId: reveal.id }, body: { way: 'copied', form: 'plain' } },
    'reveals.acknowledge': { params: { revealId: reveal.id }, body: { storedWhere: 'vault' } },
    'history.ofClient': { params, query: {} },
    'clients.list': { query: {} },
    'choices.people': { query: {} },
  };
}

const rows = allRoutes(consoleApi).filter(({ feature }) => feature !== 'session');
const call = (who: SignedIn, feature: string, operation: string, sent: object): Promise<string> =>
  (who.api as unknown as Record<string, Record<string, (sent: object) => Promise<unknown>>>)[feature]![operation]!(
    sent,
  ).then(
    () => 'answered',
    (error: unknown) => (error instanceof Fault ? error.code : Promise.reject(error as Error)),
  );

/** All that a refused call could have changed, in both databases. */
async function state(): Promise<string> {
  // The console's own client is used by every sign-in, and the Platform notes that in its own time.
  const tables = {
    [both.console.databaseUrl]: ['client_keeping', 'intentions', 'idempotency', 'sealed_secrets'],
    [both.platform.databaseUrl]: [
      `(SELECT * FROM clients WHERE NOT built_in)`,
      `(SELECT * FROM client_secrets WHERE client_id <> '${both.platform.client.id}')`,
    ],
  };
  const found: unknown[] = [];
  for (const [url, sources] of Object.entries(tables)) {
    await withClient(url, async (client) => {
      for (const source of sources) {
        const text = `SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS md5 FROM ${source} t`;
        found.push((await client.query(text)).rows);
      }
    });
  }
  return JSON.stringify(found);
}

describe.each(people.map((person) => [nameOf(person.subset), person] as const))(
  'somebody who may %s',
  (_title, person) => {
    test('may call what the table says, and a refused call changes nothing and asks the Platform for nothing (Z-01, Z-02)', async () => {
      const who = await both.signIn(person);
      let target = await aClient();
      for (const { name, feature, operation, route } of rows) {
        const sent = inputs(target)[name] ?? {};
        const missing = missingFor(route.permission, { permissions: new Set(person.subset) }) ?? [];
        const before = await state();
        const [calls, events] = [proxy.seen.length, (await auditOf(both.console)).length];
        const verdict = await call(who, feature, operation, sent);
        if (missing.length === 0) {
          expect(verdict, name).not.toBe('permission.missing');
          if (route.method !== 'GET') target = await aClient();
          continue;
        }
        expect(verdict, name).toBe('permission.missing');
        expect(await state(), name).toBe(before);
        const asked = proxy.seen
          .slice(calls)
          .filter(({ method, path }) => method !== 'GET' || path.includes('/oauth/clients'));
        expect(asked, name).toEqual([]);
        const recorded = (await auditOf(both.console)).slice(events);
        expect(
          recorded.map(({ action, outcome, actor }) => ({ action, outcome, id: actor.id })),
          name,
        ).toEqual([{ action: 'access.refused', outcome: 'refused', id: person.id }]);
      }
    }, 60_000);
  },
);
