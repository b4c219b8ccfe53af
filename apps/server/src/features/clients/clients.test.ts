import { randomUUID } from 'node:crypto';
import { Fault } from '@latchkey/contract/faults';
import type { ClientForm } from '@latchkey/contract/console-api/models';
import { withClient } from '@latchkey/database/provision';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCodeForm, aForm, aPage } from '../../testing/a-client.ts';
import { auditOf, codesOf } from '../../testing/audit-of.ts';
import { startConsoleAndPlatform, type ConsoleAndPlatform, type SignedIn } from '../../testing/console-and-platform.ts';
import { testIds } from '../../testing/test-organization.ts';

const day = 86_400_000;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const wire = (name: string, more: object) => ({
  id: randomUUID(),
  name,
  authorizedGrantType: 'CLIENT-CREDENTIALS',
  roleDivisions: [{ roleId: testIds.roles.reporting, divisionId: testIds.home }],
  accessTokenValiditySeconds: 3_600,
  state: 'active',
  createdBy: { id: 'person-admin' },
  ...more,
});

/** Clients of chosen ages; the boundary has a minute of room for the test itself. */
const there = {
  young: wire('Young', { dateCreated: ago(30 * day - 60_000) }),
  old: wire('Old', { dateCreated: ago(30 * day + 60_000) }),
  older: wire('Older', { dateCreated: ago(400 * day) }),
  oldOff: wire('Old and off', { dateCreated: ago(90 * day), state: 'inactive' }),
  leaving: wire('Leaving', { dateCreated: ago(50 * day) }),
  almostGone: wire('Almost gone', {
    dateCreated: ago(90 * day),
    state: 'inactive',
    dateToDelete: new Date(Date.now() + 120_000).toISOString(),
  }),
  foreign: wire('With a foreign role', {
    dateCreated: ago(40 * day),
    roleDivisions: [{ roleId: testIds.roles.payroll, divisionId: testIds.home }],
  }),
  foreignGoing: wire('Going with a foreign role', {
    dateCreated: ago(40 * day),
    state: 'inactive',
    dateToDelete: new Date(Date.now() + 3 * day).toISOString(),
    roleDivisions: [{ roleId: testIds.roles.payroll, divisionId: testIds.home }],
  }),
  scopeless: wire('Without scopes', {
    dateCreated: ago(40 * day),
    authorizedGrantType: 'CODE',
    roleDivisions: [],
    registeredRedirectUri: ['https://app.example.com/cb'],
    scope: [],
    state: 'inactive',
    dateToDelete: new Date(Date.now() + 3 * day).toISOString(),
  }),
  implicit: wire('Implicit', {
    dateCreated: ago(900 * day),
    authorizedGrantType: 'TOKEN',
    roleDivisions: [],
    registeredRedirectUri: ['https://app.example.com/cb'],
    scope: ['users', 'users:readonly'],
  }),
};

let both: ConsoleAndPlatform;
let admin: SignedIn;
beforeAll(async () => {
  both = await startConsoleAndPlatform({ organization: { clients: Object.values(there) } });
  admin = await both.signIn('admin');
});
afterAll(async () => {
  await both?.stop();
});

const read = (clientId: string, who = admin) => who.api.clients.read({ params: { clientId } });
const fault = (promise: Promise<unknown>): Promise<Fault | null> =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof Fault ? error : Promise.reject(error as Error)),
  );
const code = async (promise: Promise<unknown>): Promise<string> => (await fault(promise))?.code ?? 'succeeded';

async function create(form: ClientForm, who = admin) {
  const page = await aPage();
  const { client, reveal } = await who.api.clients.create({ body: { client: form, revealKey: page.revealKey } });
  return { client, reveal, page };
}
const edit = async (clientId: string, form: ClientForm, version?: string) =>
  admin.api.clients.edit({
    params: { clientId },
    body: { version: version ?? (await read(clientId)).version, client: form },
  });

