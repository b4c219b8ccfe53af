import { randomUUID } from 'node:crypto';
import { consoleApi } from '@latchkey/contract/console-api/table';
import { allRoutes } from '@latchkey/wire/each-route';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aForm, aPage } from '../testing/a-client.ts';
import { startConsoleAndPlatform, type ConsoleAndPlatform, type SignedIn } from '../testing/console-and-platform.ts';

let both: ConsoleAndPlatform;
let admin: SignedIn;
beforeAll(async () => {
  both = await startConsoleAndPlatform();
  admin = await both.signIn('admin');
});
afterAll(async () => {
  await both?.stop();
});

/** Long enough to be worth compressing. */
const description = 'The same again and again. '.repeat(38);

async function ask(method: string, path: string, body?: object, encoding = 'br, gzip') {
  const response = await admin.browser.fetch(`${both.console.url}/api${path}`, {
    method,
    headers: { 'accept-encoding': encoding, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    ...(body && { body: JSON.stringify(body) }),
  });
  const { headers, status } = response;
  return { status, headers, encoding: headers.get('content-encoding'), text: await response.text() };
}

test('an answer that reveals is never compressed, whatever the caller takes (K-03)', async () => {
  const { revealKey } = await aPage();
  const asked: Record<string, () => ReturnType<typeof ask>> = {
    'clients.create': () => ask('POST', '/clients', { client: aForm({ name: randomUUID(), description }), revealKey }),
    'secrets.generate': async () => {
      const { client } = JSON.parse((await asked['clients.create']?.())?.text ?? '') as { client: { id: string } };
      return ask('POST', `/clients/${client.id}/secrets`, { reason: 'scheduled', revealKey });
    },
    'reveals.list': () => ask('GET', '/reveals'),
  };
  const revealing = allRoutes(consoleApi).filter(({ route }) => route.reveals);
  expect(revealing.map(({ name }) => name)).toEqual(Object.keys(asked));
  for (const { name, route } of revealing) {
    const answer = await asked[name]?.();
    expect([name, answer?.status, answer?.encoding]).toEqual([name, route.status ?? 200, null]);
    expect(answer?.text).toContain('"sealed":"');
    expect(answer?.headers.get('cache-control')).toBe('no-store');
    if (name !== 'secrets.generate') expect(answer?.text.length).toBeGreaterThan(1_400);
  }
});

test('other answers are compressed when they are long and the caller takes it, and are as uncacheable as before', async () => {
  const { revealKey } = await aPage();
  const client = aForm({ name: randomUUID(), description });
  await admin.api.clients.create({ body: { client, revealKey } });
  for (const [takes, gets] of [
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ] as const) {
    const { encoding, headers, text } = await ask('GET', '/clients', undefined, takes);
    expect(encoding).toBe(gets);
    expect(JSON.parse(text)).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ description })]),
    });
    expect(headers.get('vary')?.toLowerCase()).toContain('accept-encoding');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('etag')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
  expect((await ask('GET', '/sessions')).encoding).toBeNull();
});
