import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aClient } from '../../../test/platform.ts';
import { machineToken } from '../../../test/sign-in.ts';
import { anApi, anApp, dump, type CallApi, type TestApi } from '../testing/an-api.ts';
import { purgeDueClients } from './purge.ts';

const path = '/api/v2/oauth/clients';
const day = 86_400;
let api: TestApi;
let admin: CallApi;
beforeAll(async () => {
  api = await anApi();
  admin = api.as(
    await api.machine([
      ['all', '*'],
      ['given', '*'],
    ]),
  );
});
afterEach(() => api.pin(null));
afterAll(() => api[Symbol.asyncDispose]());

const instant = new Date('2026-03-01T12:00:00.000Z');
const later = (seconds: number): Date => new Date(instant.getTime() + seconds * 1000);

/** A client made at `instant`, straight in the database. */
const born = (facts: Parameters<typeof aClient>[1] = {}) =>
  aClient(api, { dateCreated: instant, dateModified: instant, scopes: ['users:readonly'], ...facts });

/** Parks it, and deletes it at an instant. */
async function deleteAt(id: string, when: Date) {
  api.pin(when);
  const read = (await admin('GET', `${path}/${id}`)).body;
  expect((await admin('PUT', `${path}/${id}`, { ...read, state: 'inactive' })).status).toBe(200);
  return await admin('DELETE', `${path}/${id}`);
}

describe('deleting', () => {
  it('is refused while the client is active', async () => {
    const { id } = await born();
    expect(await admin('DELETE', `${path}/${id}`)).toMatchObject({
      status: 400,
      body: { code: 'cannot.delete.client' },
    });
  });

  it.each([
    [30 * day - 1, 'final'],
    [30 * day, 'final'],
    [30 * day + 1, 'restorable'],
  ])('at the age of %d seconds is %s (D-01)', async (age, meaning) => {
    const { id } = await born();
    const { status, text } = await deleteAt(id, later(age));
    expect([status, text]).toEqual([204, '']);
    const after = await admin('GET', `${path}/${id}`);
    if (meaning === 'final') expect(after.status).toBe(404);
    else expect(after.body).toMatchObject({ state: 'inactive', dateToDelete: later(age + 7 * day).toISOString() });
  });

  it('leaves a tombstone and nothing else of a young client', async () => {
    const client = await born({ name: 'Young and gone' });
    await machineToken(api.url, client);
    await deleteAt(client.id, later(day));
    const { rows } = await api.platform.db.execute(`SELECT client_id FROM tombstones WHERE client_id = '${client.id}'`);
    expect(rows).toHaveLength(1);
    const rest = await dump(api, ['clients', 'client_secrets', 'oidc_payloads']);
    expect(rest).not.toContain(client.id);
    const events = await api.platform.db.execute(
      `SELECT action FROM audit_events WHERE entity_id = '${client.id}' ORDER BY date, action DESC`,
    );
    expect(events.rows.map(({ action }) => action)).toEqual(['Update', 'Delete']);
  });

  it('asked for again changes nothing, so that the date never moves', async () => {
    const { id } = await born();
    await deleteAt(id, later(40 * day));
    api.pin(later(41 * day));
    expect((await admin('DELETE', `${path}/${id}`)).status).toBe(204);
    expect((await admin('GET', `${path}/${id}`)).body.dateToDelete).toBe(later(47 * day).toISOString());
  });

  it('is decided by the age that the Platform knows, whatever callers send (D-02)', async () => {
    const { id } = await born();
    api.pin(later(29 * day));
    const read = (await admin('GET', `${path}/${id}`)).body;
    const claims = { dateCreated: '2001-01-01T00:00:00Z', dateToDelete: '2099-01-01T00:00:00Z' };
    const { body } = await admin('PUT', `${path}/${id}`, { ...read, ...claims, state: 'inactive' });
    expect([body.dateCreated, body.dateToDelete]).toEqual([instant.toISOString(), undefined]);
    expect((await admin('DELETE', `${path}/${id}`)).status).toBe(204);
    expect((await admin('GET', `${path}/${id}`)).status).toBe(404);
  });
});

