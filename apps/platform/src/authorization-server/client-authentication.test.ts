import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aClient, aMachine, aPlatform, aSecret } from '../../test/platform.ts';
import type { TestPlatform } from '../../test/platform.ts';
import { machineToken, post, redeem, aCode } from '../../test/sign-in.ts';
import { failureFloorMs } from './answers.ts';

let running: TestPlatform;
let url: string;
let machine: { id: string; secret: string };

beforeAll(async () => {
  running = await aPlatform();
  ({ url } = running);
});
afterAll(() => running[Symbol.asyncDispose]());

const refused = {
  error: 'invalid_client',
  description: 'authentication failed',
  error_description: 'authentication failed',
};
const anyDate: unknown = expect.any(Date);
const inBody = (id: string, secret: string) =>
  post(url, '/oauth/token', { grant_type: 'client_credentials', client_id: id, client_secret: secret });

describe('one client proves itself by its exact secret (O-05, K-05)', () => {
  test('in the header or in the body, and not in both', async () => {
    machine = await aMachine(running);
    expect((await machineToken(url, machine)).status).toBe(200);
    expect((await inBody(machine.id, machine.secret)).status).toBe(200);
    const both = await machineToken(url, machine, { client_id: machine.id, client_secret: machine.secret });
    expect(both).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  test('a header that names another client than the body is refused', async () => {
    expect((await machineToken(url, machine, { client_id: 'someone-else' })).status).toBe(400);
  });

  const spoilt: [string, (secret: string) => string][] = [
    ['a zero byte', (s) => `${s}\0`],
    ['a space', (s) => `${s} `],
    ['a tab', (s) => `${s}\t`],
    ['a newline', (s) => `${s}\n`],
    ['other case', (s) => s.toUpperCase()],
    ['one character less', (s) => s.slice(0, -1)],
    ['a combining character', (s) => `${s}\u0301`],
    ['full-width letters', (s) => s.replace(/[a-z]/, (c) => String.fromCodePoint(0xfee0 + (c.codePointAt(0) ?? 0)))],
    ['nothing', () => 'x'],
  ];
  test.each(spoilt)('the secret with %s is refused like any wrong one', async (_what, spoil) => {
    const one = await aMachine(running);
    for (const answer of [
      await machineToken(url, { ...one, secret: spoil(one.secret) }),
      await inBody(one.id, spoil(one.secret)),
    ]) {
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual(refused);
    }
  });

  test('an unknown client and a wrong secret get the same answer in the same time', async () => {
    const times = { unknown: [] as number[], wrong: [] as number[] };
    const one = await aMachine(running);
    for (let round = 0; round < 5; round += 1) {
      for (const kind of ['unknown', 'wrong'] as const) {
        const begun = performance.now();
        const answer = await machineToken(url, {
          id: kind === 'wrong' ? one.id : crypto.randomUUID(),
          secret: 'x'.repeat(53),
        });
        times[kind].push(performance.now() - begun);
        expect(answer.status).toBe(401);
        expect(answer.body).toEqual(refused);
        expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Latchkey"');
      }
    }
    for (const took of [...times.unknown, ...times.wrong]) expect(took).toBeGreaterThanOrEqual(failureFloorMs - 2);
  });

  test.each(['Basic', 'Basic !!!', 'Basic OjpA', 'Bearer abcdefghijk', 'Basic bm9jb2xvbg=='])(
    'a header that cannot be read is refused alike: %s',
    async (authorization) => {
      const answer = await fetch(`${url}/oauth/token`, {
        method: 'POST',
        headers: { authorization },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual(refused);
    },
  );

  test('credentials in the query are refused', async () => {
    for (const query of [
      `client_id=${machine.id}&client_secret=${machine.secret}`,
      `client_secret=${machine.secret}`,
      'code=abc',
    ]) {
      const answer = await post(url, `/oauth/token?${query}`, { grant_type: 'client_credentials' });
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    }
    expect(running.logged()).not.toContain(machine.secret);
  });

  test.each(['grant_type', 'client_id', 'client_secret'])('a doubled %s is refused', async (name) => {
    const fields: [string, string][] = [
      ['grant_type', 'client_credentials'],
      ['client_id', machine.id],
      ['client_secret', machine.secret],
    ];
    const doubled = [...fields, ...fields.filter(([key]) => key === name)];
    expect((await post(url, '/oauth/token', doubled)).status).toBe(400);
  });

  test('GET is not answered', async () => {
    expect((await fetch(`${url}/oauth/token?grant_type=client_credentials`)).status).toBe(405);
  });
});

describe('a client uses its own grants only (O-01)', () => {
  test.each(['password', 'implicit', 'urn:ietf:params:oauth:grant-type:device_code', 'nonsense'])(
    '%s is not supported',
    async (grantType) => {
      const answer = await post(
        url,
        '/oauth/token',
        { grant_type: grantType, username: 'ada', password: 'x' },
        machine,
      );
      expect(answer).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } });
    },
  );

  test('a machine cannot redeem codes, and an application cannot act for itself', async () => {
    const application = await aClient(running);
    expect((await machineToken(url, application)).body.error).toBe('unauthorized_client');
    const code = await post(
      url,
      '/oauth/token',
      { grant_type: 'authorization_code', code: 'x', redirect_uri: 'https://a.example/' },
      machine,
    );
    expect(code.body.error).toBe('unauthorized_client');
  });

  test.each(['token', 'id_token', 'code token', 'code id_token', 'none'])(
    'response type %s is refused',
    async (type) => {
      const application = await aClient(running);
      const query = new URLSearchParams({
        client_id: application.id,
        redirect_uri: application.redirectUri,
        response_type: type,
        nonce: 'n',
      });
      const answer = await fetch(`${url}/oauth/authorize?${query.toString()}`, { redirect: 'manual' });
      const location = new URL((answer.headers.get('location') ?? '').replace('#', '?'));
      expect(location.searchParams.get('error')).toBe('unsupported_response_type');
    },
  );
});

describe('two secrets during a rotation (K-17)', () => {
  test('the old one works until its end and not after', async () => {
    const one = await aMachine(running, { secret: `lks_${'n'.repeat(49)}` });
    const [ending, ended] = [`lks_${'e'.repeat(49)}`, `lks_${'x'.repeat(49)}`];
    await aSecret(running, one.id, ending, new Date(Date.now() + 1_500));
    await aSecret(running, one.id, ended, new Date(Date.now() - 1));
    expect((await machineToken(url, one)).status).toBe(200);
    expect((await machineToken(url, { id: one.id, secret: ending })).status).toBe(200);
    expect((await machineToken(url, { id: one.id, secret: ended })).status).toBe(401);
    await expect
      .poll(async () => (await machineToken(url, { id: one.id, secret: ending })).status, { timeout: 4_000 })
      .toBe(401);
    expect((await machineToken(url, one)).status).toBe(200);
  });

  test('each use of a secret is counted within a second', async () => {
    const one = await aMachine(running);
    for (let use = 0; use < 3; use += 1) await machineToken(url, one);
    const stored = async () => {
      const { rows } = await running.platform.db.$client.query<{
        uses: number;
        date_last_used: Date;
        client_used: Date;
      }>(
        `SELECT u.uses, s.date_last_used, c.date_last_used AS client_used FROM secret_uses u
         JOIN client_secrets s ON s.id = u.secret_id JOIN clients c ON c.id = s.client_id WHERE s.client_id = $1`,
        [one.id],
      );
      return rows[0];
    };
    await expect
      .poll(stored, { timeout: 1_500 })
      .toMatchObject({ uses: 3, date_last_used: anyDate, client_used: anyDate });
  });
});

describe('limits of the token endpoint', () => {
  test("too many requests of one client get the wire's refusal, and no other client does (platform-api 1.5)", async () => {
    await using small = await aPlatform({ tokensPerMinute: 3 });
    const [busy, other] = [await aMachine(small), await aMachine(small)];
    for (let one = 0; one < 3; one += 1) expect((await machineToken(small.url, busy)).status).toBe(200);
    const answer = await machineToken(small.url, busy);
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(answer.body['description']).toMatch(/^rate limit exceeded;/);
    expect((await machineToken(small.url, other)).status).toBe(200);
    const replica = await small.replica();
    expect((await machineToken(replica.localUrl, busy)).status).toBe(400);
  });

  test('guessing slows down for the guesser alone (B-05)', async () => {
    const victim = await aMachine(running);
    const guesses = await Promise.all(
      Array.from({ length: 25 }, (_, n) => machineToken(url, { id: victim.id, secret: `guess-${n}` })),
    );
    expect(guesses.filter(({ status }) => status === 400).length).toBeGreaterThan(0);
    expect(guesses.filter(({ status }) => status === 200)).toHaveLength(0);
    expect(running.logged()).toContain('too many failed authentications');
    expect((await machineToken(url, await aMachine(running))).status).toBe(200);
  });
});

test('a code client may redeem with or without its secret, and a wrong one is still wrong', async () => {
  const client = await aClient(running);
  expect((await redeem(url, { ...client, secret: 'wrong' }, await aCode(url, client))).status).toBe(401);
});
