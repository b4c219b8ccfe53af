import type { RoleChoice } from '@latchkey/contract/console-api/choices';
import { allDivisions, type RoleDivision } from '@latchkey/domain/client';

/** A division to give a role in. */
export interface Division {
  readonly id: string;
  readonly name: string;
  readonly home: boolean;
}

/** A chosen role with its divisions, in the order of choosing. */
export interface ChosenRole {
  readonly roleId: string;
  readonly divisionIds: readonly string[];
}

/** The pairs on the wire, gathered by role. */
export function chosenRoles(pairs: readonly RoleDivision[]): ChosenRole[] {
  const byRole = new Map<string, string[]>();
  for (const { roleId, divisionId } of pairs) byRole.set(roleId, [...(byRole.get(roleId) ?? []), divisionId]);
  return [...byRole].map(([roleId, divisionIds]) => ({ roleId, divisionIds }));
}

/** Gives a role in these divisions instead of those it had; a role in none is taken away. Others stay where they are. */
export function withRole(
  pairs: readonly RoleDivision[],
  roleId: string,
  divisionIds: readonly string[],
): RoleDivision[] {
  const mine = divisionIds.map((divisionId) => ({ roleId, divisionId }));
  const at = pairs.findIndex((pair) => pair.roleId === roleId);
  const others = pairs.filter((pair) => pair.roleId !== roleId);
  return at === -1
    ? [...pairs, ...mine]
    : others.toSpliced(pairs.slice(0, at).filter((pair) => pair.roleId !== roleId).length, 0, ...mine);
}

/** Whether the person may give the role in the division (product 4.3). */
export const canGive = (role: Pick<RoleChoice, 'heldIn'>, divisionId: string): boolean =>
  role.heldIn.includes(allDivisions) || role.heldIn.includes(divisionId);

/** The division in which a role is given at first: Home where the person holds it there, else where they hold it. */
export function firstDivision(role: Pick<RoleChoice, 'heldIn'>, divisions: readonly Division[]): string | null {
  const home = divisions.find((division) => division.home);
  if (home && canGive(role, home.id)) return home.id;
  return role.heldIn.find((id) => id !== allDivisions) ?? divisions[0]?.id ?? role.heldIn[0] ?? null;
}

/**
 * The divisions after a change in the list: all divisions stands alone, so choosing it drops the others and choosing
 * another drops it.
 */
export function settledDivisions(before: readonly string[], after: readonly string[]): string[] {
  if (!after.includes(allDivisions)) return [...after];
  if (!before.includes(allDivisions)) return [allDivisions];
  const others = after.filter((id) => id !== allDivisions);
  return others.length > 0 ? others : [allDivisions];
}

/** The roles whose name, description or permissions hold all words of the search; those that can be given first. */
export function rolesFound(roles: readonly RoleChoice[], search: string): RoleChoice[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const has = (role: RoleChoice) => {
    const text = `${role.name} ${role.description} ${role.permissions?.join(' ') ?? ''}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  };
  return roles
    .filter(has)
    .toSorted((a, b) => Number(b.heldIn.length > 0) - Number(a.heldIn.length > 0) || a.name.localeCompare(b.name));
}
