import { transaction } from '@latchkey/database/transaction';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aClient, aMachine, aPlatform } from '../../test/platform.ts';
import type { TestPlatform } from '../../test/platform.ts';
import { aCode, machineToken, post, redeem, who } from '../../test/sign-in.ts';
import { clients, tombstones, userGrants, users } from '../storage/schema.ts';
import { endTokensOfClient, endTokensOfUser } from './end-tokens.ts';

let running: TestPlatform;
let url: string;

beforeAll(async () => {
  running = await aPlatform();
  ({ url } = running);
});
afterAll(() => running[Symbol.asyncDispose]());

const setState = (id: string, state: 'active' | 'inactive' | 'disabled') =>
  running.platform.db.update(clients).set({ state }).where(eq(clients.id, id));

describe('revocation (O-10)', () => {
  test('a client ends its own token at once; an unknown one gets 200 too', async () => {
    const machine = await aMachine(running);
    const { body } = await machineToken(url, machine);
    expect(await post(url, '/oauth/revoke', { token: body.access_token }, machine)).toMatchObject({
      status: 200,
      body: {},
    });
    expect((await who(url, body.access_token)).status).toBe(401);
    expect((await post(url, '/oauth/revoke', { token: 'unknown' }, machine)).status).toBe(200);
  });

  test("another client's token is left alone, and the answer does not tell", async () => {
    const [owner, other] = [await aMachine(running), await aMachine(running)];
    const { body } = await machineToken(url, owner);
    expect((await post(url, '/oauth/revoke', { token: body.access_token }, other)).status).toBe(200);
    expect((await who(url, body.access_token)).status).toBe(200);
  });

  test('ending a refresh token ends its access tokens', async () => {
    const client = await aClient(running);
    const { body } = await redeem(url, client, await aCode(url, client));
    expect(
      (await post(url, '/oauth/revoke', { token: body.refresh_token, token_type_hint: 'refresh_token' }, client))
        .status,
    ).toBe(200);
    expect((await who(url, body.access_token)).status).toBe(401);
  });

  test('a public client may end its own token', async () => {
    const client = await aClient(running);
    const { body } = await redeem(url, client, await aCode(url, client), false);
    expect((await post(url, '/oauth/revoke', { token: body.access_token, client_id: client.id })).status).toBe(200);
    expect((await who(url, body.access_token)).status).toBe(401);
  });

  test('a wrong secret is 401, and a token in the query is refused', async () => {
    const machine = await aMachine(running);
    expect((await post(url, '/oauth/revoke', { token: 'x' }, { ...machine, secret: 'wrong' })).status).toBe(401);
    expect((await post(url, '/oauth/revoke?token=abc', {}, machine)).status).toBe(400);
  });
});

