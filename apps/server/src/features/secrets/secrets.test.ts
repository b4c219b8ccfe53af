import { randomUUID } from 'node:crypto';
import { Fault } from '@latchkey/contract/faults';
import { withClient } from '@latchkey/database/provision';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expireReveals } from '../../jobs/expire-reveals.ts';
import { aForm, aPage } from '../../testing/a-client.ts';
import { auditOf, codesOf } from '../../testing/audit-of.ts';
import { startConsoleAndPlatform, type ConsoleAndPlatform, type SignedIn } from '../../testing/console-and-platform.ts';
import { apiOf, startConsole } from '../../testing/start-console.ts';

let both: ConsoleAndPlatform;
let admin: SignedIn;
beforeAll(async () => {
  both = await startConsoleAndPlatform();
  admin = await both.signIn('admin');
});
afterAll(async () => {
  await both?.stop();
});

const fault = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'succeeded',
    (error: unknown) => (error instanceof Fault ? error.code : Promise.reject(error as Error)),
  );

async function aClient() {
  const page = await aPage();
  const { client, reveal } = await admin.api.clients.create({
    body: { client: aForm({ name: `Secret ${randomUUID()}` }), revealKey: page.revealKey },
  });
  const params = { clientId: client.id };
  const secret = await page.open(reveal.sealed);
  const generate = async (
    body: { reason?: 'scheduled' | 'exposed'; keepPreviousForSeconds?: number; replaces?: string } = {},
    who = admin,
  ) => {
    const made = await who.api.secrets.generate({
      params,
      body: { reason: 'scheduled', ...body, revealKey: page.revealKey },
    });
    return { ...made, secret: await page.open(made.reveal.sealed) };
  };
  const list = async () => (await admin.api.secrets.list({ params })).items;
  return { client, reveal, page, params, secret, generate, list };
}

