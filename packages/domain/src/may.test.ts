import { describe, expect, test } from 'vitest';
import { aClient, anAdministrator, serviceSettings, someChoices, webSettings } from '../test/a-client.ts';
import type { Client, RoleDivision } from './client.ts';
import { rolesNotHeld, whyNotGive } from './give-roles.ts';
import { clientActions, mayOf, whyNotAct, type ClientAction, type Surroundings } from './may.ts';
import type { Permission } from './permission.ts';

const now = new Date('2026-11-21T12:00:00.000Z');
const surroundings: Surroundings = { now, deleteNeedsEdit: true, restore: true, choices: someChoices };
const pending = { state: 'pending-removal', dateToDelete: '2026-11-21T12:00:01.000Z' } as const;

const codes = (client: Client, holder = anAdministrator(), around = surroundings) =>
  Object.fromEntries(
    Object.entries(mayOf(client, holder, around)).map(([action, refusal]) => [action, refusal?.code ?? null]),
  );

describe('giving roles', () => {
  const holder = {
    roles: [
      { roleId: 'a', divisionId: 'home' },
      { roleId: 'b', divisionId: '*' },
    ],
  };
  test.each<[RoleDivision, boolean]>([
    [{ roleId: 'a', divisionId: 'home' }, true],
    [{ roleId: 'a', divisionId: 'sales' }, false],
    [{ roleId: 'a', divisionId: '*' }, false],
    [{ roleId: 'b', divisionId: 'sales' }, true],
    [{ roleId: 'b', divisionId: '*' }, true],
    [{ roleId: 'c', divisionId: 'home' }, false],
  ])('%j: %s', (role, held) => {
    expect(rolesNotHeld(holder, [role])).toEqual(held ? [] : [role]);
    expect(whyNotGive(holder, role.roleId, role.divisionId)).toEqual(
      held ? null : { code: 'role.not_held', roles: [role.roleId] },
    );
  });
});

describe('what may be done', () => {
  test.each<[string, Client, Partial<Record<ClientAction, string>>]>([
    ['an active client', aClient(), { reactivate: 'client.already_active', restore: 'client.not_pending_removal' }],
    [
      'a parked client',
      aClient({ state: 'deactivated' }),
      { generateSecret: 'client.not_active', deactivate: 'client.not_active', restore: 'client.not_pending_removal' },
    ],
    [
      'a client pending removal',
      aClient(pending),
      {
        edit: 'client.pending_removal',
        generateSecret: 'client.pending_removal',
        deactivate: 'client.pending_removal',
        reactivate: 'client.pending_removal',
        delete: 'client.pending_removal',
      },
    ],
    [
      'a client that the Platform disabled',
      aClient({ state: 'disabled' }),
      Object.fromEntries(clientActions.map((action) => [action, 'client.disabled'])),
    ],
    [
      'an implicit client',
      aClient({ ...webSettings({ grantTypes: ['TOKEN'] }) }),
      {
        generateSecret: 'client.no_secret',
        reactivate: 'client.already_active',
        restore: 'client.not_pending_removal',
      },
    ],
  ])('to %s', (_title, client, refused) => {
    expect(codes(client)).toEqual({ ...Object.fromEntries(clientActions.map((action) => [action, null])), ...refused });
  });

  test.each<[ClientAction, Client, Permission]>([
    ['edit', aClient(), 'oauth:client:edit'],
    ['generateSecret', aClient(), 'oauth:client:edit'],
    ['deactivate', aClient(), 'oauth:client:edit'],
    ['reactivate', aClient({ state: 'deactivated' }), 'oauth:client:edit'],
    ['delete', aClient(), 'oauth:client:delete'],
    ['delete', aClient(), 'oauth:client:edit'],
    ['restore', aClient(pending), 'oauth:client:edit'],
    ['duplicate', aClient(), 'oauth:client:add'],
  ])('to %s needs each of its permissions', (action, client, permission) => {
    const holder = anAdministrator();
    expect(whyNotAct(action, client, holder, surroundings)).toBeNull();
    const without = new Set([...holder.permissions].filter((one) => one !== permission));
    expect(whyNotAct(action, client, { ...holder, permissions: without }, surroundings)).toEqual({
      code: 'permission.missing',
      permissions: [permission],
    });
  });

  test.each<[ClientAction, Client]>([
    ['edit', aClient()],
    ['generateSecret', aClient()],
    ['deactivate', aClient()],
    ['reactivate', aClient({ state: 'deactivated' })],
    ['delete', aClient()],
    ['restore', aClient(pending)],
  ])('to %s a client with a role one lacks is refused with the role', (action, client) => {
    const stranger = anAdministrator({ roles: [{ roleId: 'reporter', divisionId: 'sales' }] });
    expect(whyNotAct(action, client, stranger, surroundings)).toEqual({ code: 'role.not_held', roles: ['reporter'] });
  });

  test('deleting a parked client takes the one permission, and so does an active one where no change comes first', () => {
    const approver = { permissions: new Set(['oauth:client:view', 'oauth:client:delete'] as const), roles: [] };
    expect(whyNotAct('delete', aClient({ state: 'deactivated' }), approver, surroundings)).toBeNull();
    expect(whyNotAct('delete', aClient(), approver, { ...surroundings, deleteNeedsEdit: false })).toBeNull();
  });
});