describe('introspection (O-11)', () => {
  test('a client sees its own tokens, and of all others only that they are not active', async () => {
    const [owner, other] = [await aMachine(running), await aMachine(running)];
    const { body } = await machineToken(url, owner);
    const mine = await post(url, '/oauth/introspect', { token: body.access_token }, owner);
    expect(mine.body).toMatchObject({ active: true, client_id: owner.id, token_type: 'bearer' });
    expect(JSON.stringify(mine.body)).not.toContain(body.access_token);
    expect((await post(url, '/oauth/introspect', { token: body.access_token }, other)).body).toEqual({ active: false });
    expect((await post(url, '/oauth/introspect', { token: 'nonsense' }, owner)).body).toEqual({ active: false });
  });

  test('nobody introspects without a secret', async () => {
    const client = await aClient(running);
    expect((await post(url, '/oauth/introspect', { token: 'x', client_id: client.id })).status).toBe(401);
    expect((await post(url, '/oauth/introspect', { token: 'x' })).status).toBe(401);
  });

  test('userinfo needs a live token of a person with openid', async () => {
    const machine = await machineToken(url, await aMachine(running));
    const client = await aClient(running);
    const person = await redeem(url, client, await aCode(url, client));
    for (const token of [machine.body.access_token, person.body.access_token, 'nonsense', '']) {
      const answer = await fetch(`${url}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } });
      expect([400, 401, 403]).toContain(answer.status);
    }
  });
});

describe('what is switched off opens nothing (O-07)', () => {
  test.each(['inactive', 'disabled'] as const)(
    'an %s client has no token, code or refresh that works, and coming back does not revive them',
    async (state) => {
      const [client, machine] = [await aClient(running), await aMachine(running)];
      const given = await redeem(url, client, await aCode(url, client));
      const code = await aCode(url, client);
      const own = await machineToken(url, machine);
      for (const { id } of [client, machine]) {
        await transaction(running.platform.db, async (tx) => {
          await tx.update(clients).set({ state }).where(eq(clients.id, id));
          await endTokensOfClient(tx, id);
        });
      }
      const dead = async () => {
        expect((await who(url, given.body.access_token)).status).toBe(401);
        expect((await who(url, own.body.access_token)).status).toBe(401);
      };
      await dead();
      expect((await machineToken(url, machine)).body).toMatchObject({
        error: 'invalid_client',
        description: 'authentication failed',
      });
      expect((await redeem(url, client, code)).status).toBe(401);
      await setState(client.id, 'active');
      await setState(machine.id, 'active');
      await dead();
      expect((await redeem(url, client, code)).body.error).toBe('invalid_grant');
      expect(
        (
          await post(
            url,
            '/oauth/token',
            { grant_type: 'refresh_token', refresh_token: given.body.refresh_token },
            client,
          )
        ).body.error,
      ).toBe('invalid_grant');
      expect((await machineToken(url, machine)).status).toBe(200);
    },
  );

  test('tokens that are asked for while the client is switched off never survive it', async () => {
    const machine = await aMachine(running);
    const answers = Promise.all(Array.from({ length: 30 }, () => machineToken(url, machine)));
    await transaction(running.platform.db, async (tx) => {
      await tx.update(clients).set({ state: 'inactive' }).where(eq(clients.id, machine.id));
      await endTokensOfClient(tx, machine.id);
    });
    const given = (await answers).filter(({ status }) => status === 200);
    await setState(machine.id, 'active');
    for (const { body } of given) expect((await who(url, body.access_token)).status).toBe(401);
  });

  test('an inactive person has no token that works and cannot refresh', async () => {
    const client = await aClient(running);
    const given = await redeem(url, client, await aCode(url, client, { email: 'vic@example.com' }));
    expect((await who(url, given.body.access_token)).status).toBe(200);
    const set = (state: 'active' | 'inactive') =>
      running.platform.db.update(users).set({ state }).where(eq(users.id, 'vic'));
    await set('inactive');
    expect((await who(url, given.body.access_token)).status).toBe(401);
    expect(
      (
        await post(
          url,
          '/oauth/token',
          { grant_type: 'refresh_token', refresh_token: given.body.refresh_token },
          client,
        )
      ).body.error,
    ).toBe('invalid_grant');
    await set('active');
  });

  test('a role that is taken away is gone with the next call', async () => {
    const client = await aClient(running);
    const given = await redeem(url, client, await aCode(url, client, { email: 'vic@example.com' }));
    expect(await who(url, given.body.access_token)).toMatchObject({ permissions: ['oauth:client:view'] });
    await running.platform.db.delete(userGrants).where(eq(userGrants.userId, 'vic'));
    expect(await who(url, given.body.access_token)).toMatchObject({ permissions: [], grants: [] });
    await running.platform.db.insert(userGrants).values({ userId: 'vic', roleId: 'viewer', divisionId: 'home' });
  });

  test('all tokens of a person can be ended at once', async () => {
    const client = await aClient(running);
    const given = await redeem(url, client, await aCode(url, client, { email: 'vic@example.com' }));
    await endTokensOfUser(running.platform.db, 'vic');
    expect((await who(url, given.body.access_token)).status).toBe(401);
  });
});

test('a client whose time to restore is over goes for good by itself, with a tombstone', async () => {
  const machine = await aMachine(running);
  await running.platform.db
    .update(clients)
    .set({ state: 'inactive', dateToDelete: new Date(Date.now() - 1_000) })
    .where(eq(clients.id, machine.id));
  const replica = await running.replica();
  const left = async () => ({
    clients: await running.platform.db.$count(clients, eq(clients.id, machine.id)),
    tombstones: await running.platform.db.$count(tombstones, eq(tombstones.clientId, machine.id)),
    secrets: Number(
      (await running.platform.db.execute(sql`SELECT count(*) AS n FROM client_secrets WHERE client_id = ${machine.id}`))
        .rows[0]?.['n'],
    ),
  });
  await expect.poll(left).toEqual({ clients: 0, tombstones: 1, secrets: 0 });
  expect(replica.url).toBe(url);
});
