import { looksLikeSecret } from '@latchkey/domain/secret';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { machineToken } from '../../../test/sign-in.ts';
import { anApi, aService, dump, type CallApi, type TestApi } from '../testing/an-api.ts';

const path = '/api/v2/oauth/clients';
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
afterAll(() => api[Symbol.asyncDispose]());

const make = async () => (await admin('POST', path, aService())).body as { id: string; secret: string };
const works = async (id: string, secret: string): Promise<boolean> =>
  (await machineToken(api.url, { id, secret })).status === 200;

/** Lets time pass for one secret: its end comes nearer. */
const pass = (id: string, seconds: number) =>
  api.platform.db.execute(
    `UPDATE client_secrets SET date_ends = date_ends - interval '${seconds} seconds' WHERE client_id = '${id}' AND date_ends IS NOT NULL`,
  );

describe('a new secret', () => {
  it('replaces the old one at once when the request has no body', async () => {
    const { id, secret } = await make();
    const { status, body, headers } = await admin('POST', `${path}/${id}/secret`);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('etag')).toBeNull();
    expect(looksLikeSecret(body.secret)).toBe(true);
    expect(await works(id, body.secret)).toBe(true);
    expect(await works(id, secret)).toBe(false);
  });

  it('lets the old one go on for as long as was asked, and no longer (K-17)', async () => {
    const { id, secret } = await make();
    const { body } = await admin('POST', `${path}/${id}/secret`, {
      keepPreviousForSeconds: 3_600,
      reason: 'scheduled',
    });
    expect([await works(id, secret), await works(id, body.secret)]).toEqual([true, true]);
    const { body: list } = await admin('GET', `${path}/${id}/secrets`);
    expect(list.total).toBe(2);
    const [current, previous] = list.entities;
    expect(current).toMatchObject({ hint: body.secret.slice(-4), reason: 'scheduled' });
    expect(current).not.toHaveProperty('dateEnds');
    expect(Date.parse(previous.dateEnds) - Date.parse(current.dateCreated)).toBe(3_600_000);
    await pass(id, 3_590);
    expect(await works(id, secret)).toBe(true);
    await pass(id, 11);
    expect([await works(id, secret), await works(id, body.secret)]).toEqual([false, true]);
    expect((await admin('GET', `${path}/${id}/secrets`)).body.total).toBe(1);
  });

  it('leaves two alive at most, and what was to stop never lasts longer (K-18)', async () => {
    const { id, secret: first } = await make();
    const rotate = async () =>
      (await admin('POST', `${path}/${id}/secret`, { keepPreviousForSeconds: 604_800 })).body.secret as string;
    const [second, third] = [await rotate(), await rotate()];
    expect([await works(id, first), await works(id, second), await works(id, third)]).toEqual([false, true, true]);
    expect((await admin('GET', `${path}/${id}/secrets`)).body.total).toBe(2);
  });

  it.each([
    [{ keepPreviousForSeconds: 604_801 }],
    [{ keepPreviousForSeconds: -1 }],
    [{ keepPreviousForSeconds: 1.5 }],
    [{ keepPreviousForSeconds: 1, reason: 'exposed' }],
    [{ reason: 'bored' }],
    [{ keepPreviousForSeconds: '1' }],
  ])('is refused for %o', async (body) => {
    const { id, secret } = await make();
    expect((await admin('POST', `${path}/${id}/secret`, body)).status).toBe(400);
    expect(await works(id, secret)).toBe(true);
  });

  it('is refused when it was to replace another one than the current', async () => {
    const { id } = await make();
    const current = (await admin('GET', `${path}/${id}/secrets`)).body.entities[0].id;
    const replace = () => admin('POST', `${path}/${id}/secret`, { replaces: current, keepPreviousForSeconds: 60 });
    expect((await replace()).status).toBe(200);
    expect(await replace()).toMatchObject({
      status: 409,
      body: { code: 'conflict', details: [{ errorCode: 'secret.generated_meanwhile' }] },
    });
  });

  it('is told by dateSecretCreated', async () => {
    const made = await make();
    await api.platform.db.execute(
      `UPDATE client_secrets SET date_created = '2020-01-01' WHERE client_id = '${made.id}'`,
    );
    expect((await admin('GET', `${path}/${made.id}`)).body.dateSecretCreated).toBe('2020-01-01T00:00:00.000Z');
    const { body } = await admin('POST', `${path}/${made.id}/secret`, { keepPreviousForSeconds: 60 });
    expect(Date.parse(body.dateSecretCreated)).toBeGreaterThan(Date.now() - 60_000);
    expect(
      (await admin('GET', path)).body.entities.find(({ id }: { id: string }) => id === made.id).dateSecretCreated,
    ).toBe(body.dateSecretCreated);
  });
});

