import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Browser } from '../../test/browser.ts';
import { aClient, aPlatform, password } from '../../test/platform.ts';
import type { TestPlatform } from '../../test/platform.ts';
import { aCode, authorizeUrl, pkce, post, redeem, walkThrough, who } from '../../test/sign-in.ts';
import { lifetimes } from '../authorization-server/lifetimes.ts';
import { auditEvents, clients } from '../storage/schema.ts';

let running: TestPlatform;
let url: string;

beforeAll(async () => {
  running = await aPlatform();
  ({ url } = running);
});
afterAll(() => running[Symbol.asyncDispose]());

/** Opens a sign-in and gives its page. */
async function aSignIn(params: Record<string, string | null> = {}, facts: Parameters<typeof aClient>[1] = {}) {
  const browser = new Browser();
  const client = await aClient(running, facts);
  const answer = await browser.open(authorizeUrl(url, client, pkce().challenge, params));
  return { browser, client, answer, page: await answer.text() };
}

describe('the sign-in page', () => {
  test('has labelled fields, no script, and a policy that lets its form reach the client only', async () => {
    const { page, answer } = await aSignIn();
    expect(page).toMatch(/<label for="email">Email<\/label>\s*<input\s+id="email"\s+name="email"\s+type="email"/);
    expect(page).toMatch(
      /<label for="password">Password<\/label>\s*<input\s+id="password"\s+name="password"\s+type="password"/,
    );
    expect(page).toContain('<button type="submit">Sign in</button>');
    expect(page).not.toMatch(/<script|style="|onclick/);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("form-action 'self' https://app.example.com");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('x-powered-by')).toBeNull();
    const style = await fetch(`${url}/sign-in/style.css`);
    expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
  });

  test('takes the address from login_hint, alone or with an organization', async () => {
    expect((await aSignIn({ login_hint: 'vic@example.com:acme' })).page).toContain('value="vic@example.com"');
    expect((await aSignIn({ login_hint: 'acme' })).page).toContain('value=""');
  });

  test('a wrong password, an unknown address and an inactive person get the same answer, and the address stays', async () => {
    const errors = [];
    for (const [email, secret] of [
      ['ada@example.com', 'wrong'],
      ['nobody@example.com', password],
      ['ina@example.com', password],
    ] as const) {
      const { browser, page } = await aSignIn();
      const answer = await browser.submit(page, url, '/login', { email, password: secret });
      const again = await answer.text();
      expect(answer.status).toBe(400);
      expect(again).toContain(`value="${email}"`);
      expect(again).not.toContain(secret);
      errors.push(/role="alert"[^>]*>([^<]*)/.exec(again)?.[1]);
    }
    expect(new Set(errors)).toEqual(new Set(['The email or the password is not right.']));
  });

  test('the address is not case sensitive, and a credential post is answered by 303 (O-15)', async () => {
    const { browser, page } = await aSignIn();
    const action = /action="([^"]+\/login)"/.exec(page)?.[1] ?? '';
    const answer = await browser.request(`${url}${action}`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'ADA@EXAMPLE.COM', password }),
    });
    expect(answer.status).toBe(303);
  });

  test('a form of another site, another browser or a finished sign-in does nothing', async () => {
    const { browser, page } = await aSignIn();
    const action = `${url}${/action="([^"]+\/login)"/.exec(page)?.[1] ?? ''}`;
    const body = () => new URLSearchParams({ email: 'ada@example.com', password });
    const crossSite = await browser.request(action, {
      method: 'POST',
      body: body(),
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    const stranger = await new Browser().request(action, { method: 'POST', body: body() });
    for (const answer of [crossSite, stranger]) {
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('This sign-in has ended');
    }
    expect((await browser.request(action, { method: 'POST', body: body() })).status).toBe(303);
  });

  test('markup in names and addresses is shown as text (I-07, I-08)', async () => {
    const name = `<img src=x onerror=alert(1)> "quoted" & 'single' \u202Edesrever`;
    const { browser, page, client } = await aSignIn({}, { name });
    expect(page).not.toContain('<img');
    expect(page).toContain('<bdi>&lt;img src=x onerror=alert(1)&gt; &quot;quoted&quot; &amp; &#39;single&#39;');
    const bad = await browser.submit(page, url, '/login', { email: '"><script>alert(1)</script>', password: 'x' });
    expect(await bad.text()).not.toContain('<script>');
    const consent = await walkThroughLogin(browser, client);
    expect(consent).not.toContain('<img');
  });
});

async function walkThroughLogin(
  browser: Browser,
  client: { id: string; secret: string; redirectUri: string },
): Promise<string> {
  const login = await (await browser.open(authorizeUrl(url, client, pkce().challenge))).text();
  return (await browser.submit(login, url, '/login', { email: 'ada@example.com', password })).text();
}

