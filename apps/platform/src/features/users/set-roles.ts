import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import { transaction } from '@latchkey/database/transaction';
import { eq } from 'drizzle-orm';
import type { Platform } from '../../context/platform.ts';
import { users } from '../../storage/schema.ts';
import { holderOf, type Call } from '../shared/call.ts';
import { refuseRolesNotHeld } from '../shared/give-roles.ts';
import { found, knownId } from '../shared/known-id.ts';
import type { Now } from '../shared/now.ts';
import { allDivisionRows, allRoles, grantsOfUser, roleRef } from '../shared/role-row.ts';
import { storeUserGrants } from '../shared/user-grants.ts';
import { rolesOfUser, userUri } from './user-view.ts';

/** Replaces the roles that a person has in the home division; the caller must hold each role that is new there. */
export function setRoles({ db }: Platform, clock: Now) {
  return ({ params, body }: { params: { userId: string }; body: string[] }, call: Call) =>
    transaction(db, async (tx) => {
      const rows = await tx
        .select()
        .from(users)
        .where(eq(users.id, knownId(params.userId)))
        .for('update');
      const user = found(rows[0]);
      const known = await allRoles(tx);
      const home = found((await allDivisionRows(tx)).find((division) => division.home));
      const before = await grantsOfUser(tx, user.id);

      const names = new Map(known.map(({ id, name }) => [id, name]));
      const unknown = body.findIndex((roleId) => !names.has(roleId));
      if (unknown !== -1) {
        throw new PlatformFault('invalid.value', {
          message: `There is no role at position ${unknown + 1}.`,
          details: [{ errorCode: 'role.unknown', fieldName: String(unknown) }],
        });
      }
      const elsewhere = before.filter(({ divisionId }) => divisionId !== home.id);
      const had = new Set(before.filter(({ divisionId }) => divisionId === home.id).map(({ roleId }) => roleId));
      const wanted = [...new Set(body)].map((roleId) => ({ roleId, divisionId: home.id }));
      refuseRolesNotHeld(
        holderOf(call.caller),
        wanted.filter(({ roleId }) => !had.has(roleId)),
        names,
      );

      await storeUserGrants(tx, { user, before, after: [...elsewhere, ...wanted], now: await clock(tx), call });

      return { roles: (await rolesOfUser(tx, user.id)).map(roleRef), selfUri: `${userUri(user.id)}/roles` };
    });
}
