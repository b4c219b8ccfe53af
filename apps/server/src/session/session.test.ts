import { Fault } from '@latchkey/contract/faults';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../testing/browser.ts';
import { aLawlessPlatform, type LawlessPlatform } from '../testing/lawless-platform.ts';
import { apiOf, startConsole, type TestConsole } from '../testing/start-console.ts';
import { turnedClock } from '../testing/turned-clock.ts';

const clock = turnedClock();
let platform: LawlessPlatform;
let console_: TestConsole;

beforeAll(async () => {
  platform = await aLawlessPlatform();
  console_ = await startConsole(platform.url, platform.client, { clock });
});
afterAll(async () => {
  await console_?.stop();
  await platform?.stop();
});
beforeEach(() => {
  Object.assign(platform, {
    hipaa: false,
    down: false,
    refusesRefresh: false,
    refusesTokens: false,
    accessSeconds: 1_800,
  });
});

/** A browser of somebody who has just signed in. */
async function signedIn(who: TestConsole = console_): Promise<{ browser: Browser; api: ReturnType<typeof apiOf> }> {
  const browser = new Browser();
  await browser.visit(`${who.url}/sign-in`, { until: (url) => url.pathname === '/' });
  return { browser, api: apiOf(browser, who.url) };
}
/** The code of the fault that a call ends with; `null` when it succeeds. */
const faultOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof Fault ? error.code : error),
  );
const copyOf = (browser: Browser) => Object.assign(new Browser(), { cookies: [...browser.cookies] });

describe('the limits of a session', () => {
  it('end it after 15 minutes without activity, for good', async () => {
    const { api } = await signedIn();
    clock.turn(899);
    expect(await faultOf(api.session.list())).toBeNull();
    clock.turn(901);
    expect(await faultOf(api.session.list())).toBe('session.expired');
    clock.turn(-1_800);
    expect(await faultOf(api.session.list())).toBe('session.expired');
  });

  it('do not move for what happens in the background', async () => {
    const { browser, api } = await signedIn();
    for (let times = 0; times < 3; times += 1) {
      clock.turn(299);
      await api.session.read();
      await browser.fetch(`${console_.url}/api/sessions`, { headers: { 'latchkey-background': '1' } });
    }
    clock.turn(4);
    expect(await api.session.read()).toBeNull();
  });

  it('end it after 12 hours whatever the activity', async () => {
    const { api } = await signedIn();
    for (let times = 0; times < 144; times += 1) {
      clock.turn(299);
      expect(await faultOf(api.session.stay())).toBeNull();
    }
    clock.turn(145);
    expect(await faultOf(api.session.stay())).toBe('session.expired');
  });

  it('are said in each answer, and start anew when the person stays', async () => {
    const { api } = await signedIn();
    clock.turn(600);
    const ends = await api.session.stay();
    expect(Math.round((Date.parse(ends.idleEndsAt) - Date.parse(ends.now)) / 1_000)).toBe(900);
    clock.turn(600);
    expect((await api.session.read())?.ends.idleEndsAt).toBe(ends.idleEndsAt);
  });

  it('are at most 15 minutes where the organization is under HIPAA', async () => {
    const patient = await startConsole(platform.url, platform.client, { settings: { IDLE_MINUTES: '60' } });
    expect((await (await signedIn(patient)).api.session.read())?.ends.idleSeconds).toBe(3_600);
    platform.hipaa = true;
    expect((await (await signedIn(patient)).api.session.read())?.ends.idleSeconds).toBe(900);
    await patient.stop();
  });

  it('are enforced by a chore too, and recorded', async () => {
    const { api } = await signedIn();
    const id = (await api.session.list()).find(({ current }) => current)?.id;
    clock.turn(1_000);
    await console_.console.chores.find(({ name }) => name === 'end overdue sessions')?.run();
    const { rows } = await console_.console.parts.pool.query('SELECT ended_why FROM sessions WHERE id = $1', [id]);
    expect(rows).toEqual([{ ended_why: 'idle' }]);
    const recorded = await console_.console.parts.pool.query(
      `SELECT 1 FROM audit_events WHERE action = 'session.expired'`,
    );
    expect(recorded.rowCount).toBeGreaterThan(0);
  });
});