describe('a client pending removal', () => {
  it.each([
    [603_936, 200],
    [604_799, 200],
    [604_800, 410],
    [605_664, 410],
  ])('can be restored after %d seconds: %d (D-05, D-06)', async (after, status) => {
    const { id } = await born();
    await deleteAt(id, later(40 * day));
    const read = (await admin('GET', `${path}/${id}`)).body;
    api.pin(later(40 * day + after));
    const restored = await admin('PUT', `${path}/${id}`, { ...read, state: 'active' });
    expect(restored.status).toBe(status);
    if (status === 200) {
      expect(restored.body).toMatchObject({ state: 'active', dateCreated: instant.toISOString() });
      expect(restored.body).not.toHaveProperty('dateToDelete');
    } else {
      expect(restored.body.code).toBe('gone');
      expect((await admin('GET', `${path}/${id}`)).status).toBe(404);
      expect((await admin('GET', path)).text).not.toContain(id);
      expect((await admin('GET', `${path}?pageSize=500`)).text).not.toContain(id);
      expect((await admin('DELETE', `${path}/${id}`)).status).toBe(404);
    }
  });

  it('comes back with all settings and its secret, and without its tokens (D-09)', async () => {
    const client = await born({
      grantTypes: ['CLIENT-CREDENTIALS'],
      redirectUris: [],
      scopes: [],
      roleDivisions: [{ roleId: 'given', divisionId: 'home' }],
    });
    const token = (await machineToken(api.url, client)).body.access_token;
    const probe = () => api.as(token)('GET', '/api/v2/oauth/scopes');
    expect((await probe()).status).toBe(200);
    const before = (await admin('GET', `${path}/${client.id}`)).body;
    await deleteAt(client.id, later(40 * day));
    expect((await probe()).status).toBe(401);
    expect((await machineToken(api.url, client)).status).toBe(401);
    const read = (await admin('GET', `${path}/${client.id}`)).body;
    const { body } = await admin('PUT', `${path}/${client.id}`, { ...read, state: 'active' });
    for (const same of [
      'name',
      'authorizedGrantTypes',
      'roleDivisions',
      'scope',
      'registeredRedirectUri',
      'accessTokenValiditySeconds',
      'dateCreated',
      'dateSecretCreated',
    ]) {
      expect(body[same], same).toEqual(before[same]);
    }
    expect((await probe()).status).toBe(401);
    expect((await machineToken(api.url, client)).status).toBe(200);
  });

  it('can be restored and nothing else', async () => {
    const { id } = await born();
    await deleteAt(id, later(40 * day));
    const read = (await admin('GET', `${path}/${id}`)).body;
    for (const change of [{ name: 'x' }, { state: undefined, name: 'x' }, {}]) {
      expect(await admin('PUT', `${path}/${id}`, { ...read, ...change })).toMatchObject({
        status: 409,
        body: { code: 'conflict', details: [{ errorCode: 'client.pending_removal' }] },
      });
    }
    expect((await admin('POST', `${path}/${id}/secret`)).status).toBe(409);
  });

  it('needs scopes to come back for people, and may get them on the way (D-10)', async () => {
    const { id } = await born({ scopes: [] });
    await deleteAt(id, later(40 * day));
    const read = (await admin('GET', `${path}/${id}`)).body;
    const refused = await admin('PUT', `${path}/${id}`, { ...read, state: 'active' });
    expect([refused.status, refused.body.details]).toEqual([
      400,
      [{ errorCode: 'scopes.missing', fieldName: 'scope' }],
    ]);
    expect((await admin('PUT', `${path}/${id}`, { ...read, scope: ['users:readonly'], state: 'active' })).status).toBe(
      200,
    );
  });

  it.each<[string, Parameters<typeof aClient>[1], number]>([
    ['an implicit grant', { grantTypes: ['TOKEN'] }, 400],
    [
      '126 redirect URIs',
      { redirectUris: Array.from({ length: 126 }, (_, index) => `https://a.example/${index}`) },
      400,
    ],
    ['a redirect URI that is not allowed any more', { redirectUris: ['http://a.example/'] }, 400],
    ['a duration above the bounds', { accessTokenValiditySeconds: 172_801 }, 400],
    [
      'a role that the restorer lacks',
      {
        grantTypes: ['CLIENT-CREDENTIALS'],
        redirectUris: [],
        scopes: [],
        roleDivisions: [{ roleId: 'other', divisionId: 'home' }],
      },
      403,
    ],
  ])('with %s stays (D-11)', async (_, facts, status) => {
    const { id } = await born({ ...facts, state: 'inactive', dateToDelete: later(47 * day) });
    api.pin(later(41 * day));
    const read = (await admin('GET', `${path}/${id}`)).body;
    expect((await admin('PUT', `${path}/${id}`, { ...read, state: 'active' })).status).toBe(status);
    expect((await admin('GET', `${path}/${id}`)).body.state).toBe('inactive');
  });

  it.each([
    '2028-02-29T23:59:59.000Z',
    '2027-03-14T06:30:00.000Z',
    '2027-11-07T05:30:00.000Z',
    '2026-12-31T23:59:59.000Z',
    '2038-01-19T03:14:07.000Z',
  ])('goes exactly 604,800 seconds after %s', async (when) => {
    const { id } = await born({ dateCreated: new Date('2020-01-01T00:00:00Z') });
    await deleteAt(id, new Date(when));
    expect((await admin('GET', `${path}/${id}`)).body.dateToDelete).toBe(
      new Date(Date.parse(when) + 604_800_000).toISOString(),
    );
  });
});

