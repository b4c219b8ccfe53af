import type { ClientDetail } from '@latchkey/contract/console-api/models';

/** Each role once, with its divisions, by name. */
export function byRole(roles: ClientDetail['roles']) {
  const found = new Map<string, { roleId: string; roleName: string; divisions: { id: string; name: string }[] }>();
  for (const { roleId, roleName, divisionId, divisionName } of roles) {
    const entry = found.get(roleId) ?? { roleId, roleName, divisions: [] };
    entry.divisions.push({ id: divisionId, name: divisionName });
    found.set(roleId, entry);
  }
  return [...found.values()].toSorted((a, b) => a.roleName.localeCompare(b.roleName));
}
