import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aClient } from '../../../test/platform.ts';
import { machineToken } from '../../../test/sign-in.ts';
import { anApi, aService, callerAt, type CallApi, type TestApi } from '../testing/an-api.ts';
import { platformApiRouter } from '../api.ts';
import { startPlatform, type RunningPlatform } from '../../start.ts';
import { purgeDueClients } from './purge.ts';

const path = '/api/v2/oauth/clients';
let api: TestApi;
let replica: RunningPlatform;
let here: CallApi;
let there: CallApi;
beforeAll(async () => {
  api = await anApi();
  // A second process in all but name: a pool, a server and an address of its own on the same database.
  replica = await startPlatform(api.config, {
    log: pino({ level: 'silent' }),
    api: (platform) => platformApiRouter(platform),
  });
  const token = await api.machine([
    ['all', '*'],
    ['given', '*'],
  ]);
  here = api.as(token);
  there = callerAt(replica.url, token);
});
afterAll(async () => {
  await replica.stop();
  await api[Symbol.asyncDispose]();
});

const make = async () => (await here('POST', path, aService())).body as { id: string; secret: string };
const operations = async (id: string): Promise<string[]> => {
  const { rows } = await api.platform.db.execute<{ operation: string }>(
    `SELECT coalesce(context->>'operation', lower(action)) AS operation FROM audit_events WHERE entity_id = '${id}' ORDER BY date`,
  );
  return rows.map(({ operation }) => operation);
};

it('lets one of two win who replace the same secret at once (K-16)', async () => {
  for (let round = 0; round < 25; round += 1) {
    const { id } = await make();
    const replaces = (await here('GET', `${path}/${id}/secrets`)).body.entities[0].id;
    const both = await Promise.all(
      [here, there].map((call) => call('POST', `${path}/${id}/secret`, { replaces, keepPreviousForSeconds: 60 })),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const winner = both.find(({ status }) => status === 200)?.body.secret as string;
    expect((await machineToken(api.url, { id, secret: winner })).status).toBe(200);
    expect(await operations(id)).toEqual(['create', 'secret.generate']);
  }
});

it('never leaves more than two secrets alive, whoever rotates at once', async () => {
  const { id } = await make();
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      (index % 2 ? here : there)('POST', `${path}/${id}/secret`, { keepPreviousForSeconds: 600 }),
    ),
  );
  const live = await Promise.all(answers.map(({ body }) => machineToken(api.url, { id, secret: body.secret })));
  expect(live.filter(({ status }) => status === 200)).toHaveLength(2);
  expect((await here('GET', `${path}/${id}/secrets`)).body.total).toBe(2);
});

it('gives deleting and restoring one order (D-15)', async () => {
  for (let round = 0; round < 25; round += 1) {
    const { id } = await aClient(api, {
      dateCreated: new Date('2020-01-01'),
      state: 'inactive',
      scopes: ['users:readonly'],
    });
    const read = (await here('GET', `${path}/${id}`)).body;
    const [deleted, restored] = await Promise.all([
      here('DELETE', `${path}/${id}`),
      there('PUT', `${path}/${id}`, { ...read, state: 'active' }),
    ]);
    const after = (await here('GET', `${path}/${id}`)).body;
    expect(restored?.status).toBe(200);
    expect(after.state).toBe('active');
    // Either the deletion came first and was undone, or it came to an active client and was refused.
    expect([204, 400]).toContain(deleted?.status);
    expect(await operations(id)).toEqual(deleted?.status === 204 ? ['delete', 'restore'] : ['reactivate']);
  }
});

it('deletes a young client once, however often at once', async () => {
  const made = await make();
  await here('PUT', `${path}/${made.id}`, { ...made, state: 'inactive' });
  const answers = await Promise.all(Array.from({ length: 8 }, () => here('DELETE', `${path}/${made.id}`)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    204,
    ...Array.from({ length: 7 }, () => 404),
  ]);
  expect(await operations(made.id)).toEqual(['create', 'deactivate', 'delete']);
});

it('restores wholly or purges wholly at the last moment (D-16)', async () => {
  for (let round = 0; round < 15; round += 1) {
    const dateToDelete = new Date(Date.now() + 40);
    const { id } = await aClient(api, {
      dateCreated: new Date('2020-01-01'),
      state: 'inactive',
      dateToDelete,
      scopes: ['users:readonly'],
    });
    const read = (await here('GET', `${path}/${id}`)).body ?? {};
    // The purge's clock stands at the date itself; the restorer's may still be before it.
    const [restored] = await Promise.all([
      here('PUT', `${path}/${id}`, { ...read, state: 'active' }),
      purgeDueClients(api.platform.db, async () => dateToDelete),
    ]);
    const { status } = await here('GET', `${path}/${id}`);
    expect([
      [200, 200],
      [410, 404],
    ]).toContainEqual([restored.status, status]);
  }
});

it('keeps both of two edits, one after the other', async () => {
  const made = await make();
  await Promise.all([
    here('PUT', `${path}/${made.id}`, { ...made, name: 'A' }),
    there('PUT', `${path}/${made.id}`, { ...made, name: 'B' }),
  ]);
  const { body } = await here('GET', `${path}/${made.id}`);
  const { rows } = await api.platform.db.execute<{ name: string }>(
    `SELECT entity_name AS name FROM audit_events WHERE entity_id = '${made.id}' ORDER BY date, id`,
  );
  expect(rows).toHaveLength(3);
  expect(['A', 'B']).toContain(body.name);
});
