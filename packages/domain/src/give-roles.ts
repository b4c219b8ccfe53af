import { allDivisions, type RoleDivision } from './client.ts';
import { holdsRole, type Holder } from './holder.ts';
import type { Refusal } from './refusal.ts';

/**
 * The roles with divisions that this person does not hold and so cannot give, edit, rotate or restore. A role in all
 * divisions (`*`) must be held in all of them (product 4.3, 6.2; security Z-07 to Z-09).
 */
export const rolesNotHeld = (holder: Pick<Holder, 'roles'>, roleDivisions: readonly RoleDivision[]): RoleDivision[] =>
  roleDivisions.filter(({ roleId, divisionId }) => !holdsRole(holder, roleId, divisionId));

/** The refusal that names the missing roles once each, or null when all are held. */
export function whyNotHeld(
  holder: Pick<Holder, 'roles'>,
  roleDivisions: readonly RoleDivision[],
): Refusal<'role.not_held'> | null {
  const missing = rolesNotHeld(holder, roleDivisions);
  if (missing.length === 0) return null;
  return { code: 'role.not_held', roles: [...new Set(missing.map(({ roleId }) => roleId))] };
}

/** Says why this person cannot give the role in the division, or null when they can. */
export const whyNotGive = (
  holder: Pick<Holder, 'roles'>,
  roleId: string,
  divisionId: string = allDivisions,
): Refusal<'role.not_held'> | null => whyNotHeld(holder, [{ roleId, divisionId }]);