describe('creating', () => {
  test('the client is there with all that was filled in, and its secret opens with the key of the page only', async () => {
    const form = aCodeForm({
      name: 'Web shop',
      description: 'Line 1\nLine 2',
      purpose: 'Selling',
      environment: 'production',
      owner: { id: 'person-lead', name: 'Somebody else' },
    });
    const { client, reveal, page } = await create(form);
    expect(client).toMatchObject({
      ...form,
      owner: { id: 'person-lead', name: 'Leo Lead' },
      state: 'active',
      createdBy: { name: 'Ada Admin' },
    });
    expect(await page.open(reveal.sealed)).toMatch(/^lks_/);
    expect(await read(client.id)).toEqual({ ...client, refusals: expect.any(Object) as object });
    expect(codesOf(await auditOf(both.console, client.id))).toEqual([
      'client.created.succeeded',
      'secret.revealed.succeeded',
    ]);
  });

  test('only roles can be given that the person holds, in divisions where they hold them (Z-07, Z-08)', async () => {
    const roles = (roleId: string, divisionId: string) => aForm({ roleDivisions: [{ roleId, divisionId }] });
    const payroll = await fault(create(roles(testIds.roles.payroll, testIds.home)));
    expect(payroll).toMatchObject({ code: 'role.not_held', extra: { roles: ['Payroll Integration'] } });
    expect(await code(create(roles(testIds.roles.reporting, testIds.europe)))).toBe('role.not_held');
    expect(await code(create(roles(testIds.roles.reporting, '*')))).toBe('role.not_held');
    expect(await code(create(roles(testIds.roles.scim, 'made-up')))).toBe('input.invalid');
    expect(await code(create(roles('made-up', testIds.home)))).toBe('input.invalid');
  });

  test('every fault of the form is named at its field (Z-10, Z-11, I-15)', async () => {
    const fields = async (form: ClientForm) => (await fault(create(form)))?.extra.fields?.map(({ field }) => field);
    expect(await fields(aForm({ name: ' ' }))).toEqual(['name']);
    expect(
      await fields(
        aForm({ grantTypes: ['TOKEN'], roleDivisions: [], scopes: ['users'], redirectUris: ['https://a.example/cb'] }),
      ),
    ).toEqual(['grantTypes.0']);
    expect(await fields(aForm({ redirectUris: ['https://a.example/cb'] }))).toEqual(['redirectUris']);
    expect(
      await fields(aCodeForm({ roleDivisions: [{ roleId: testIds.roles.reporting, divisionId: testIds.home }] })),
    ).toEqual(['roleDivisions']);
    expect(await fields(aCodeForm({ scopes: ['nope'], redirectUris: ['http://a.example/cb'] }))).toEqual([
      'scopes.0',
      'redirectUris.0',
    ]);
    expect(await fields(aForm({ accessTokenValiditySeconds: 299 }))).toEqual(['accessTokenValiditySeconds']);
    expect(await fields(aForm({ owner: { id: 'nobody', name: 'Nobody' } }))).toEqual(['owner']);
  });

  test('members that nobody may set change nothing (Z-05)', async () => {
    const page = await aPage();
    const stranger = {
      id: there.old.id,
      secret: 'mine',
      clientSecret: 'mine',
      state: 'inactive',
      dateCreated: ago(99 * day),
      dateToDelete: ago(-day),
      createdBy: 'x',
      organization: 'x',
      isAdmin: true,
      approved: true,
      version: 'x',
    };
    const form = { ...aForm({ name: 'Mass' }), ...stranger } as ClientForm;
    const { client } = await admin.api.clients.create({ body: { client: form, revealKey: page.revealKey } });
    expect(client).toMatchObject({ state: 'active', dateToDelete: null, createdBy: { id: 'person-admin' } });
    expect(client.id).not.toBe(there.old.id);
    expect(Date.now() - Date.parse(client.dateCreated)).toBeLessThan(60_000);
    const after = await edit(client.id, { ...aForm({ name: 'Mass 2' }), ...stranger });
    expect(after).toMatchObject({
      id: client.id,
      name: 'Mass 2',
      state: 'active',
      dateCreated: client.dateCreated,
      dateToDelete: null,
    });
  });

  test('a key that is no point of the curve is refused before anything is made', async () => {
    const page = await aPage();
    const revealKey = { ...page.revealKey, y: page.revealKey.x };
    const refused = await fault(admin.api.clients.create({ body: { client: aForm({ name: 'Never' }), revealKey } }));
    expect(refused?.extra.fields?.[0]?.field).toBe('revealKey');
    expect((await admin.api.clients.list({ query: { q: 'Never' } })).total).toBe(0);
  });

  test('a secret that was pasted into a text is not kept', async () => {
    const { reveal, page } = await create(aForm({ name: 'Pasted' }));
    const secret = await page.open(reveal.sealed);
    for (const field of ['name', 'description', 'purpose'] as const) {
      const refused = await fault(create(aForm({ [field]: `It is ${secret}` })));
      expect(refused?.extra.fields?.map(({ reason }) => reason)).toEqual(['text.holds_secret']);
    }
  });
});

