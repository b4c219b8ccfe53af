import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import type { RoleDivision } from '@latchkey/domain/client';
import { whyNotHeld } from '@latchkey/domain/give-roles';
import type { Holder } from '@latchkey/domain/holder';

/** Role id → name, for refusals that name roles. */
export type RoleNames = ReadonlyMap<string, string>;

/** Refuses whoever does not hold all of these roles themselves, and names the roles (product 4.3, 6.2; security Z-07 to Z-09). */
export function refuseRolesNotHeld(
  holder: Pick<Holder, 'roles'>,
  roleDivisions: readonly RoleDivision[],
  names: RoleNames,
): void {
  const refusal = whyNotHeld(holder, roleDivisions);
  if (refusal !== null) throw rolesNotHeld(refusal.roles ?? [], names);
}

/** The refusal itself. */
export function rolesNotHeld(roleIds: readonly string[], names: RoleNames): PlatformFault {
  const roles = roleIds.map((id) => names.get(id) ?? id).join(', ');
  return new PlatformFault('role.not.held', {
    message: `You can only give roles that you hold yourself, in the divisions in which you hold them. Missing: [${roles}]`,
    messageParams: { roles },
    details: roleIds.map((id) => ({
      errorCode: 'role.not.held',
      fieldName: 'roleDivisions',
      entityId: id,
      entityName: names.get(id) ?? id,
    })),
  });
}
