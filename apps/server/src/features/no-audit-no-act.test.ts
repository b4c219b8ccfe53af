import { randomUUID } from 'node:crypto';
import { Fault } from '@latchkey/contract/faults';
import { withClient } from '@latchkey/database/provision';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aForm, aPage } from '../testing/a-client.ts';
import { startConsoleAndPlatform, type ConsoleAndPlatform, type SignedIn } from '../testing/console-and-platform.ts';

let both: ConsoleAndPlatform;
let admin: SignedIn;
beforeAll(async () => {
  both = await startConsoleAndPlatform();
  admin = await both.signIn('admin');
});
afterAll(async () => {
  await both?.stop();
});

const clientsOnThePlatform = (): Promise<number> =>
  withClient(both.platform.databaseUrl, async (client) => (await client.query('SELECT 1 FROM clients')).rowCount ?? 0);

async function create(): Promise<unknown> {
  const { revealKey } = await aPage();
  return admin.api.clients
    .create({ body: { client: aForm({ name: `Unrecorded ${randomUUID()}` }), revealKey } })
    .catch((error: unknown) => error);
}

/** Takes the right to write the audit away, as a damaged or misconfigured database would. */
const mayRecord = (may: boolean) =>
  withClient(both.console.databaseUrl, async (client) => {
    const { username } = new URL(both.console.databaseUrl);
    await client.query(`SET ROLE ${username}_owner`);
    await client.query(`${may ? 'GRANT INSERT ON audit_events TO' : 'REVOKE INSERT ON audit_events FROM'} ${username}`);
  });

test('while the audit cannot be written the Platform is asked for nothing, and nothing is lost after (L-04)', async () => {
  const before = await clientsOnThePlatform();
  await mayRecord(false);
  try {
    const refused = await create();
    expect(refused).toBeInstanceOf(Fault);
    expect(refused).toMatchObject({ code: 'storage.unavailable' });
    expect(await clientsOnThePlatform()).toBe(before);
  } finally {
    await mayRecord(true);
  }
  expect(await create()).toMatchObject({ client: { state: 'active' } });
});

test('while somebody holds the end of the chain, an act is refused within seconds and the Platform is not asked', async () => {
  const before = await clientsOnThePlatform();
  await withClient(both.console.databaseUrl, async (client) => {
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM audit_chain FOR UPDATE');
    expect(await create()).toMatchObject({ code: 'storage.unavailable' });
    await client.query('ROLLBACK');
  });
  expect(await clientsOnThePlatform()).toBe(before);
}, 30_000);
