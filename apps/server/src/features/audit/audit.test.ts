import { Fault } from '@latchkey/contract/faults';
import { withClient } from '@latchkey/database/provision';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditOf, codesOf } from '../../testing/audit-of.ts';
import { startConsoleAndPlatform, type ConsoleAndPlatform } from '../../testing/console-and-platform.ts';

let both: ConsoleAndPlatform;
beforeAll(async () => {
  both = await startConsoleAndPlatform();
});
afterAll(async () => {
  await both?.stop();
});

test('a reviewer verifies the audit, and that is an event of its own', async () => {
  const { api, person } = await both.signIn('reviewer');
  const before = await auditOf(both.console);
  const found = await api.audit.verify();
  expect(found).toMatchObject({ sound: true, events: before.length, firstBad: null, badHeads: [] });
  expect(found.lastHash).toBe(before.at(-1)?.hash);
  const [recorded, ...more] = (await auditOf(both.console)).slice(before.length);
  expect(more).toEqual([]);
  expect(recorded).toMatchObject({
    action: 'audit.verified',
    outcome: 'succeeded',
    actor: { kind: 'person', name: person.name },
  });
});

test('whoever may not read the audit may not verify it either', async () => {
  const { api } = await both.signIn('lead');
  const refused = await api.audit.verify().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Fault);
  expect(refused).toMatchObject({ code: 'permission.missing', extra: { permissions: ['audits:audit:view'] } });
});

test('the first event that somebody changed behind the console is named', async () => {
  const { api } = await both.signIn('reviewer');
  const events = await auditOf(both.console);
  const changed = events[1];
  if (changed === undefined) throw new Error('Nothing was recorded yet');
  await withClient(both.console.databaseUrl, async (client) => {
    await client.query(`SET ROLE ${new URL(both.console.databaseUrl).username}_owner`);
    await client.query('ALTER TABLE audit_events DISABLE TRIGGER USER');
    await client.query(`UPDATE audit_events SET outcome = 'failed' WHERE seq = $1`, [changed.seq]);
    await client.query('ALTER TABLE audit_events ENABLE TRIGGER USER');
  });
  expect(await api.audit.verify()).toMatchObject({ sound: false, firstBad: { seq: changed.seq, why: 'content' } });
  expect(codesOf(await auditOf(both.console)).at(-1)).toBe('audit.verified.failed');
});