describe('editing', () => {
  test('each kind of change is an event of its own, with before and after (L-01)', async () => {
    const { client } = await create(aCodeForm({ name: 'Before' }));
    await edit(
      client.id,
      aCodeForm({
        name: 'After',
        scopes: ['analytics:readonly'],
        redirectUris: ['https://b.example/cb'],
        accessTokenValiditySeconds: 900,
        owner: { id: 'person-lead', name: '' },
      }),
    );
    const events = (await auditOf(both.console, client.id)).slice(2);
    expect(codesOf(events).toSorted()).toEqual([
      'client.edited.succeeded',
      'owner.changed.succeeded',
      'redirect_uri.added.succeeded',
      'redirect_uri.removed.succeeded',
      'scope.added.succeeded',
      'scope.removed.succeeded',
      'token_duration.changed.succeeded',
    ]);
    expect(events.find(({ action }) => action === 'client.edited')?.changes).toEqual([
      { field: 'name', before: 'Before', after: 'After' },
    ]);
  });

  test('nothing is recorded when nothing changed, and the owner alone needs no change on the Platform', async () => {
    const { client } = await create(aForm({ name: 'Still' }));
    const same = await edit(client.id, aForm({ name: 'Still' }));
    expect(same.dateModified).toBe(client.dateModified);
    const owned = await edit(client.id, aForm({ name: 'Still', owner: { id: 'person-lead', name: '' } }));
    expect(owned).toMatchObject({
      dateModified: client.dateModified,
      owner: { name: 'Leo Lead', email: 'lead@example.com' },
    });
    expect(codesOf(await auditOf(both.console, client.id)).slice(2)).toEqual(['owner.changed.succeeded']);
  });

  test('of two who edit from one version the second is told and sees both (F-14)', async () => {
    const { client } = await create(aForm({ name: 'Contested' }));
    const [first, second] = await Promise.all(
      ['one', 'two'].map((description) =>
        fault(edit(client.id, aForm({ name: 'Contested', description }), client.version)),
      ),
    );
    const loser = [first, second].flatMap((one) => one ?? []);
    expect(loser.map((one) => one.code)).toEqual(['client.changed']);
    expect(loser[0]?.extra.current).toMatchObject({ id: client.id, version: (await read(client.id)).version });
    const outcomes = codesOf(await auditOf(both.console, client.id)).slice(2);
    expect(outcomes.toSorted()).toEqual(['client.edited.refused', 'client.edited.succeeded']);
  });

  test('a client with roles that one lacks cannot be edited, rotated, switched or restored (Z-09)', async () => {
    const { version, roleDivisions, refusals } = await read(there.foreign.id);
    expect(refusals.edit).toEqual({ code: 'role.not_held', roles: ['Payroll Integration'] });
    const params = { clientId: there.foreign.id };
    const form = aForm({ name: 'Mine', roleDivisions });
    const page = await aPage();
    expect(await code(edit(there.foreign.id, form))).toBe('role.not_held');
    expect(
      await code(admin.api.secrets.generate({ params, body: { reason: 'scheduled', revealKey: page.revealKey } })),
    ).toBe('role.not_held');
    expect(await code(admin.api.clients.deactivate({ params, body: { version } }))).toBe('role.not_held');
    const going = await read(there.foreignGoing.id);
    expect(
      await code(admin.api.clients.restore({ params: { clientId: going.id }, body: { version: going.version } })),
    ).toBe('role.not_held');
    expect(new Set(codesOf(await auditOf(both.console, there.foreign.id)))).toEqual(
      new Set(['access.refused.refused']),
    );
  });

  test('an implicit client can be narrowed, and nothing else (ruling 1)', async () => {
    const { client: form } = {
      client: aCodeForm({ name: 'Implicit', grantTypes: ['TOKEN'], scopes: ['users:readonly'] }),
    };
    expect(await code(edit(there.implicit.id, { ...form, scopes: ['users', 'users:readonly', 'oauth'] }))).toBe(
      'input.invalid',
    );
    expect((await edit(there.implicit.id, form)).scopes).toEqual(['users:readonly']);
  });
});

