import { afterAll, beforeAll, expect, test } from 'vitest';
import { startConsoleAndPlatform, type ConsoleAndPlatform, type SignedIn } from '../../testing/console-and-platform.ts';
import { aForm, aPage } from '../../testing/a-client.ts';

let both: ConsoleAndPlatform;
let admin: SignedIn;
beforeAll(async () => {
  both = await startConsoleAndPlatform();
  admin = await both.signIn('admin');
});
afterAll(async () => {
  if (process.env['SHOW_LOG']) console.log(both.console.logged.filter((l) => /warn|error/.test(l)).join(''), both.platform.output.join('').slice(-3000));
  await both?.stop();
});

test('a client is created once, listed, read, and its secret opens only with the key of the page', async () => {
  const page = await aPage();
  const sent = { body: { client: aForm({ name: 'First' }), revealKey: page.revealKey } };
  const { client, reveal } = await admin.api.clients.create(sent, { headers: { 'idempotency-key': crypto.randomUUID() } });
  expect(client).toMatchObject({ name: 'First', state: 'active', unacknowledgedSecret: null });
  expect(await page.open(reveal.sealed)).toMatch(/^lks_/);
  expect(await admin.api.reveals.list()).toEqual([reveal]);
  const list = await admin.api.clients.list({ query: {} });
  expect(list).toMatchObject({ total: 1, inventory: 1, stale: false, items: [{ name: 'First' }] });
});
