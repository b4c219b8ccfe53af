import { Fault } from '@latchkey/contract/faults';
import { aDatabase } from '@latchkey/database/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from '../build.ts';
import { Browser } from '../testing/browser.ts';
import { aLawlessPlatform, type LawlessPlatform } from '../testing/lawless-platform.ts';
import { apiOf, startConsole, type TestConsole } from '../testing/start-console.ts';

let platform: LawlessPlatform;
let console_: TestConsole;
const permissions = ['oauth:client:view', 'oauth:client:add', 'oauth:client:edit', 'oauth:client:delete'];

beforeAll(async () => {
  platform = await aLawlessPlatform();
  console_ = await startConsole(platform.url, platform.client);
});
afterAll(async () => {
  await console_?.stop();
  await platform?.stop();
});
beforeEach(() => {
  platform.permissions = [...permissions];
  platform.person = { id: 'person-1', name: 'Ada Admin', email: 'ada@example.com' };
});

async function signedIn(who: TestConsole = console_) {
  const browser = new Browser();
  await browser.visit(`${who.url}/sign-in`, { until: (url) => url.pathname === '/' });
  return { browser, api: apiOf(browser, who.url) };
}
const faultOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof Fault ? error : null),
  );

describe('rights', () => {
  it('that the Platform takes away are gone within a minute', async () => {
    const { api } = await signedIn();
    expect((await faultOf(api.history.ofClient({ params: { clientId: 'x' }, query: {} })))?.code).not.toBe(
      'permission.missing',
    );
    platform.permissions = [];
    console_.clock.turn(60);
    const fault = await faultOf(api.history.ofClient({ params: { clientId: 'x' }, query: {} }));
    expect(fault?.problem).toMatchObject({
      code: 'permission.missing',
      permissions: ['oauth:client:view'],
      grantors: ['Master Admin'],
      remedy: 'Ask someone with one of these roles: Master Admin.',
    });
  });

  it('are asked anew for each act, so that one that was taken away a moment ago does nothing any more (S-26, Z-18)', async () => {
    const { api } = await signedIn();
    const clientId = '0b7d3a5e-61f2-4f0c-8a1b-6a2f5c9d1e01';
    const acts = {
      'oauth:client:delete': () =>
        api.clients.delete({ params: { clientId }, body: { version: 'v', meaning: 'final', confirmName: 'x' } }),
      'oauth:client:edit': () => api.secrets.retire({ params: { clientId, secretId: 'x' } }),
    };
    for (const [permission, act] of Object.entries(acts)) {
      expect((await faultOf(act()))?.code).not.toBe('permission.missing');
      platform.permissions = permissions.filter((one) => one !== permission);
      expect((await faultOf(act()))?.problem).toMatchObject({ code: 'permission.missing', permissions: [permission] });
      platform.permissions = [...permissions];
      expect((await faultOf(act()))?.code).not.toBe('permission.missing');
    }
  });

  it('that are missing are recorded, but not for ever', async () => {
    platform.permissions = [];
    platform.person = { id: 'person-9', name: 'Mallory', email: 'm@example.com' };
    const { api } = await signedIn();
    for (let times = 0; times < 40; times += 1) await faultOf(api.clients.list({ query: {} }));
    const { rows } = await console_.console.parts.pool.query(
      `SELECT details FROM audit_events WHERE action = 'access.refused' AND actor->>'id' = 'person-9'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThanOrEqual(10);
    expect(rows[0]).toEqual({ details: { operation: 'clients.list', permissions: ['oauth:client:view'] } });
  });

  it('are asked for with each person’s own token, and nothing of the browser goes along', async () => {
    const people = [];
    for (const id of ['person-a', 'person-b']) {
      platform.person = { id, name: id, email: `${id}@example.com` };
      people.push({ id, ...(await signedIn()) });
    }
    console_.clock.turn(61);
    const before = platform.seen.apiHeaders.length;
    await Promise.all(
      people.map(({ browser }) =>
        browser.fetch(`${console_.url}/api/session`, {
          headers: { 'x-forwarded-for': '192.0.2.1', forwarded: 'for=192.0.2.1', connection: 'keep-alive' },
        }),
      ),
    );
    const sent = platform.seen.apiHeaders.slice(before);
    expect(new Set(sent.map(({ authorization }) => authorization)).size).toBe(2);
    for (const headers of sent) {
      expect(
        Object.keys(headers).filter((name) =>
          /^(cookie|latchkey-|x-forwarded|forwarded|sec-fetch|origin|referer)/.test(name),
        ),
      ).toEqual([]);
      expect(headers['inin-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('sign-ins', () => {
  it('from one address are limited, and the next one says when', async () => {
    const strict = await startConsole(platform.url, platform.client, { settings: { SIGN_IN_LIMIT: '10' } });
    for (let times = 0; times < 10; times += 1) {
      const { response } = await new Browser().visit(`${strict.url}/sign-in`, { until: () => true });
      expect(response.status).toBe(302);
    }
    const { response, text } = await new Browser().visit(`${strict.url}/sign-in`, { until: () => true });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(500);
    expect(text).toContain('too many sign-ins');
    const { rows } = await strict.console.parts.pool.query(
      `SELECT outcome FROM audit_events WHERE action = 'rate.limited'`,
    );
    expect(rows).toEqual([{ outcome: 'refused' }]);
    await strict.stop();
  });

  it('that are never finished fill nothing', async () => {
    const browser = new Browser();
    for (let times = 0; times < 30; times += 1) await browser.visit(`${console_.url}/sign-in`, { until: () => true });
    const count = async () => (await console_.console.parts.pool.query('SELECT 1 FROM sign_ins')).rowCount;
    expect(await count()).toBeLessThanOrEqual(20);
    console_.clock.turn(601);
    await console_.console.chores.find(({ name }) => name === 'forget unfinished sign-ins')?.run();
    expect(await count()).toBe(0);
  });

  it('and refusals of many kinds fill the audit only so far', async () => {
    for (let times = 0; times < 60; times += 1) await fetch(`${console_.url}/sign-in/callback?state=x&code=y`);
    const { rowCount } = await console_.console.parts.pool.query(
      `SELECT 1 FROM audit_events WHERE action = 'session.sign_in_failed'`,
    );
    expect(rowCount).toBeLessThanOrEqual(30);
  });
});

describe('without the database', () => {
  it('nobody gets in, every call ends soon, and the process lives', async () => {
    const database = await aDatabase({ migrations });
    const orphan = await startConsole(platform.url, platform.client, { databaseUrl: database.url });
    const { browser, api } = await signedIn(orphan);
    await database.drop();
    const began = performance.now();
    expect((await faultOf(api.session.list()))?.code).toBe('storage.unavailable');
    expect((await faultOf(api.session.read()))?.code).toBe('storage.unavailable');
    expect((await browser.visit(`${orphan.url}/sign-in`)).response.status).toBe(503);
    expect((await fetch(`${orphan.url}/livez`)).status).toBe(200);
    expect((await fetch(`${orphan.url}/readyz`)).status).toBe(503);
    expect(performance.now() - began).toBeLessThan(3_000);
    await orphan.stop();
  });
});
