import { ClientAction, clientActions } from './client-action.ts';
import type { Client } from './client.ts';
import { settingsFaults, type Choices } from './client-settings.ts';
import { mayStillRestore } from './deletion.ts';
import { whyNotHeld } from './give-roles.ts';
import { implicitEndsAt, needsScopes } from './grant-type.ts';
import type { Holder } from './holder.ts';
import type { Permission } from './permission.ts';
import type { Refusal } from './refusal.ts';
import { scimDefaultRoleId } from './token-duration.ts';

export { ClientAction, clientActions };

/** Every reason for which one of them is refused. */
export type ClientRefusalCode =
  | 'permission.missing'
  | 'role.not_held'
  | 'client.pending_removal'
  | 'client.not_pending_removal'
  | 'client.not_active'
  | 'client.already_active'
  | 'client.disabled'
  | 'client.restore_window_over'
  | 'client.scopes_missing'
  | 'client.breaks_rules'
  | 'client.no_secret';

export type ClientRefusal = Refusal<ClientRefusalCode>;

/** What the rules need to know besides the client and the person. */
export interface Surroundings {
  readonly now: Date;
  /** Whether deleting an active client takes a change first, as on Genesys Cloud (platform-api 4). */
  readonly deleteNeedsEdit: boolean;
  /** Whether the Platform can restore. */
  readonly restore: boolean;
  /**
   * What settings can be chosen from today. With it the check of today's rules is complete; without it roles, divisions
   * and scopes are taken as they are (for lists, where the act itself checks again).
   */
  readonly choices?: Choices;
}

/** Says why this person may not do the act to this client now, or null when they may. */
type Rule = (client: Client, holder: Holder, surroundings: Surroundings) => ClientRefusal | null;

/**
 * Editing: the permission, every role that the client has (product 6.2, security Z-09), and a client that stays. One that
 * is pending removal can be mended where only today's rules keep it from being restored: given scopes, for one (product
 * 8.3, security D-10, D-11).
 */
export const whyNotEdit: Rule = (client, holder, surroundings) =>
  whyNotChange(client, holder, { evenPending: whyNotByRules(client, surroundings) !== null });

const whyNotChange = (client: Client, holder: Holder, { evenPending = false } = {}): ClientRefusal | null =>
  whyNotPermitted(holder, 'oauth:client:edit') ??
  whyNotHeld(holder, client.roleDivisions) ??
  (evenPending && client.state === 'pending-removal' ? null : whyNotKept(client));

/** Generating a secret hands over the client's authority, so it asks for what editing does (security Z-09). */
export const whyNotGenerateSecret: Rule = (client, holder) => {
  const refusal = whyNotChange(client, holder);
  if (refusal !== null) return refusal;
  if (client.state !== 'active') return { code: 'client.not_active' };
  return client.grantTypes.length > 0 && client.grantTypes.every((grant) => grant === 'TOKEN')
    ? { code: 'client.no_secret' }
    : null;
};

export const whyNotDeactivate: Rule = (client, holder) =>
  whyNotChange(client, holder) ?? (client.state === 'active' ? null : { code: 'client.not_active' });

/**
 * Switching a parked client on again. It must obey today's rules for a change: a deprecated grant type may go on, but
 * implicit only until it ends.
 */
export const whyNotReactivate: Rule = (client, holder, surroundings) => {
  const refusal = whyNotChange(client, holder);
  if (refusal !== null) return refusal;
  if (client.state === 'active') return { code: 'client.already_active' };
  const ended = client.grantTypes.includes('TOKEN') && surroundings.now.getTime() >= Date.parse(implicitEndsAt);
  return whyNotByRules(client, surroundings, ended ? undefined : client);
};

/** Deleting; where an active client must be changed first, that change is asked for too (platform-api 4). */
export const whyNotDelete: Rule = (client, holder, { deleteNeedsEdit }) => {
  const editToo = deleteNeedsEdit && client.state === 'active';
  return (
    whyNotPermitted(holder, 'oauth:client:delete', ...(editToo ? (['oauth:client:edit'] as const) : [])) ??
    (editToo ? whyNotHeld(holder, client.roleDivisions) : null) ??
    whyNotKept(client)
  );
};

/** Restoring, until the window closes, and only what today's rules allow (product 8.3; security D-05, D-10, D-11). */
export const whyNotRestore: Rule = (client, holder, surroundings) => {
  const refusal = whyNotPermitted(holder, 'oauth:client:edit') ?? whyNotHeld(holder, client.roleDivisions);
  if (refusal !== null) return refusal;
  if (client.state === 'disabled') return { code: 'client.disabled' };
  if (client.state !== 'pending-removal') return { code: 'client.not_pending_removal' };
  if (!surroundings.restore || !mayStillRestore(client, surroundings.now)) {
    return { code: 'client.restore_window_over', ...(client.dateToDelete === null ? {} : { at: client.dateToDelete }) };
  }
  return whyNotByRules(client, surroundings);
};

/** Duplicating starts a new client from this one's settings; nothing happens to this one. */
export const whyNotDuplicate: Rule = (client, holder) =>
  whyNotPermitted(holder, 'oauth:client:add') ?? (client.state === 'disabled' ? { code: 'client.disabled' } : null);

const rules: Record<ClientAction, Rule> = {
  edit: whyNotEdit,
  generateSecret: whyNotGenerateSecret,
  deactivate: whyNotDeactivate,
  reactivate: whyNotReactivate,
  delete: whyNotDelete,
  restore: whyNotRestore,
  duplicate: whyNotDuplicate,
};

/** Says why one act is refused, or null when it may be done. */
export const whyNotAct = (action: ClientAction, ...args: Parameters<Rule>): ClientRefusal | null =>
  rules[action](...args);

/** For each act why it is refused, or null; what travels with a client to the page (product 2.6). */
export const mayOf = (...args: Parameters<Rule>): Record<ClientAction, ClientRefusal | null> =>
  Object.fromEntries(clientActions.map((action) => [action, rules[action](...args)])) as Record<
    ClientAction,
    ClientRefusal | null
  >;

function whyNotPermitted({ permissions }: Holder, ...needed: readonly Permission[]): ClientRefusal | null {
  const missing = needed.filter((permission) => !permissions.has(permission));
  return missing.length > 0 ? { code: 'permission.missing', permissions: missing } : null;
}

/** Refuses what the Platform's support has disabled, and what is on its way out. */
function whyNotKept(client: Client): ClientRefusal | null {
  if (client.state === 'disabled') return { code: 'client.disabled' };
  if (client.state !== 'pending-removal') return null;
  return { code: 'client.pending_removal', ...(client.dateToDelete === null ? {} : { at: client.dateToDelete }) };
}

function whyNotByRules(client: Client, { choices }: Surroundings, before?: Client): ClientRefusal | null {
  if (client.scopes.length === 0 && client.grantTypes.some(needsScopes)) return { code: 'client.scopes_missing' };
  const faults = settingsFaults(client, choices ?? choicesOf(client), before);
  return faults.length > 0 ? { code: 'client.breaks_rules', faults } : null;
}

/** Choices under which the client's own roles, divisions and scopes are all in order. */
const choicesOf = (client: Client): Choices => ({
  roles: client.roleDivisions.map(({ roleId }) => ({ id: roleId, name: roleId, defaultRoleId: scimDefaultRoleId })),
  divisions: client.roleDivisions.map(({ divisionId }) => ({ id: divisionId, name: divisionId })),
  scopes: client.scopes.map((id) => ({ id })),
  severalGrantTypes: true,
});
