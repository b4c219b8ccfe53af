import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../testing/browser.ts';
import { aLawlessPlatform, type LawlessPlatform } from '../testing/lawless-platform.ts';
import { apiOf, startConsole, type TestConsole } from '../testing/start-console.ts';

let platform: LawlessPlatform;
let console_: TestConsole;
let browser: Browser;

beforeAll(async () => {
  platform = await aLawlessPlatform();
  console_ = await startConsole(platform.url, platform.client);
});
afterAll(async () => {
  await console_?.stop();
  await platform?.stop();
});
beforeEach(() => {
  browser = new Browser();
  platform.idToken = null;
  platform.issuerSaid = platform.url;
  platform.down = false;
});

const atCallback = (url: URL) => url.pathname === '/sign-in/callback';
const session = (who: Browser) => apiOf(who, console_.url).session.read();
/** Begins a sign-in and stops just before the browser would come back. */
const begin = (who: Browser, returnTo = '/') =>
  who.visit(`${console_.url}/sign-in?returnTo=${encodeURIComponent(returnTo)}`, { until: atCallback });
/** The last steps of a sign-in: the browser comes from the Platform's site. */
const comeBack = (who: Browser, url: URL | string) =>
  who.visit(url, { from: platform.url, until: (next) => !atCallback(next) && next.pathname !== '/sign-in' });
const signIn = async (who: Browser, returnTo = '/') => comeBack(who, (await begin(who, returnTo)).url);
const events = async (action: string) =>
  (
    await console_.console.parts.pool.query<{ outcome: string; reason: string | null; address: string }>(
      'SELECT outcome, reason, address FROM audit_events WHERE action = $1 ORDER BY seq',
      [action],
    )
  ).rows;

