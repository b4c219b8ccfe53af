import { randomUUID } from 'node:crypto';
import { Fault } from '@latchkey/contract/faults';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { settleOpenIntentions } from '../jobs/settle.ts';
import { aForm, aPage } from '../testing/a-client.ts';
import { auditOf, codesOf } from '../testing/audit-of.ts';
import { startConsoleAndPlatform, type ConsoleAndPlatform, type SignedIn } from '../testing/console-and-platform.ts';
import { aFaultyProxy, type Fate, type FaultyProxy } from '../testing/faulty-proxy.ts';

let proxy: FaultyProxy;
let both: ConsoleAndPlatform;
let admin: SignedIn;
beforeAll(async () => {
  proxy = await aFaultyProxy();
  const settings = { PLATFORM_PUBLIC_URL: proxy.url };
  both = await startConsoleAndPlatform({ settings, platformSettings: settings });
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

/** Lets one kind of request fail once. */
function once(method: string, path: RegExp, fate: Fate): void {
  let done = false;
  proxy.fate = (asked, at) => {
    if (done || asked !== method || !path.test(at)) return 'passes';
    done = true;
    return fate;
  };
}

const creating = /^\/api\/v2\/oauth\/clients$/;
const codeOf = (error: unknown): string => (error instanceof Fault ? error.code : String(error));
const refused = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'succeeded', codeOf);

async function named(name: string): Promise<{ id: string; name: string }[]> {
  both.console.clock.turn(6);
  const { items } = await admin.api.clients.list({ query: { q: name } });
  return items;
}

/** The same create, as often as asked. */
async function aCreate() {
  const name = `Lost ${randomUUID()}`;
  const page = await aPage();
  const key = randomUUID();
  const body = { client: aForm({ name }), revealKey: page.revealKey };
  return { name, page, again: () => admin.api.clients.create({ body }, { headers: { 'idempotency-key': key } }) };
}

test('a create whose answer is lost is never made twice, and its secret is known to have reached nobody (K-14, F-12)', async () => {
  const { name, again } = await aCreate();
  once('POST', creating, 'loses its answer');
  expect(await refused(again())).toBe('outcome.unknown');
  expect(await refused(again())).toBe('idempotency.in_progress');
  both.console.clock.turn(13);
  expect(await refused(again())).toBe('reveal.over');
  expect(await refused(again())).toBe('reveal.over');
  const [client, ...others] = await named(name);
  expect(others).toEqual([]);
  const detail = await admin.api.clients.read({ params: { clientId: client?.id ?? '' } });
  expect(detail.unacknowledgedSecret).toMatchObject({ shown: false });
  expect(codesOf(await auditOf(both.console, detail.id))).toEqual([
    'client.created.succeeded',
    'secret.never_revealed.succeeded',
  ]);
});

test('a create that was lost on the way is made by its repetition, once', async () => {
  const { name, page, again } = await aCreate();
  once('POST', creating, 'is lost');
  expect(await refused(again())).toBe('outcome.unknown');
  both.console.clock.turn(13);
  const { reveal } = await again();
  expect(await page.open(reveal.sealed)).toMatch(/^lks_/);
  expect((await again()).reveal).toEqual(reveal);
  expect(await named(name)).toHaveLength(1);
});

test('a create that nobody repeats is settled by the job, with the console’s own credentials', async () => {
  const { name, again } = await aCreate();
  once('POST', creating, 'loses its answer');
  expect(await refused(again())).toBe('outcome.unknown');
  both.console.clock.turn(31);
  await settleOpenIntentions(both.console.console.parts);
  const [client] = await named(name);
  expect(codesOf(await auditOf(both.console, client?.id))).toEqual([
    'client.created.succeeded',
    'secret.never_revealed.succeeded',
  ]);
  expect(await refused(again())).toBe('reveal.over');
});

test('a job that finds nothing done records that, and the key is free again', async () => {
  const { name, again } = await aCreate();
  once('POST', creating, 'is lost');
  expect(await refused(again())).toBe('outcome.unknown');
  both.console.clock.turn(31);
  await settleOpenIntentions(both.console.console.parts);
  expect(codesOf(await auditOf(both.console)).slice(-1)).toEqual(['client.created.failed']);
  await again();
  expect(await named(name)).toHaveLength(1);
});

test('a Platform that cannot be reached has done nothing, and says so at once', async () => {
  const { again } = await aCreate();
  once('POST', creating, { answer: () => ({ status: 503, body: '{"code":"service.unavailable"}' }) });
  expect(await refused(again())).toBe('platform.busy');
  await again();
});

test('twenty identical creates at once make one client, and each gets the same sealed text (K-15)', async () => {
  const { name, again } = await aCreate();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => again().then(({ reveal }) => reveal.sealed, codeOf)),
  );
  const sealed = new Set(answers.filter((answer) => answer !== 'idempotency.in_progress'));
  expect(sealed.size).toBe(1);
  expect(await named(name)).toHaveLength(1);
});