/** Whether the Platform gives a token for a secret. */
async function works(clientId: string, secret: string): Promise<boolean> {
  const response = await fetch(`${both.platform.url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return response.ok;
}

describe('generating', () => {
  test('both secrets work during the overlap, the list names them without value, and the reveal says when the old one ends', async () => {
    const { client, secret, generate, list } = await aClient();
    const { reveal, secret: fresh } = await generate({ keepPreviousForSeconds: 3_600 });
    expect(await Promise.all([works(client.id, secret), works(client.id, fresh)])).toEqual([true, true]);
    const secrets = await list();
    expect(secrets.map(({ state, hint, createdBy }) => ({ state, hint, by: createdBy?.name }))).toEqual([
      { state: 'current', hint: fresh.slice(-4), by: 'Ada Admin' },
      { state: 'previous', hint: secret.slice(-4), by: 'Ada Admin' },
    ]);
    expect(reveal.previousEndsAt).toBe(secrets[1]?.endsAt);
    expect(JSON.stringify(secrets)).not.toContain(fresh.slice(0, 12));
  });

  test('an exposed secret ends at once, and nothing else may be asked for', async () => {
    const { client, secret, generate } = await aClient();
    expect(await fault(generate({ reason: 'exposed', keepPreviousForSeconds: 60 }))).toBe('input.invalid');
    const { reveal, secret: fresh } = await generate({ reason: 'exposed' });
    expect(reveal.previousEndsAt).toBe(null);
    expect(await Promise.all([works(client.id, secret), works(client.id, fresh)])).toEqual([false, true]);
  });

  test('at most two work at once (K-18)', async () => {
    const { client, secret, generate, list } = await aClient();
    const { secret: second } = await generate();
    const { secret: third } = await generate();
    expect(await Promise.all([secret, second, third].map((one) => works(client.id, one)))).toEqual([false, true, true]);
    expect(await list()).toHaveLength(2);
  });

  test('the previous one can be ended, the last one cannot', async () => {
    const { client, params, secret, generate, list } = await aClient();
    await generate();
    const [current, previous] = await list();
    const retire = (secretId = '') => fault(admin.api.secrets.retire({ params: { ...params, secretId } }));
    expect(await retire(current?.id)).toBe('secret.last_one');
    expect(await retire(randomUUID())).toBe('secret.not_found');
    expect(await retire(previous?.id)).toBe('succeeded');
    expect(await retire(previous?.id)).toBe('secret.not_found');
    expect(await works(client.id, secret)).toBe(false);
    expect(codesOf(await auditOf(both.console, client.id)).filter((one) => one.startsWith('secret.retired'))).toEqual([
      'secret.retired.refused',
      'secret.retired.succeeded',
    ]);
  });

  test('of two tabs that rotate at once one wins, on one replica or on two, and only its secret works (K-16)', async () => {
    const secret = both.console.console.parts.config.sessionSecrets.join(',');
    const other = await startConsole(both.platform.url, both.platform.client, {
      databaseUrl: both.console.databaseUrl,
      clock: both.console.clock,
      settings: { SESSION_SECRET: secret },
    });
    try {
      const there = { ...admin, api: apiOf(admin.browser, other.url) };
      for (let round = 0; round < 10; round += 1) {
        const { client, secret: first, generate, list } = await aClient();
        const replaces = (await list())[0]?.id ?? '';
        const named = round < 5;
        const asked = named ? { replaces } : {};
        const results = await Promise.allSettled([generate(asked), generate(asked, round % 2 === 0 ? there : admin)]);
        const won = results.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
        const refused = results.flatMap((one) => (one.status === 'rejected' ? (one.reason as Fault).code : []));
        // Who does not say what they saw may come just after the other one, and then generates another on purpose.
        const oneWon = named || won.length === 1;
        expect(refused).toEqual(oneWon ? ['secret.generated_meanwhile'] : []);
        expect(await works(client.id, first)).toBe(oneWon);
        for (const { secret: winning } of won) expect(await works(client.id, winning)).toBe(true);
        expect(await list()).toHaveLength(2);
      }
      const events = (await auditOf(other)).filter(({ action }) => action === 'secret.generated');
      expect(events.filter(({ outcome }) => outcome === 'refused').length).toBeGreaterThanOrEqual(5);
    } finally {
      await other.stop();
    }
  });
});

describe('a sealed secret', () => {
  test('waits for its session only, until it is acknowledged, and leaves a receipt', async () => {
    const { client, reveal } = await aClient();
    const again = await both.signIn('admin');
    const params = { revealId: reveal.id };
    expect(await again.api.reveals.list()).toEqual([]);
    expect(await fault(again.api.reveals.acknowledge({ params, body: { storedWhere: 'x' } }))).toBe('reveal.not_found');
    expect((await admin.api.reveals.list()).map(({ id }) => id)).toContain(reveal.id);
    for (const form of ['plain', 'plain', 'env'] as const)
      await admin.api.reveals.note({ params, body: { way: 'copied', form } });
    await admin.api.reveals.note({ params, body: { way: 'uncovered', form: 'plain' } });
    const receipt = await admin.api.reveals.acknowledge({ params, body: { storedWhere: 'Vault, kv/web' } });
    expect(receipt).toMatchObject({ clientId: client.id, ways: ['copied', 'uncovered'], storedWhere: 'Vault, kv/web' });
    expect((await admin.api.reveals.list()).map(({ id }) => id)).not.toContain(reveal.id);
    expect(await fault(admin.api.reveals.acknowledge({ params, body: { storedWhere: 'x' } }))).toBe('reveal.over');
    expect(await fault(admin.api.reveals.note({ params, body: { way: 'downloaded', form: 'plain' } }))).toBe(
      'reveal.over',
    );
    await withClient(both.console.databaseUrl, async (db) => {
      expect((await db.query('SELECT jwe, ended_as FROM sealed_secrets WHERE id = $1', [reveal.id])).rows).toEqual([
        { jwe: null, ended_as: 'acknowledged' },
      ]);
    });
    expect(codesOf(await auditOf(both.console, client.id))).toEqual([
      'client.created.succeeded',
      'secret.revealed.succeeded',
      'secret.copied.succeeded',
      'secret.copied.succeeded',
      'secret.uncovered.succeeded',
      'secret.acknowledged.succeeded',
      'secret.acknowledged.refused',
    ]);
    expect((await admin.api.clients.read({ params: { clientId: client.id } })).unacknowledgedSecret).toBe(null);
  });

  test('a secret is not accepted as the place where it is stored', async () => {
    const { reveal, secret } = await aClient();
    expect(
      await fault(admin.api.reveals.acknowledge({ params: { revealId: reveal.id }, body: { storedWhere: secret } })),
    ).toBe('input.invalid');
  });

  test('after 15 minutes it is gone, from the database too, and the client says that nobody stored it (K-26)', async () => {
    const { client, reveal } = await aClient();
    await admin.api.reveals.note({ params: { revealId: reveal.id }, body: { way: 'uncovered', form: 'plain' } });
    both.console.clock.turn(899);
    admin = await both.signIn('admin');
    await expireReveals(both.console.console.parts);
    const jwe = async () =>
      withClient(
        both.console.databaseUrl,
        async (db) =>
          (await db.query<{ jwe: string | null }>('SELECT jwe FROM sealed_secrets WHERE id = $1', [reveal.id])).rows[0]
            ?.jwe,
      );
    expect(await jwe()).toBe(reveal.sealed);
    both.console.clock.turn(2);
    expect((await admin.api.clients.read({ params: { clientId: client.id } })).unacknowledgedSecret).toMatchObject({
      shown: true,
    });
    await expireReveals(both.console.console.parts);
    await expireReveals(both.console.console.parts);
    expect(await jwe()).toBe(null);
    expect(codesOf(await auditOf(both.console, client.id)).slice(-1)).toEqual(['secret.reveal_expired.succeeded']);
  });
});