describe('deleting and restoring', () => {
  const remove = async (clientId: string, meaning: 'final' | 'restorable', confirmName?: string) => {
    const { version } = await read(clientId);
    return admin.api.clients.delete({
      params: { clientId },
      body: { version, meaning, ...(confirmName !== undefined && { confirmName }) },
    });
  };
  const restore = async (clientId: string) => {
    const { version } = await read(clientId);
    return admin.api.clients.restore({ params: { clientId }, body: { version } });
  };

  test('at most 30 days old it is gone for good, and only by its name and in the meaning that was shown (D-01, D-03)', async () => {
    expect((await read(there.young.id)).deletion).toMatchObject({ meaning: 'final', removedAt: null });
    expect(await code(remove(there.young.id, 'restorable'))).toBe('deletion.meaning_changed');
    expect(await code(remove(there.young.id, 'final'))).toBe('client.name_not_confirmed');
    expect(await code(remove(there.young.id, 'final', 'young'))).toBe('client.name_not_confirmed');
    expect(await remove(there.young.id, 'final', 'Young')).toEqual({ meaning: 'final', client: null });
    expect(await code(read(there.young.id))).toBe('client.not_found');
    expect((await admin.api.clients.list({ query: { q: there.young.id } })).total).toBe(0);
    const outcomes = codesOf(await auditOf(both.console, there.young.id));
    expect(outcomes.at(-1)).toBe('client.deleted.succeeded');
  });

  test('an older one goes for seven days and comes back with all that it had (D-01, D-02, D-09)', async () => {
    const before = await read(there.old.id);
    expect(before.deletion.meaning).toBe('restorable');
    const { meaning, client } = await remove(there.old.id, 'restorable');
    expect(meaning).toBe('restorable');
    expect(client?.state).toBe('pending-removal');
    const left = Date.parse(client?.dateToDelete ?? '') - Date.now();
    expect(left / 1_000).toBeGreaterThan(604_700);
    expect(left / 1_000).toBeLessThanOrEqual(604_800);
    expect(await code(edit(there.old.id, aForm()))).toBe('client.pending_removal');
    expect(await code(remove(there.old.id, 'restorable'))).toBe('client.pending_removal');
    const { dateModified: _was, modifiedBy: _by, deletion: _deletion, ...kept } = before;
    expect(await restore(there.old.id)).toMatchObject({ ...kept, refusals: expect.any(Object) as object });
    expect(await code(restore(there.old.id))).toBe('client.not_pending_removal');
    expect(codesOf(await auditOf(both.console, there.old.id)).filter((one) => one.endsWith('succeeded'))).toEqual([
      'client.deletion_scheduled.succeeded',
      'client.restored.succeeded',
    ]);
  });

  test('a parked one is deleted by the same rule', async () => {
    expect((await read(there.oldOff.id)).state).toBe('deactivated');
    expect((await remove(there.oldOff.id, 'restorable')).client?.state).toBe('pending-removal');
  });

  test('after the seven days it is gone, whether or not anything has purged it (D-05, D-06)', async () => {
    const { version } = await read(there.almostGone.id);
    both.console.clock.turn(121);
    const late = admin.api.clients.restore({ params: { clientId: there.almostGone.id }, body: { version } });
    expect(await fault(late)).toMatchObject({ code: 'client.restore_window_over', problem: { status: 410 } });
  });

  test('and so it is when the Platform itself has forgotten it', async () => {
    const { id } = there.leaving;
    const { version } = await read(id);
    await remove(id, 'restorable');
    await withClient(both.platform.databaseUrl, (db) =>
      db.query(`UPDATE clients SET date_to_delete = now() WHERE id = $1`, [id]),
    );
    expect(await code(read(id))).toBe('client.not_found');
    expect(await code(admin.api.clients.restore({ params: { clientId: id }, body: { version } }))).toBe(
      'client.restore_window_over',
    );
  });

  test('without scopes it cannot come back (D-10)', async () => {
    expect((await read(there.scopeless.id)).refusals.restore).toMatchObject({ code: 'client.scopes_missing' });
    expect(await code(restore(there.scopeless.id))).toBe('client.scopes_missing');
  });

  test('switching off and on again changes nothing else, and each only from the other', async () => {
    const { client } = await create(aForm({ name: 'Switched' }));
    const params = { clientId: client.id };
    const off = await admin.api.clients.deactivate({ params, body: { version: client.version, reason: 'holidays' } });
    expect(off).toMatchObject({ state: 'deactivated', dateToDelete: null });
    expect(await code(admin.api.clients.deactivate({ params, body: { version: off.version } }))).toBe(
      'client.not_active',
    );
    expect(await code(admin.api.clients.reactivate({ params, body: { version: client.version } }))).toBe(
      'client.changed',
    );
    const on = await admin.api.clients.reactivate({ params, body: { version: off.version } });
    expect(on.version).toBe(client.version);
    expect(await code(admin.api.clients.reactivate({ params, body: { version: on.version } }))).toBe(
      'client.already_active',
    );
    const events = (await auditOf(both.console, client.id)).filter(({ outcome }) => outcome === 'succeeded').slice(2);
    expect(events.map(({ action, reason, changes }) => ({ action, reason, changes }))).toEqual([
      {
        action: 'client.deactivated',
        reason: 'holidays',
        changes: [{ field: 'state', before: 'active', after: 'deactivated' }],
      },
      {
        action: 'client.reactivated',
        reason: null,
        changes: [{ field: 'state', before: 'deactivated', after: 'active' }],
      },
    ]);
  });

  test('who may delete and not edit can delete an active client', async () => {
    const lead = await both.signIn('lead');
    const { version } = await read(there.older.id, lead);
    const { meaning } = await lead.api.clients.delete({
      params: { clientId: there.older.id },
      body: { version, meaning: 'restorable' },
    });
    expect(meaning).toBe('restorable');
  });
});