describe('purging', () => {
  it('removes what is due and not a moment before (D-07, D-08)', async () => {
    const client = await born({ name: 'Due', state: 'inactive', dateToDelete: later(7 * day) });
    const { db } = api.platform;
    const at = (seconds: number) => purgeDueClients(db, async () => later(seconds));
    expect(await at(7 * day - 0.001)).toBe(0);
    expect(await at(7 * day)).toBe(1);
    expect(await at(7 * day)).toBe(0);
    expect(await dump(api, ['clients', 'client_secrets', 'oidc_payloads'])).not.toContain(client.id);
    expect(await dump(api, ['tombstones', 'audit_events'])).toContain(client.id);
    api.pin(later(7 * day));
    expect((await admin('PUT', `${path}/${client.id}`, anApp({ state: 'active' }))).status).toBe(410);
    expect((await admin('PUT', `${path}/${client.id}`, anApp())).status).toBe(404);
    expect((await admin('PUT', `${path}/${randomUUID()}`, anApp({ state: 'active' }))).status).toBe(404);
  });
});

describe('parking', () => {
  it('ends all tokens at once, keeps the secret, and is undone by one change', async () => {
    const client = await born({
      grantTypes: ['CLIENT-CREDENTIALS'],
      redirectUris: [],
      scopes: [],
      roleDivisions: [{ roleId: 'given', divisionId: 'home' }],
    });
    const token = (await machineToken(api.url, client)).body.access_token;
    const read = (await admin('GET', `${path}/${client.id}`)).body;
    expect((await admin('PUT', `${path}/${client.id}`, { ...read, state: 'inactive' })).body).not.toHaveProperty(
      'dateToDelete',
    );
    expect((await api.as(token)('GET', '/api/v2/oauth/scopes')).status).toBe(401);
    expect((await admin('PUT', `${path}/${client.id}`, { ...read, state: 'active' })).body.state).toBe('active');
    expect((await api.as(token)('GET', '/api/v2/oauth/scopes')).status).toBe(401);
    expect((await machineToken(api.url, client)).status).toBe(200);
  });

  it("is possible for a client that breaks today's rules", async () => {
    const { id } = await born({ scopes: [], redirectUris: ['http://a.example/'] });
    const read = (await admin('GET', `${path}/${id}`)).body;
    expect((await admin('PUT', `${path}/${id}`, { ...read, state: 'inactive' })).status).toBe(200);
    expect((await admin('PUT', `${path}/${id}`, { ...read, state: 'active' })).status).toBe(400);
  });

  it('of an implicit client cannot be undone once implicit has ended', async () => {
    const { id } = await born({ grantTypes: ['TOKEN'], state: 'inactive' });
    const read = (await admin('GET', `${path}/${id}`)).body;
    api.pin(new Date('2027-05-01T00:00:00.000Z'));
    expect((await admin('PUT', `${path}/${id}`, { ...read, state: 'active' })).status).toBe(400);
    api.pin(new Date('2027-04-30T23:59:59.999Z'));
    expect((await admin('PUT', `${path}/${id}`, { ...read, state: 'active' })).status).toBe(200);
  });
});