describe('retiring', () => {
  it('ends the previous secret now, and never the only one', async () => {
    const { id, secret } = await make();
    const next = (await admin('POST', `${path}/${id}/secret`, { keepPreviousForSeconds: 3_600 })).body.secret as string;
    const [current, previous] = (await admin('GET', `${path}/${id}/secrets`)).body.entities;
    expect(await admin('DELETE', `${path}/${id}/secrets/${current.id}`)).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    expect((await admin('DELETE', `${path}/${id}/secrets/${previous.id}`)).status).toBe(204);
    expect([await works(id, secret), await works(id, next)]).toEqual([false, true]);
    expect((await admin('DELETE', `${path}/${id}/secrets/${previous.id}`)).status).toBe(404);
    expect((await admin('DELETE', `${path}/${id}/secrets/nothing`)).status).toBe(404);
    const other = await make();
    expect((await admin('DELETE', `${path}/${other.id}/secrets/${current.id}`)).status).toBe(404);
  });
});

describe('revoking', () => {
  it('ends all tokens of the client and none of another', async () => {
    const [one, two] = [await make(), await make()];
    const tokenOf = async (client: { id: string; secret: string }) =>
      (await machineToken(api.url, client)).body.access_token;
    const [first, second] = [await tokenOf(one), await tokenOf(two)];
    const { status, text } = await admin('POST', `${path}/${one.id}/tokens/revoke`);
    expect([status, text]).toEqual([204, '']);
    const probe = async (token: string) => (await api.as(token)('GET', '/api/v2/oauth/scopes')).status;
    expect([await probe(first), await probe(second)]).toEqual([401, 200]);
    expect(await works(one.id, one.secret)).toBe(true);
  });
});

describe('secrets', () => {
  it('are nowhere but in the one answer that hands them over (K-02, K-04)', async () => {
    const secrets: string[] = [];
    const made = await make();
    secrets.push(made.secret);
    const at = `${path}/${made.id}`;
    for (let round = 0; round < 3; round += 1)
      secrets.push((await admin('POST', `${at}/secret`, { keepPreviousForSeconds: 60 })).body.secret);
    const read = (await admin('GET', at)).body;
    const answers = [
      (await admin('GET', at)).text,
      (await admin('GET', path)).text,
      (await admin('GET', `${path}?pageSize=500`)).text,
      (await admin('GET', `${at}/secrets`)).text,
      (await admin('PUT', at, { ...read, name: 'Renamed' })).text,
      (await admin('PUT', at, { ...read, state: 'sideways' })).text,
      (await admin('GET', `/api/v2/authorization/subjects/${made.id}`)).text,
    ];
    const stored = await dump(api);
    const { rows } = await api.platform.db.execute<{ hash: string }>(
      `SELECT hash FROM client_secrets WHERE client_id = '${made.id}'`,
    );
    for (const secret of secrets) {
      for (const text of [...answers, stored, api.logged()]) expect(text).not.toContain(secret.slice(4, 16));
    }
    expect(rows.length).toBe(2);
    for (const { hash } of rows) {
      for (const text of answers) expect(text).not.toContain(hash);
      expect(await works(made.id, hash)).toBe(false);
    }
  });

  it('are told apart by their stored form even when two clients have the same one', () => {
    const { hash } = api.platform.secrets;
    expect(hash('one', 'lks_same')).not.toBe(hash('two', 'lks_same'));
  });

  it('are random through and through (K-07)', async () => {
    const { id } = await make();
    const seen = new Set<string>();
    for (let round = 0; round < 40; round += 1) {
      const secret = (await admin('POST', `${path}/${id}/secret`)).body.secret as string;
      expect(looksLikeSecret(secret)).toBe(true);
      seen.add(secret);
    }
    expect(seen.size).toBe(40);
  });

  it('of a parked client cannot be generated', async () => {
    const made = await make();
    await admin('PUT', `${path}/${made.id}`, { ...made, state: 'inactive' });
    expect(await admin('POST', `${path}/${made.id}/secret`)).toMatchObject({
      status: 409,
      body: { details: [{ errorCode: 'client.not_active' }] },
    });
  });
});