describe('reading', () => {
  test.each([
    '00000000-0000-4000-8000-000000000000',
    'x',
    there.implicit.id.toUpperCase(),
    `${there.implicit.id} `,
    '%00',
    '..%2f',
  ])('%s is no client (Z-04)', async (clientId) => {
    expect(await code(read(clientId))).toBe('client.not_found');
  });

  test('what was changed outside the console shows, and so does what went', async () => {
    const { client } = await create(aForm({ name: 'Outside' }));
    const reviewer = await both.signIn('reviewer');
    both.console.clock.turn(6);
    const found = async (q: string) => (await reviewer.api.clients.list({ query: { q } })).items.map(({ id }) => id);
    expect(await found('outside')).toEqual([client.id]);
    const { refusals } = await read(client.id, reviewer);
    expect(refusals.edit).toEqual({ code: 'permission.missing', permissions: ['oauth:client:edit'] });
    expect(refusals.delete).toEqual({ code: 'permission.missing', permissions: ['oauth:client:delete'] });
    await withClient(both.platform.databaseUrl, (db) =>
      db.query(`UPDATE clients SET name = 'Renamed elsewhere' WHERE id = $1`, [client.id]),
    );
    both.console.clock.turn(6);
    expect(await found('elsewhere')).toEqual([client.id]);
    await withClient(both.platform.databaseUrl, (db) => db.query('DELETE FROM clients WHERE id = $1', [client.id]));
    both.console.clock.turn(6);
    expect(await found('elsewhere')).toEqual([]);
  });

  test('the history of a client is told newest first, page by page', async () => {
    const params = { clientId: there.old.id };
    const whole = await admin.api.history.ofClient({ params, query: {} });
    expect(whole.items.map(({ seq }) => seq)).toEqual(whole.items.map(({ seq }) => seq).toSorted((a, b) => b - a));
    const first = await admin.api.history.ofClient({ params, query: { limit: 1 } });
    const second = await admin.api.history.ofClient({ params, query: { limit: 100, before: first.next ?? 0 } });
    expect([...first.items, ...second.items]).toEqual(whole.items);
  });
});
