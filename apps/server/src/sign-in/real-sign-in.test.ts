import { Fault } from '@latchkey/contract/faults';
import { withClient } from '@latchkey/database/provision';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConsoleAndPlatform, type ConsoleAndPlatform } from '../testing/console-and-platform.ts';

let house: ConsoleAndPlatform;
beforeAll(async () => {
  house = await startConsoleAndPlatform();
});
afterAll(() => house?.stop());

describe('with the real Platform', () => {
  it('a person signs in by its pages and sees their own rights', async () => {
    const { api } = await house.signIn('reviewer');
    const session = await api.session.read();
    expect(session?.person).toEqual({ id: 'person-reviewer', name: 'Rita Reviewer', email: 'reviewer@example.com' });
    expect(session?.permissions).toEqual(['audits:audit:view', 'authorization:role:view', 'oauth:client:view']);
    expect(session?.grantors).toContain('Admin');
  });

  it('what one may not do is refused with the permission and who can give it, and recorded', async () => {
    const { api } = await house.signIn('member');
    const fault = await api.clients.list({ query: {} }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(fault).toBeInstanceOf(Fault);
    expect((fault as Fault).problem).toMatchObject({
      code: 'permission.missing',
      status: 403,
      permissions: ['oauth:client:view'],
    });
    const { rows } = await house.console.console.parts.pool.query(
      `SELECT actor->>'id' AS who, details FROM audit_events WHERE action = 'access.refused'`,
    );
    expect(rows).toEqual([
      { who: 'person-member', details: { operation: 'clients.list', permissions: ['oauth:client:view'] } },
    ]);
  });

  it('a signed-out session is dead at the Platform as well', async () => {
    const { api } = await house.signIn('admin');
    expect(await api.session.signOut()).toMatchObject({ revoked: true });
    expect(await api.session.read()).toBeNull();
  });

  it('somebody who is disabled there is out at the next look, for good', async () => {
    const { api } = await house.signIn('lead');
    expect(await api.session.read()).not.toBeNull();
    await withClient(house.platform.databaseUrl, (client) =>
      client.query(`UPDATE users SET state = 'inactive' WHERE id = 'person-lead'`),
    );
    house.console.clock.turn(61);
    const fault: unknown = await api.clients.list({ query: {} }).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'session.expired' });
    expect(await api.session.read()).toBeNull();
    await expect(house.signIn('lead')).rejects.toThrow(/ended at/);
  });

  it('a Platform that does not answer costs nobody the session', async () => {
    const { api } = await house.signIn('reviewer');
    house.platform.pause();
    house.console.clock.turn(61);
    const fault: unknown = await api.choices.scopes().catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'platform.unreachable' });
    house.platform.resume();
    expect((await api.session.read())?.person.id).toBe('person-reviewer');
  });

  it('nobody who signs out waits for a Platform that is silent (S-19)', async () => {
    const { api } = await house.signIn('reviewer');
    house.platform.pause();
    const began = performance.now();
    expect(await api.session.signOut()).toMatchObject({ revoked: false });
    expect(performance.now() - began).toBeLessThan(6_000);
    expect(await api.session.read()).toBeNull();
    house.platform.resume();
    // What was asked while it was silent is answered now, without anyone asking again.
    await expect
      .poll(async () => (await house.console.console.parts.pool.query('SELECT 1 FROM token_revocations')).rowCount)
      .toBe(0);
  });

  it('the access is renewed when it ends, once for twenty calls', async () => {
    const { api } = await house.signIn('admin');
    for (let times = 0; times < 3; times += 1) {
      house.console.clock.turn(650);
      await api.session.stay();
    }
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.session.read()));
    expect(answers.every((answer) => answer?.person.id === 'person-admin')).toBe(true);
    const { rows } = await house.console.console.parts.pool.query('SELECT max(version) AS version FROM session_tokens');
    expect(rows).toEqual([{ version: 2 }]);
  });
});