describe('signing in', () => {
  it('ends in a session of the person, without a second click', async () => {
    expect(await session(browser)).toBeNull();
    const { url, response } = await signIn(browser, '/clients?q=a#b');
    expect(response.status).toBe(303);
    expect(url.href).toBe(`${console_.url}/clients?q=a#b`);
    expect(await session(browser)).toMatchObject({
      person: platform.person,
      grantors: ['Master Admin'],
      ends: { idleSeconds: 900 },
    });
    expect((await events('session.signed_in')).length).toBeGreaterThan(0);
  });

  it('asks with code, S256, state, nonce and the exact redirect URI, all fresh each time', async () => {
    const seen = { state: new Set(), nonce: new Set(), code_challenge: new Set() };
    for (let times = 0; times < 200; times += 1) {
      const { url } = await new Browser().visit(`${console_.url}/sign-in`, { until: () => true });
      const asked = Object.fromEntries(url.searchParams);
      expect(asked).toMatchObject({
        response_type: 'code',
        code_challenge_method: 'S256',
        client_id: platform.client.id,
        redirect_uri: `${console_.url}/sign-in/callback`,
        scope: 'openid',
      });
      expect(asked['code_challenge']).toMatch(/^[\w-]{43}$/);
      for (const [name, values] of Object.entries(seen)) values.add(asked[name]);
    }
    expect(Object.values(seen).map((values) => values.size)).toEqual([200, 200, 200]);
  });

  it('lets two tabs sign in at the same time', async () => {
    const [first, second] = [await begin(browser, '/one'), await begin(browser, '/two')];
    expect((await comeBack(browser, first.url)).url.pathname).toBe('/one');
    expect((await comeBack(browser, second.url)).url.pathname).toBe('/two');
    expect(await session(browser)).not.toBeNull();
  });

  it('gives a new session id and ends the one before', async () => {
    browser.setCookie('localhost', 'latchkey', 's:planted.planted');
    await signIn(browser);
    const first = browser.cookie('localhost', 'latchkey');
    expect(first).not.toBe('s:planted.planted');
    await signIn(browser);
    const second = browser.cookie('localhost', 'latchkey');
    expect(second).not.toBe(first);
    const old = new Browser();
    old.setCookie('localhost', 'latchkey', first ?? '');
    expect(await session(old)).toBeNull();
    expect(await session(browser)).not.toBeNull();
  });

  it('sets exactly two cookies: a Strict one for the session, a Lax one of ten minutes for the way', async () => {
    await signIn(browser);
    const lines = browser.seen
      .filter(({ url }) => url.startsWith(console_.url))
      .flatMap(({ setCookies }) => setCookies);
    const [way = '', entered = ''] = lines;
    expect(lines).toHaveLength(2);
    expect(way).toMatch(/^latchkey-sign-in=[\w-]{43}; Max-Age=600; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect(entered).toMatch(/^latchkey=s%3A[\w-]{43}\.[^;]+; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('never hands tokens, the verifier or the secret to the browser', async () => {
    const bodies: string[] = [];
    const { text } = await signIn(browser);
    bodies.push(
      text,
      JSON.stringify(await session(browser)),
      JSON.stringify(browser.seen),
      JSON.stringify(browser.cookies),
    );
    const all = bodies.join('\n');
    for (const secret of [...platform.seen.tokens, ...platform.seen.verifiers, platform.client.secret])
      expect(all).not.toContain(secret);
    const logged = console_.logged.join('\n');
    for (const secret of [...platform.seen.tokens, ...platform.seen.verifiers, platform.client.secret])
      expect(logged).not.toContain(secret);
  });
});

describe('a callback that nobody asked for', () => {
  const expectRefused = async (who: Browser, url: URL | string) => {
    const answer = await comeBack(who, url);
    expect(answer.response.status).toBeGreaterThanOrEqual(400);
    expect(answer.response.status).toBeLessThan(500);
    expect(answer.response.headers.getSetCookie()).toEqual([]);
    expect(await session(who)).toBeNull();
    return answer;
  };

  it('is refused in another browser, and recorded', async () => {
    const { url } = await begin(browser);
    const before = (await events('session.sign_in_failed')).length;
    await expectRefused(new Browser(), url);
    expect((await events('session.sign_in_failed')).slice(before)).toMatchObject([
      { outcome: 'refused', reason: 'state' },
    ]);
  });

  it.each([
    ['missing', (url: URL) => url.searchParams.delete('state')],
    ['wrong', (url: URL) => url.searchParams.set('state', 'x'.repeat(43))],
    ['empty', (url: URL) => url.searchParams.set('state', '')],
    ['doubled', (url: URL) => url.searchParams.append('state', url.searchParams.get('state') ?? '')],
  ])('with a %s state is refused, and spends the sign-in', async (_how, spoil) => {
    const { url } = await begin(browser);
    const spoiled = new URL(url);
    spoil(spoiled);
    await expectRefused(browser, spoiled);
    await expectRefused(browser, url);
  });

  it('works once only', async () => {
    const { url } = await begin(browser);
    await comeBack(browser, url);
    const calls = platform.seen.tokenCalls;
    const again = await comeBack(browser, url);
    expect(again.response.status).toBe(400);
    expect(platform.seen.tokenCalls).toBe(calls);
  });

  it('comes too late after ten minutes', async () => {
    const { url } = await begin(browser);
    console_.clock.turn(601);
    await expectRefused(browser, url);
    console_.clock.turn(-601);
  });

  it('cannot bring the code of another sign-in', async () => {
    const victim = await begin(new Browser());
    const { url } = await begin(browser);
    url.searchParams.set('code', victim.url.searchParams.get('code') ?? '');
    await expectRefused(browser, url);
  });

  it('from another issuer is refused before any token is asked for', async () => {
    platform.issuerSaid = 'https://evil.example';
    const { url } = await begin(browser);
    const calls = platform.seen.tokenCalls;
    await expectRefused(browser, url);
    expect(platform.seen.tokenCalls).toBe(calls);
  });

  it('without a code or an error does not begin another sign-in', async () => {
    const { url } = await begin(browser);
    url.searchParams.delete('code');
    await expectRefused(browser, url);
  });

  it('with an error says so in our own words', async () => {
    const { url } = await begin(browser);
    const state = url.searchParams.get('state') ?? '';
    const text = `<script>alert(1)</script>${'x'.repeat(6_000)}`;
    const back = new URL(
      `${console_.url}/sign-in/callback?${new URLSearchParams({ state, iss: platform.url, error: 'access_denied', error_description: text }).toString()}`,
    );
    const answer = await expectRefused(browser, back);
    expect(answer.text).toContain('The sign-in was cancelled.');
    expect(answer.text).not.toContain('alert');
    expect(answer.response.headers.get('content-type')).toMatch(/^text\/html/);
  });

  it('is answered with a page while the Platform is away', async () => {
    const { url } = await begin(browser);
    platform.down = true;
    const answer = await comeBack(browser, url);
    expect(answer.response.status).toBe(502);
    expect(answer.text).toContain('The Platform did not answer.');
  });
});
