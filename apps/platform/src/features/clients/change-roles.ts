import { transaction } from '@latchkey/database/transaction';
import type { RoleDivision } from '@latchkey/domain/client';
import { settingsFaults } from '@latchkey/domain/client-settings';
import { whyNotEdit } from '@latchkey/domain/may';
import type { Platform } from '../../context/platform.ts';
import { holderOf, type Call } from '../shared/call.ts';
import { refuseRolesNotHeld } from '../shared/give-roles.ts';
import type { Now } from '../shared/now.ts';
import { applyChange } from './apply.ts';
import { offerOf } from './choices.ts';
import { refuse, refuseFaults } from './client-faults.ts';
import { lockClient } from './client-row.ts';

/** Changes the roles of a client from the side of its grants (platform-api 2.8). */
export type ChangeRoles = (
  clientId: string,
  change: (before: readonly RoleDivision[]) => RoleDivision[],
  call: Call,
) => Promise<undefined>;

/**
 * The rules are those of an edit: every role before and after must be held, and what remains must make sense, so that a
 * client keeps a role and no token outlasts the SCIM role that allowed it (security Z-09, T-04). The right to edit
 * clients is not asked: the right to give roles was.
 */
export function changeRolesOfClient({ db, extensions }: Platform, clock: Now): ChangeRoles {
  return (clientId, change, call) =>
    transaction(db, async (tx) => {
      const locked = await lockClient(tx, clientId, clock);
      const { client, row, now } = locked;
      const { choices, roleNames } = await offerOf(tx, extensions);

      const holder = holderOf(call.caller);
      const editor = { ...holder, permissions: new Set([...holder.permissions, 'oauth:client:edit' as const]) };
      refuse(whyNotEdit(client, editor, { now, deleteNeedsEdit: false, restore: true }), roleNames);
      const settings = { ...client, roleDivisions: change(client.roleDivisions), allowedIpRanges: row.allowedIpRanges };
      const faults = settingsFaults(settings, choices, client);
      refuseFaults(faults.filter(({ field }) => /^(?:roleDivisions|accessTokenValiditySeconds)/.test(field)));
      refuseRolesNotHeld(holder, settings.roleDivisions, roleNames);

      await applyChange(tx, locked, { settings }, 'roles', call);
      return undefined;
    });
}