describe('consent (O-14)', () => {
  test('names the client, its scopes with their meaning, and the lifetime', async () => {
    const { browser, page } = await aSignIn(
      { scope: 'openid oauth' },
      { name: 'Reporting', accessTokenValiditySeconds: 5_400 },
    );
    const consent = await (await browser.submit(page, url, '/login', { email: 'ada@example.com', password })).text();
    expect(consent).toContain('<bdi>Reporting</bdi>');
    expect(consent).toContain('<code>oauth</code><span>Manage OAuth clients</span>');
    expect(consent).toContain('<code>openid</code><span>Know that it is you</span>');
    expect(consent).toContain('1 hour 30 minutes');
    expect(consent).toContain('<bdi>Ada@example.com</bdi>');
  });

  test('is asked once for the same scopes and again for more', async () => {
    const browser = new Browser();
    const client = await aClient(running);
    await aCode(url, client, { browser, params: { scope: 'oauth' } });
    const again = await browser.open(authorizeUrl(url, client, pkce().challenge, { scope: 'oauth' }));
    expect(again.headers.get('location')).toContain('code=');
    const more = await browser.open(authorizeUrl(url, client, pkce().challenge, { scope: 'oauth users:readonly' }));
    expect(await more.text()).toContain('/consent');
  });

  test('an application on the own machine asks each time', async () => {
    const browser = new Browser();
    const client = await aClient(running, { redirectUris: ['myapp://oauth/cb'] });
    await aCode(url, client, { browser });
    const again = await browser.open(authorizeUrl(url, client, pkce().challenge));
    expect(await again.text()).toContain('/consent');
  });

  test.each(['/login', '/consent'])('cancelling on the page with %s goes back with access_denied', async (ending) => {
    const { browser, page } = await aSignIn();
    const shown =
      ending === '/login'
        ? page
        : await (await browser.submit(page, url, '/login', { email: 'ada@example.com', password })).text();
    expect(shown).toContain(ending);
    const answer = await browser.submit(shown, url, '/cancel');
    const location = new URL(answer.headers.get('location') ?? '');
    expect(location.searchParams.get('error')).toBe('access_denied');
    expect(location.searchParams.get('state')).toBe('s-1');
    expect(location.searchParams.get('iss')).toBe(url);
  });

  test('prompt=none without a session says login_required', async () => {
    const { answer } = await aSignIn({ prompt: 'none' });
    expect(new URL(answer.headers.get('location') ?? '').searchParams.get('error')).toBe('login_required');
  });
});

describe("the console's own client", () => {
  const given = {
    id: 'console-1',
    secret: `lks_${'c'.repeat(49)}`,
    redirectUri: 'http://localhost:3000/sign-in/callback',
    postLogoutRedirectUri: 'http://localhost:3000/signed-out',
  };

  test('asks for no consent, may use every scope, and reads by itself', async () => {
    await using own = await aPlatform({ console: given });
    const flow = { ...given };
    const done = await walkThrough(
      new Browser(),
      own.url,
      authorizeUrl(own.url, flow, pkce().challenge, { scope: 'openid oauth' }),
    );
    expect(done.headers.get('location')).toContain('code=');
    const { body } = await redeem(own.url, flow, await aCode(own.url, flow));
    expect(body['scope']).toBe('oauth oauth:readonly users:readonly');
    expect(await who(own.url, body.access_token)).toMatchObject({ kind: 'person', userId: 'ada', clientBuiltIn: true });
    const machine = await post(own.url, '/oauth/token', { grant_type: 'client_credentials' }, flow);
    expect(await who(own.url, machine.body.access_token)).toMatchObject({
      kind: 'client',
      permissions: expect.arrayContaining(['oauth:client:view', 'authorization:role:view']) as unknown,
    });
  });

  test('ending one sign-in does not end another one of the same browser', async () => {
    await using own = await aPlatform({ console: given });
    const browser = new Browser();
    const first = await redeem(own.url, given, await aCode(own.url, given, { browser }));
    const second = await redeem(own.url, given, await aCode(own.url, given, { browser }));
    await post(own.url, '/oauth/revoke', { token: first.body.refresh_token }, given);
    expect((await who(own.url, first.body.access_token)).status).toBe(401);
    expect((await who(own.url, second.body.access_token)).status).toBe(200);
  });

  test('ending the last one of a browser ends the session: the next sign-in asks for the password again', async () => {
    await using own = await aPlatform({ console: given });
    const browser = new Browser();
    const only = await redeem(own.url, given, await aCode(own.url, given, { browser }));
    const sessions = () => own.platform.db.execute(`SELECT 1 FROM oidc_payloads WHERE model = 'Session'`);
    expect((await sessions()).rowCount).toBe(1);
    await post(own.url, '/oauth/revoke', { token: only.body.refresh_token }, given);
    expect((await sessions()).rowCount).toBe(0);
    const next = await browser.request(
      `${own.url}/logout?client_id=${given.id}&post_logout_redirect_uri=${encodeURIComponent(given.postLogoutRedirectUri ?? '')}`,
    );
    expect(await next.text()).not.toContain('Sign out?');
  });

  test('is registered anew at each start: a new secret takes the place of the old one', async () => {
    await using own = await aPlatform({ console: given });
    const changed = { ...given, secret: `lks_${'d'.repeat(49)}` };
    await using again = await aPlatform(
      { ...own.config, databaseUrl: own.config.databaseUrl, console: changed },
      { prepare: async () => undefined },
    );
    const ask = (client: typeof given) => post(again.url, '/oauth/token', { grant_type: 'client_credentials' }, client);
    expect((await ask(changed)).status).toBe(200);
    expect((await ask(given)).status).toBe(401);
    const [row] = await again.platform.db.select().from(clients).where(eq(clients.id, given.id));
    expect(row).toMatchObject({ builtIn: true, redirectUris: [given.redirectUri] });
  });
});

