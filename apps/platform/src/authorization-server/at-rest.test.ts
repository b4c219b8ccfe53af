import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser } from '../../test/browser.ts';
import { aClient, aMachine, aPlatform } from '../../test/platform.ts';
import type { TestPlatform } from '../../test/platform.ts';
import { aCode, authorizeUrl, machineToken, pkce, post, redeem, who } from '../../test/sign-in.ts';

let running: TestPlatform;
let url: string;

beforeAll(async () => {
  running = await aPlatform();
  ({ url } = running);
});
afterAll(() => running[Symbol.asyncDispose]());

/** Every text in every column of every row, however deep. */
async function everyText(): Promise<string[]> {
  const pool = running.platform.db.$client;
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  const texts = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string') texts.add(value);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        texts.add(key);
        collect(member);
      }
    }
  };
  for (const { name } of tables) collect((await pool.query(`SELECT * FROM "${name}"`)).rows);
  return [...texts];
}

test('nothing in the database is a token, a code, a cookie or a secret, and nothing in it works as one (O-18, K-04)', async () => {
  const client = await aClient(running);
  const machine = await aMachine(running);
  const browser = new Browser();
  const open = await aCode(url, client, { browser });
  const redeemed = await redeem(url, client, await aCode(url, client, { browser }));
  const own = await machineToken(url, machine);
  // One sign-in that is under way, with a session behind it.
  const waiting = await browser.request(authorizeUrl(url, client, pkce().challenge, { prompt: 'login' }));
  expect(waiting.headers.get('location')).toMatch(/^\/sign-in\//);

  const live = {
    code: open.code,
    accessToken: redeemed.body.access_token,
    refreshToken: redeemed.body.refresh_token,
    machineToken: own.body.access_token,
    secret: machine.secret,
    session: browser.cookie('latchkey_platform') ?? '',
    interaction: browser.cookie('latchkey_sign_in') ?? '',
    resume: browser.cookie('latchkey_resume') ?? '',
  };
  const texts = await everyText();
  for (const [what, value] of Object.entries(live)) {
    expect(value.length, what).toBeGreaterThan(20);
    expect(
      texts.filter((text) => text.includes(value)),
      what,
    ).toEqual([]);
  }

  const candidates = texts.filter((text) => text.length >= 16 && text.length < 200 && /^[\x21-\x7e]+$/.test(text));
  expect(candidates.length).toBeGreaterThan(30);
  for (const text of candidates) {
    expect((await who(url, text)).status, text).toBe(401);
    expect(await post(url, '/oauth/introspect', { token: text }, machine), text).toMatchObject({
      body: { active: false },
    });
  }
  const { rows } = await running.platform.db.$client.query<{ hash: string; id_hash: string }>(
    `SELECT hash FROM client_secrets WHERE client_id = $1`,
    [machine.id],
  );
  for (const { hash } of rows) expect((await machineToken(url, { id: machine.id, secret: hash })).status).toBe(401);
});

test('one secret given to two clients looks like two in the database', async () => {
  const secret = `lks_${'s'.repeat(49)}`;
  const [one, two] = [await aMachine(running, { secret }), await aMachine(running, { secret })];
  const { rows } = await running.platform.db.$client.query<{ hash: string }>(
    'SELECT hash FROM client_secrets WHERE client_id = ANY($1)',
    [[one.id, two.id]],
  );
  expect(new Set(rows.map(({ hash }) => hash)).size).toBe(2);
  expect((await machineToken(url, two)).status).toBe(200);
});

test('nothing that opens anything was logged (K-21)', async () => {
  const client = await aClient(running);
  const given = await aCode(url, client);
  const { body } = await redeem(url, client, given);
  await redeem(url, client, given);
  const log = running.logged();
  for (const value of [given.code, given.verifier, body.access_token, body.refresh_token, client.secret])
    expect(log).not.toContain(value);
  for (const line of log.trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
});
