import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApi, anApp, type CallApi, type TestApi } from '../testing/an-api.ts';

const path = '/api/v2/oauth/clients';
const many = 2_345;
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
  // Many of the same instant, so that the place of a client is decided by more than its date.
  await api.platform.db.execute(`
    INSERT INTO clients (id, name, grant_types, scopes, redirect_uris, date_created, date_modified)
    SELECT gen_random_uuid()::text, 'Client ' || n, '{CODE}', '{users:readonly}', '{https://a.example/}',
      timestamptz '2024-01-01' + (n / 700) * interval '1 day', timestamptz '2024-06-01' + n * interval '1 second'
    FROM generate_series(1, ${many}) n`);
});
afterAll(() => api[Symbol.asyncDispose]());

interface Row {
  readonly id: string;
  readonly dateCreated: string;
}

describe('the list', () => {
  it('names the owner that came with the organization file, and no request changes it', async () => {
    const { body: made } = await admin('POST', path, anApp({ owner: { id: 'evil', name: 'Evil' } }));
    expect(made).not.toHaveProperty('owner');
    const own = async (owner: object) => {
      await api.platform.db.execute(`UPDATE clients SET owner = '${JSON.stringify(owner)}' WHERE id = '${made.id}'`);
      return (await admin('GET', `${path}/${made.id}`)).body;
    };
    expect(await own({ team: 'Integrations' })).not.toHaveProperty('owner');
    const owned = await own({ id: 'ada', name: 'Ada Admin', team: 'Integrations' });
    expect(owned.owner).toEqual({ id: 'ada', name: 'Ada Admin' });
    for (const query of ['', '?pageSize=10000']) {
      const { entities } = (await admin('GET', path + query)).body as { entities: { id: string }[] };
      expect(entities.find(({ id }) => id === made.id)).toEqual(owned);
    }
    const { status, body } = await admin('PUT', `${path}/${made.id}`, { ...owned, owner: { id: 'evil' } });
    expect([status, body.owner]).toEqual([200, owned.owner]);
    await api.platform.db.execute(`DELETE FROM clients WHERE id = '${made.id}'`);
  });

  it('without parameters is everything in one answer, each client once, as it reads alone', async () => {
    const { status, body, headers } = await admin('GET', path);
    const total = many + 1;
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('application/json');
    expect(body).toMatchObject({ total, pageSize: total, pageNumber: 1, pageCount: 1, selfUri: path });
    expect(body).not.toHaveProperty('nextUri');
    const rows = body.entities as Row[];
    expect(new Set(rows.map(({ id }) => id)).size).toBe(total);
    expect(rows.map(({ dateCreated }) => dateCreated)).toEqual(rows.map(({ dateCreated }) => dateCreated).toSorted());
    for (const row of [rows[0], rows.at(-2)]) expect((await admin('GET', `${path}/${row?.id}`)).body).toEqual(row);
  });

  it('by pages is the same list, with relative addresses of the neighbours', async () => {
    const whole = ((await admin('GET', path)).body.entities as Row[]).map(({ id }) => id);
    const found: string[] = [];
    for (let next: string | undefined = `${path}?pageSize=1000&pageNumber=1`; next !== undefined;) {
      const { body } = (await admin('GET', next)) as { body: { entities: Row[]; nextUri?: string } };
      found.push(...body.entities.map(({ id }) => id));
      next = body.nextUri;
    }
    expect(found).toEqual(whole);
    const { body } = await admin('GET', `${path}?pageSize=1000&pageNumber=2`);
    expect(body).toMatchObject({
      pageSize: 1_000,
      pageNumber: 2,
      pageCount: 3,
      total: many + 1,
      firstUri: `${path}?pageSize=1000&pageNumber=1`,
      previousUri: `${path}?pageSize=1000&pageNumber=1`,
      nextUri: `${path}?pageSize=1000&pageNumber=3`,
      lastUri: `${path}?pageSize=1000&pageNumber=3`,
    });
    expect((await admin('GET', `${path}?pageNumber=2`)).body.entities).toHaveLength(25);
    expect((await admin('GET', `${path}?pageSize=1000&pageNumber=99`)).body.entities).toEqual([]);
  });

  it('after an instant has what changed since, the newest last', async () => {
    const { body } = await admin('POST', path, anApp());
    const since = (await admin('GET', `${path}?modifiedAfter=2024-06-01T00:39:00Z&pageSize=500`)).body;
    expect(since.total).toBe(5 + 2);
    expect(since.entities.at(-1).id).toBe(body.id);
    expect((await admin('GET', `${path}?modifiedAfter=${body.dateModified}`)).body.entities).toEqual([]);
  });
});