describe('the session', () => {
  test('is a cookie for this site, out of reach of scripts', async () => {
    const { browser, page } = await aSignIn();
    const action = /action="([^"]+\/login)"/.exec(page)?.[1] ?? '';
    const answer = await browser.request(`${url}${action}`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'ada@example.com', password }),
    });
    const resumed = await browser.request(answer.headers.get('location') ?? '');
    const cookie = resumed.headers.getSetCookie().find((one) => one.startsWith('latchkey_platform='));
    expect(cookie).toMatch(/httponly/i);
    expect(cookie).toMatch(/samesite=lax/i);
    expect(cookie).not.toMatch(/domain=/i);
  });

  test('ends 12 hours after the person proved who they are', async () => {
    const browser = new Browser();
    const client = await aClient(running);
    await aCode(url, client, { browser });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + (lifetimes.session - 60) * 1_000 });
    try {
      const before = await browser.open(authorizeUrl(url, client, pkce().challenge));
      expect(before.headers.get('location')).toContain('code=');
      vi.setSystemTime(Date.now() + 62_000);
      const after = await browser.open(authorizeUrl(url, client, pkce().challenge));
      expect(await after.text()).toContain('name="password"');
    } finally {
      vi.useRealTimers();
    }
  });

  test('a fresh proof is asked for when the last one is older than max_age, and auth_time tells', async () => {
    const browser = new Browser();
    const client = await aClient(running);
    await aCode(url, client, { browser, params: { scope: 'openid oauth' } });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 700_000 });
    try {
      const asked = await browser.open(
        authorizeUrl(url, client, pkce().challenge, { scope: 'openid oauth', max_age: '600' }),
      );
      expect(await asked.text()).toContain('name="password"');
      const { body } = await redeem(
        url,
        client,
        await aCode(url, client, { browser, params: { scope: 'openid oauth', max_age: '600' } }),
      );
      const payload = JSON.parse(Buffer.from(String(body['id_token']).split('.')[1] ?? '', 'base64url').toString()) as {
        auth_time: number;
      };
      expect(Math.abs(payload.auth_time - Date.now() / 1_000)).toBeLessThan(5);
      expect((await who(url, body.access_token))['authTime']).toBe(payload.auth_time);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('signing out (O-16)', () => {
  test('with an ID token it happens at once, ends every token of the session, and goes back', async () => {
    const browser = new Browser();
    const client = await aClient(running);
    const { body } = await redeem(
      url,
      client,
      await aCode(url, client, { browser, params: { scope: 'openid oauth' } }),
    );
    const query = new URLSearchParams({
      id_token_hint: String(body['id_token']),
      post_logout_redirect_uri: client.redirectUri,
      state: 'bye',
    });
    const answer = await browser.request(`${url}/logout?${query.toString()}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${client.redirectUri}?state=bye`]);
    expect((await who(url, body.access_token)).status).toBe(401);
    expect(
      (await post(url, '/oauth/token', { grant_type: 'refresh_token', refresh_token: body.refresh_token }, client)).body
        .error,
    ).toBe('invalid_grant');
    expect(await (await browser.open(authorizeUrl(url, client, pkce().challenge))).text()).toContain('name="password"');
  });

  test("the wire's own form asks first, and ends the session when the person says so", async () => {
    const browser = new Browser();
    const client = await aClient(running);
    const { body } = await redeem(url, client, await aCode(url, client, { browser }));
    const query = new URLSearchParams({ client_id: client.id, redirect_uri: client.redirectUri });
    const asked = await browser.request(`${url}/logout?${query.toString()}`);
    expect(asked.status).toBe(200);
    const page = await asked.text();
    expect(page).toContain('Sign out?');
    expect((await who(url, body.access_token)).status).toBe(200);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const done = await browser.request(`${url}/logout/confirm`, {
      method: 'POST',
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    });
    expect([done.status, done.headers.get('location')]).toEqual([303, client.redirectUri]);
    expect((await who(url, body.access_token)).status).toBe(401);
  });

  test('a forged confirmation, a foreign address and an unknown client do nothing', async () => {
    const browser = new Browser();
    const client = await aClient(running);
    const { body } = await redeem(url, client, await aCode(url, client, { browser }));
    const forged = await browser.request(`${url}/logout/confirm`, {
      method: 'POST',
      body: new URLSearchParams({ xsrf: 'x', logout: 'yes' }),
    });
    expect(forged.status).toBe(400);
    for (const query of [
      { client_id: client.id, redirect_uri: 'https://evil.example/' },
      { client_id: 'unknown', redirect_uri: 'https://evil.example/' },
      { id_token_hint: 'nonsense', post_logout_redirect_uri: 'https://evil.example/' },
    ]) {
      const answer = await browser.request(
        `${url}/logout?${new URLSearchParams(query as Record<string, string>).toString()}`,
      );
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers.get('location')).toBeNull();
    }
    expect((await who(url, body.access_token)).status).toBe(200);
  });
});

