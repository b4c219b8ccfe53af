import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Browser } from '../../test/browser.ts';
import { aClient, aPlatform } from '../../test/platform.ts';
import type { TestPlatform } from '../../test/platform.ts';
import { aCode, authorizeUrl, pkce, post, redeem, walkThrough, who } from '../../test/sign-in.ts';
import type { FlowClient } from '../../test/sign-in.ts';
import { clients } from '../storage/schema.ts';

let running: TestPlatform;
let url: string;
let client: FlowClient;

beforeAll(async () => {
  running = await aPlatform();
  ({ url } = running);
  client = await aClient(running);
});
afterAll(() => running[Symbol.asyncDispose]());

describe('proof keys are demanded of everyone (O-02)', () => {
  const refusals: [string, Record<string, string | null>][] = [
    ['no challenge', { code_challenge: null, code_challenge_method: null }],
    ['the plain method', { code_challenge_method: 'plain' }],
    ['no method', { code_challenge_method: null }],
    ['a short challenge', { code_challenge: 'a'.repeat(42) }],
    ['a long challenge', { code_challenge: 'a'.repeat(129) }],
    ['a challenge of other characters', { code_challenge: `${'a'.repeat(42)}+` }],
  ];
  test.each(refusals)('an authorization request with %s goes back with invalid_request', async (_what, params) => {
    const answer = await new Browser().request(authorizeUrl(url, client, pkce().challenge, params));
    const location = new URL(answer.headers.get('location') ?? '');
    expect(location.origin + location.pathname).toBe(client.redirectUri);
    expect(location.searchParams.get('error')).toBe('invalid_request');
    expect(location.searchParams.get('iss')).toBe(url);
    expect(location.searchParams.get('state')).toBe('s-1');
  });

  test.each([true, false])('a code needs its own verifier (with secret: %s)', async (secret) => {
    const { code, verifier } = await aCode(url, client);
    for (const wrong of ['', 'a'.repeat(42), 'a'.repeat(129), pkce().verifier, `${verifier.slice(0, -1)}!`]) {
      const answer = await redeem(url, client, { code, verifier: wrong }, secret);
      expect(answer.status, wrong).toBe(400);
      expect(['invalid_grant', 'invalid_request']).toContain(answer.body.error);
    }
    expect((await redeem(url, client, { code, verifier }, secret)).status).toBe(200);
  });

  test('a challenge serves for one code only', async () => {
    const browser = new Browser();
    const { challenge } = pkce();
    const first = await walkThrough(browser, url, authorizeUrl(url, client, challenge));
    expect(first.headers.get('location')).toContain('code=');
    const again = await browser.request(authorizeUrl(url, client, challenge));
    expect(new URL(again.headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_request');
  });
});

describe('authorization codes (O-03)', () => {
  test('a code works once, and a second try ends what the first one got', async () => {
    const given = await aCode(url, client);
    const first = await redeem(url, client, given);
    expect(first.status).toBe(200);
    expect((await who(url, first.body.access_token)).status).toBe(200);
    const second = await redeem(url, client, given);
    expect(second).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await who(url, first.body.access_token)).toMatchObject({ status: 401, refused: 'bad.credentials' });
    const refreshed = await post(
      url,
      '/oauth/token',
      { grant_type: 'refresh_token', refresh_token: first.body.refresh_token },
      client,
    );
    expect(refreshed).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('of many redemptions at once at most one succeeds, and nothing of it lives on after the others', async () => {
    const given = await aCode(url, client);
    const answers = await Promise.all(Array.from({ length: 10 }, () => redeem(url, client, given)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won.length).toBeLessThanOrEqual(1);
    for (const { body } of won) expect((await who(url, body.access_token)).status).toBe(401);
  });

  test('a code is bound to its client and its redirect URI', async () => {
    const other = await aClient(running);
    const given = await aCode(url, client);
    expect((await redeem(url, { ...other, redirectUri: client.redirectUri }, given)).body.error).toBe('invalid_grant');
    expect((await redeem(url, { ...client, redirectUri: 'https://app.example.com/callback2' }, given)).body.error).toBe(
      'invalid_grant',
    );
    expect((await redeem(url, client, given)).status).toBe(200);
  });

  test('a code works for 60 seconds', async () => {
    const [early, late] = [await aCode(url, client), await aCode(url, client)];
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 55_000 });
    try {
      expect((await redeem(url, client, early)).status).toBe(200);
      vi.setSystemTime(Date.now() + 6_000);
      expect((await redeem(url, client, late)).body.error).toBe('invalid_grant');
    } finally {
      vi.useRealTimers();
    }
  });

  test('a code cannot be redeemed once its redirect URI was taken off the client (R-11)', async () => {
    const both = ['https://one.example.com/cb', 'https://two.example.com/cb'];
    const changing = await aClient(running, { redirectUris: both });
    const given = await aCode(url, changing);
    await running.platform.db
      .update(clients)
      .set({ redirectUris: both.slice(1) })
      .where(eq(clients.id, changing.id));
    expect((await redeem(url, changing, given)).body.error).toBe('invalid_grant');
  });

  test('a code without a secret gives no refresh token, with one it does', async () => {
    const open = await redeem(url, client, await aCode(url, client), false);
    expect(open.status).toBe(200);
    expect(open.body.refresh_token).toBeUndefined();
    const confidential = await redeem(url, client, await aCode(url, client));
    expect(confidential.body).toMatchObject({ token_type: 'bearer', expires_in: 3_600 });
    expect(confidential.body.refresh_token).toEqual(expect.any(String));
  });
});

describe('scopes of an authorization request', () => {
  test('without scope it asks for the scopes of the client', async () => {
    const answer = await redeem(url, client, await aCode(url, client));
    expect(answer.body['scope']).toBe('oauth users:readonly');
  });

  test('with openid it gets an ID token signed with a published key', async () => {
    const answer = await redeem(
      url,
      client,
      await aCode(url, client, { params: { scope: 'openid email oauth', nonce: 'n-1' } }),
    );
    const [head = '', payload = ''] = String(answer.body['id_token'])
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString());
    expect(JSON.parse(head)).toMatchObject({ alg: 'RS256' });
    expect(JSON.parse(payload)).toMatchObject({
      iss: url,
      aud: client.id,
      sub: 'ada',
      nonce: 'n-1',
      email: 'Ada@example.com',
    });
    const me = await fetch(`${url}/oauth/userinfo`, {
      headers: { authorization: `Bearer ${answer.body.access_token}` },
    });
    expect(await me.json()).toMatchObject({ sub: 'ada', email: 'Ada@example.com' });
  });

  test.each(['oauth:readonly', 'users:manage', 'oauth nonsense'])(
    'a scope that the client does not have is refused: %s',
    async (scope) => {
      const answer = await new Browser().request(authorizeUrl(url, client, pkce().challenge, { scope }));
      expect(new URL(answer.headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_scope');
    },
  );
});