test('the same key with another body is refused (K-15)', async () => {
  const page = await aPage();
  const name = `Key ${randomUUID()}`;
  const headers = { 'idempotency-key': randomUUID() };
  const create = (description: string) =>
    admin.api.clients.create(
      { body: { client: aForm({ name, description }), revealKey: page.revealKey } },
      { headers },
    );
  await create('one');
  expect(await refused(create('two'))).toBe('idempotency.key_reused');
  expect(await named(name)).toHaveLength(1);
});

test('a generation whose answer is lost is settled on the next look, and never repeated', async () => {
  const { again } = await aCreate();
  const { client } = await again();
  const page = await aPage();
  const headers = { 'idempotency-key': randomUUID() };
  const generate = () =>
    admin.api.secrets.generate(
      { params: { clientId: client.id }, body: { reason: 'scheduled', revealKey: page.revealKey } },
      { headers },
    );
  once('POST', /\/secret$/, 'loses its answer');
  expect(await refused(generate())).toBe('outcome.unknown');
  both.console.clock.turn(26);
  const detail = await admin.api.clients.read({ params: { clientId: client.id } });
  expect(detail.unacknowledgedSecret).toMatchObject({ shown: false });
  expect(await refused(generate())).toBe('reveal.over');
  expect((await admin.api.secrets.list({ params: { clientId: client.id } })).items).toHaveLength(2);
  expect(codesOf(await auditOf(both.console, client.id))).toEqual([
    'client.created.succeeded',
    'secret.revealed.succeeded',
    'secret.generated.unknown',
    'secret.generated.succeeded',
    'secret.never_revealed.succeeded',
  ]);
});

test.each([
  ['edit', 'client.edited', 'PUT'],
  ['deactivate', 'client.deactivated', 'PUT'],
  ['delete', 'client.deleted', 'DELETE'],
] as const)('a lost answer to %s is settled, whichever way it was lost', async (act, action, method) => {
  for (const fate of ['loses its answer', 'is lost'] as const) {
    const { again, name } = await aCreate();
    const { client } = await again();
    const params = { clientId: client.id };
    const { version } = client;
    once(method, /\/api\/v2\/oauth\/clients\//, fate);
    const asked = {
      edit: () =>
        admin.api.clients.edit({ params, body: { version, client: aForm({ name, description: 'changed' }) } }),
      deactivate: () => admin.api.clients.deactivate({ params, body: { version } }),
      delete: () => admin.api.clients.delete({ params, body: { version, meaning: 'final', confirmName: name } }),
    }[act];
    expect(await refused(asked())).toBe('outcome.unknown');
    both.console.clock.turn(31);
    await settleOpenIntentions(both.console.console.parts);
    const settled =
      fate === 'loses its answer'
        ? `${action}.succeeded`
        : act === 'delete'
          ? 'client.deactivated.succeeded'
          : `${action}.failed`;
    expect(codesOf(await auditOf(both.console, client.id)).slice(-1)).toEqual([settled]);
  }
});

test('a key is forgotten after a day: used again, it is a new act (K-15)', async () => {
  const { name, again } = await aCreate();
  await again();
  both.console.clock.turn(24 * 3_600 + 1);
  admin = await both.signIn('admin');
  await again();
  expect(await named(name)).toHaveLength(2);
});