test('somebody else may sign in where a person is signed in; that person is signed out first', async () => {
  const browser = new Browser();
  const client = await aClient(running);
  const ada = await redeem(url, client, await aCode(url, client, { browser }));
  const { verifier, challenge } = pkce();
  const login = await (await browser.open(authorizeUrl(url, client, challenge, { prompt: 'login' }))).text();
  const handover = await browser.submit(login, url, '/login', { email: 'vic@example.com', password });
  const policy = handover.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/script-src 'self' 'sha256-[^']+'/);
  expect(policy).toContain("form-action 'self' https://app.example.com");
  const page = await handover.text();
  const inputs = [...page.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]);
  const consent = await browser.submit(
    page,
    url,
    '/logout/confirm',
    Object.fromEntries(inputs) as Record<string, string>,
  );
  const done = await browser.submit(await consent.text(), url, '/consent');
  const code = new URL(done.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const vic = await redeem(url, client, { code, verifier });
  expect((await who(url, vic.body.access_token))['userId']).toBe('vic');
  expect((await who(url, ada.body.access_token)).status).toBe(401);
});

describe('guessing passwords (B-01, B-03)', () => {
  test('slows down for the guesser; the person still signs in where they did before', async () => {
    await using own = await aPlatform({ trustedProxies: 1 });
    const client = await aClient(own);
    const known = new Browser();
    await aCode(own.url, client, { browser: known });
    const from = (n: number) => ({ 'x-forwarded-for': `198.51.100.${n % 250}` });
    const attempt = async (browser: Browser, n: number, secret: string) => {
      const page = await (
        await browser.open(authorizeUrl(own.url, client, pkce().challenge, { prompt: 'login' }))
      ).text();
      const action = `${own.url}${/action="([^"]+\/login)"/.exec(page)?.[1] ?? ''}`;
      return browser.request(action, {
        method: 'POST',
        headers: from(n),
        body: new URLSearchParams({ email: 'ada@example.com', password: secret }),
      });
    };
    const statuses = [];
    for (let n = 0; n < 11; n += 1) statuses.push((await attempt(new Browser(), 1, 'wrong')).status);
    expect(statuses.slice(0, 10)).toEqual(Array<number>(10).fill(400));
    expect(statuses[10]).toBe(429);
    const limited = await attempt(new Browser(), 1, password);
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    // From many addresses, until the account itself is limited.
    await own.platform.db.$client.query(
      `UPDATE rate_limits SET points = 100 WHERE key = 'sign-in-anywhere:ada@example.com'`,
    );
    expect((await attempt(new Browser(), 2, password)).status).toBe(429);
    expect((await attempt(known, 3, password)).status).toBe(303);
  });
});

test('sign-ins of people are in the audit, attempts with unknown addresses are not', async () => {
  await using own = await aPlatform();
  const client = await aClient(own);
  for (const [email, secret] of [
    ['vic@example.com', 'wrong'],
    ['nobody@example.com', 'wrong'],
    ['vic@example.com', password],
  ] as const) {
    const browser = new Browser();
    const page = await (await browser.open(authorizeUrl(own.url, client, pkce().challenge))).text();
    await browser.submit(page, own.url, '/login', { email, password: secret });
  }
  const events = await own.platform.db.select().from(auditEvents).orderBy(auditEvents.date);
  expect(events.map(({ action, entityId, status, remoteIp }) => [action, entityId, status, remoteIp])).toEqual([
    ['SignIn', 'vic', 'FAILURE', '127.0.0.1'],
    ['SignIn', 'vic', 'SUCCESS', '127.0.0.1'],
  ]);
});