describe('the cookie', () => {
  it('cannot be made from anything in the database', async () => {
    await signedIn();
    const { rows } = await console_.console.parts.pool.query<Record<string, unknown>>(
      `SELECT to_jsonb(b) AS it FROM browser_sessions b UNION ALL SELECT to_jsonb(s) FROM sessions s UNION ALL SELECT to_jsonb(t) FROM session_tokens t`,
    );
    const texts = rows
      .flatMap(({ it: row }) => Object.values(row as object))
      .filter((value): value is string => typeof value === 'string');
    expect(texts.length).toBeGreaterThan(5);
    for (const text of texts) {
      const thief = new Browser();
      for (const value of [text, `s:${text}`, encodeURIComponent(`s:${text}.${text}`)]) {
        thief.setCookie('localhost', 'latchkey', value.replaceAll(/[;\s]/g, ''));
        expect(await faultOf(apiOf(thief, console_.url).session.list())).toBe('session.missing');
      }
    }
    for (const token of platform.seen.tokens) expect(texts.join('\n')).not.toContain(token);
  });

  it('is opaque and never the same', async () => {
    const ids = new Set<string>();
    for (let times = 0; times < 50; times += 1) {
      const { browser } = await signedIn();
      const id = /^s%3A([\w-]{43})\./.exec(browser.cookie('localhost', 'latchkey') ?? '')?.[1] ?? '';
      expect(id).not.toBe('');
      ids.add(id);
    }
    expect(ids.size).toBe(50);
  });

  it('serves every replica, survives a restart, and outlives a change of keys', async () => {
    const oldKey = 'the-first-key-of-this-test-0123456789';
    const newKey = 'the-second-key-of-this-test-9876543210';
    const first = await startConsole(platform.url, platform.client, { clock, settings: { SESSION_SECRET: oldKey } });
    const { browser } = await signedIn(first);
    const second = await startConsole(platform.url, platform.client, {
      clock,
      databaseUrl: first.databaseUrl,
      settings: { SESSION_SECRET: `${newKey},${oldKey}` },
    });
    expect((await apiOf(browser, second.url).session.read())?.person).toEqual(platform.person);
    const third = await startConsole(platform.url, platform.client, {
      clock,
      databaseUrl: first.databaseUrl,
      settings: { SESSION_SECRET: newKey },
    });
    expect(await apiOf(browser, third.url).session.read()).toBeNull();
    await third.stop();
    await second.stop();
    await first.stop();
  });

  it('is called __Host- and is Secure where the console has TLS', async () => {
    const secure = await startConsole(platform.url, platform.client, {
      settings: { PUBLIC_URL: 'https://console.example.com' },
    });
    const at = `http://127.0.0.1:${new URL(secure.console.parts.config.publicUrl).port || secure.console.parts.config.port}`;
    const { request } = await import('node:http');
    const ask = (path: string, cookie?: string) =>
      new Promise<{ status: number; headers: Record<string, string | string[] | undefined> }>((resolve, reject) => {
        request(`${at}${path}`, { headers: { host: 'console.example.com', ...(cookie && { cookie }) } }, (res) => {
          res.resume();
          res.once('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers }));
        })
          .once('error', reject)
          .end();
      });
    const begun = await ask('/sign-in');
    const way = String(begun.headers['set-cookie']);
    expect(way).toMatch(
      /^__Host-latchkey-sign-in=[\w-]+; Max-Age=600; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    const back = (await fetch(String(begun.headers['location']), { redirect: 'manual' })).headers.get('location');
    const entered = await ask(new URL(back ?? '').pathname + new URL(back ?? '').search, way.split(';')[0]);
    expect(entered.status).toBe(303);
    expect(String(entered.headers['set-cookie'])).toMatch(
      /^__Host-latchkey=s%3A[^;]+; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(entered.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
    await secure.stop();
  });
});

describe('signing out', () => {
  it('ends the session here and at the Platform, and clears the browser', async () => {
    const { browser, api } = await signedIn();
    const thief = copyOf(browser);
    const revokedBefore = platform.seen.revoked.length;
    const response = await browser.fetch(`${console_.url}/api/sign-out`, { method: 'POST' });
    expect(response.status).toBe(200);
    expect(response.headers.get('clear-site-data')).toBe('"cache", "cookies", "storage"');
    const next = `${platform.url}/logout?client_id=console&post_logout_redirect_uri=${encodeURIComponent(`${console_.url}/signed-out`)}`;
    expect(await response.json()).toEqual({ next, revoked: true });
    expect(platform.seen.revoked.length - revokedBefore).toBe(2);
    expect(browser.cookie('localhost', 'latchkey')).toBeUndefined();
    expect(await faultOf(apiOf(thief, console_.url).session.list())).toBe('session.missing');
    expect(await faultOf(api.session.list())).toBe('session.missing');
  });

  it('takes a POST of the page: nothing else ends a session', async () => {
    const { browser, api } = await signedIn();
    const asks: [string, RequestInit][] = [
      ['GET', { method: 'GET' }],
      ['HEAD', { method: 'HEAD' }],
      [
        'a form',
        {
          method: 'POST',
          headers: {
            'sec-fetch-site': 'cross-site',
            'latchkey-request': '',
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: 'a=b',
        },
      ],
      ['another site', { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } }],
    ];
    for (const [what, init] of asks) {
      const { status } = await browser.fetch(`${console_.url}/api/sign-out`, init);
      expect(status, what).toBeGreaterThanOrEqual(400);
    }
    expect(await faultOf(api.session.list())).toBeNull();
  });

  it('works while the Platform is away, and revokes when it is back', async () => {
    const { api } = await signedIn();
    const revokedBefore = platform.seen.revoked.length;
    platform.down = true;
    expect(await api.session.signOut()).toMatchObject({ revoked: false });
    expect(await faultOf(api.session.list())).toBe('session.missing');
    platform.down = false;
    clock.turn(60);
    await console_.console.chores.find(({ name }) => name === 'revoke tokens')?.run();
    expect(platform.seen.revoked.length - revokedBefore).toBe(2);
    expect((await console_.console.parts.pool.query('SELECT 1 FROM token_revocations')).rowCount).toBe(0);
  });

  it('everywhere ends all sessions of the person and of nobody else', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    platform.person = { id: 'person-2', name: 'Ben', email: 'ben@example.com' };
    const other = await signedIn();
    platform.person = { id: 'person-1', name: 'Ada Admin', email: 'ada@example.com' };
    expect((await here.api.session.signOutEverywhere()).ended).toBeGreaterThanOrEqual(2);
    expect(await faultOf(there.api.session.list())).toBe('session.expired');
    expect(await faultOf(other.api.session.list())).toBeNull();
  });

  it('is possible for one of the own sessions from another, and for nobody else’s', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    const ours = await here.api.session.list();
    expect(ours.filter(({ current }) => current)).toHaveLength(1);
    const id = (await there.api.session.list()).find(({ current }) => current)?.id ?? '';
    platform.person = { id: 'person-3', name: 'Cy', email: 'cy@example.com' };
    const other = await signedIn();
    platform.person = { id: 'person-1', name: 'Ada Admin', email: 'ada@example.com' };
    for (const guess of [id, 'nonsense', id.toUpperCase()]) {
      expect(await faultOf(other.api.session.end({ params: { sessionId: guess } }))).toBe('session.not_found');
    }
    await here.api.session.end({ params: { sessionId: id } });
    expect(await faultOf(there.api.session.list())).toBe('session.expired');
    expect(await faultOf(here.api.session.list())).toBeNull();
  });
});

describe('the access token', () => {
  it('is renewed once, however many calls ask for it, on however many replicas', async () => {
    const second = await startConsole(platform.url, platform.client, {
      clock,
      databaseUrl: console_.databaseUrl,
      settings: { SESSION_SECRET: console_.console.parts.config.sessionSecrets.join(',') },
    });
    const { browser } = await signedIn();
    const [one, two] = [apiOf(browser, console_.url), apiOf(browser, second.url)];
    for (let times = 0; times < 3; times += 1) {
      clock.turn(650);
      await one.session.stay();
    }
    const before = platform.seen.refreshes;
    const people = await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 ? one : two).session.read()));
    expect(people.every((found) => found?.person.id === 'person-1')).toBe(true);
    expect(platform.seen.refreshes - before).toBe(1);
    await second.stop();
  });

  it('that the Platform will not renew ends the session cleanly', async () => {
    const { api } = await signedIn();
    for (let times = 0; times < 3; times += 1) {
      clock.turn(650);
      await api.session.stay();
    }
    platform.refusesRefresh = true;
    expect(await faultOf(api.choices.scopes())).toBe('session.expired');
    platform.refusesRefresh = false;
    expect(await faultOf(api.session.list())).toBe('session.expired');
    expect(await api.session.read()).toBeNull();
  });

  it('that cannot be renewed because the Platform is away costs nobody the session', async () => {
    const { api } = await signedIn();
    for (let times = 0; times < 3; times += 1) {
      clock.turn(650);
      await api.session.stay();
    }
    platform.down = true;
    expect(await faultOf(api.choices.scopes())).toBe('platform.unreachable');
    platform.down = false;
    expect((await api.session.read())?.person.id).toBe('person-1');
  });

  it('that the Platform no longer takes ends the session at the next look', async () => {
    const { api } = await signedIn();
    platform.refusesTokens = true;
    clock.turn(61);
    expect(await faultOf(api.choices.scopes())).toBe('session.expired');
    platform.refusesTokens = false;
    expect(await faultOf(api.session.list())).toBe('session.expired');
  });
});