describe('restoring', () => {
  const restore = (client: Client, around: Partial<Surroundings> = {}) =>
    whyNotAct('restore', client, anAdministrator(), { ...surroundings, ...around });

  test('works until the last instant before the date of removal', () => {
    expect(restore(aClient(pending))).toBeNull();
    const at = pending.dateToDelete;
    expect(restore(aClient(pending), { now: new Date(at) })).toEqual({ code: 'client.restore_window_over', at });
    expect(restore(aClient(pending), { restore: false })?.code).toBe('client.restore_window_over');
  });

  test('leads to the scopes where they are missing', () => {
    expect(restore(aClient({ ...webSettings({ scopes: [] }), ...pending }))).toEqual({ code: 'client.scopes_missing' });
    expect(restore(aClient({ ...serviceSettings({ scopes: [] }), ...pending }))).toBeNull();
  });

  test('is made possible by an edit, and by nothing else, where only the rules of today stand against it', () => {
    const { edit, generateSecret, deactivate, reactivate } = codes(
      aClient({ ...webSettings({ scopes: [] }), ...pending }),
    );
    expect(edit).toBeNull();
    expect(new Set([generateSecret, deactivate, reactivate])).toEqual(new Set(['client.pending_removal']));
    expect(codes(aClient({ ...webSettings(), ...pending })).edit).toBe('client.pending_removal');
  });

  test.each<[string, Partial<Client>, string]>([
    ['an implicit grant', webSettings({ grantTypes: ['TOKEN'] }), 'grant_types.deprecated'],
    [
      '126 redirect URIs',
      webSettings({ redirectUris: Array.from({ length: 126 }, (_, index) => `https://a.example/${index}`) }),
      'redirect_uri.too_many',
    ],
    ['a duration above the bounds', { accessTokenValiditySeconds: 200_000 }, 'token_duration.needs_scim_role'],
  ])('refuses %s with the reason', (_title, changes, reason) => {
    expect(restore(aClient({ ...changes, ...pending }))).toMatchObject({
      code: 'client.breaks_rules',
      faults: [{ reason }],
    });
  });

  test('takes roles and scopes as they are where the choices are not at hand', () => {
    const { choices: _, ...without } = surroundings;
    const client = aClient({ ...webSettings({ scopes: ['of another time'] }), ...pending });
    expect(whyNotAct('restore', client, anAdministrator(), without)).toBeNull();
    expect(whyNotAct('restore', client, anAdministrator(), surroundings)?.code).toBe('client.breaks_rules');
  });
});

describe('reactivating', () => {
  const reactivate = (client: Client, at = now) =>
    whyNotAct('reactivate', client, anAdministrator(), { ...surroundings, now: at });

  test('checks the rules of today again', () => {
    expect(reactivate(aClient({ state: 'deactivated' }))).toBeNull();
    expect(reactivate(aClient({ state: 'deactivated', accessTokenValiditySeconds: 200_000 }))?.code).toBe(
      'client.breaks_rules',
    );
    expect(reactivate(aClient({ ...webSettings({ scopes: [] }), state: 'deactivated' }))?.code).toBe(
      'client.scopes_missing',
    );
  });

  test('brings an implicit client back only while implicit still works', () => {
    const implicit = aClient({ ...webSettings({ grantTypes: ['TOKEN'] }), state: 'deactivated' });
    expect(reactivate(implicit)).toBeNull();
    expect(reactivate(implicit, new Date('2027-05-01T00:00:00.000Z'))?.code).toBe('client.breaks_rules');
  });
});
