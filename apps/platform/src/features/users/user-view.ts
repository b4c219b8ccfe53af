import { inArray } from 'drizzle-orm';
import type { Store } from '../../context/platform.ts';
import { roles, type divisions, type users } from '../../storage/schema.ts';
import { permissionsIn, policyViews } from '../shared/policies.ts';
import { grantsOfUser, roleRef } from '../shared/role-row.ts';

export type UserRow = typeof users.$inferSelect;

/** A person on the wire (platform-api 2.7). Of a password nothing is ever told. */
export function userView(row: UserRow, division: typeof divisions.$inferSelect | null) {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    username: row.username ?? row.email,
    ...(row.title !== null && { title: row.title }),
    ...(row.department !== null && { department: row.department }),
    state: row.state,
    ...(division !== null && {
      division: { id: division.id, name: division.name, selfUri: `/api/v2/authorization/divisions/${division.id}` },
    }),
    version: row.version,
    selfUri: userUri(row.id),
  };
}

export const userUri = (id: string): string => `/api/v2/users/${id}`;

/** The roles of a person, each once whatever the division. */
export async function rolesOfUser(db: Store, userId: string) {
  const ids = [...new Set((await grantsOfUser(db, userId)).map(({ roleId }) => roleId))];
  return ids.length === 0
    ? []
    : await db.select().from(roles).where(inArray(roles.id, ids)).orderBy(roles.name, roles.id);
}

/** What a person may do, as `expand=authorization` tells it: the roles, their policies, and the permissions spelled out. */
export async function authorizationOf(db: Store, userId: string) {
  const held = await rolesOfUser(db, userId);
  const policies = held.flatMap(({ permissionPolicies }) => permissionPolicies);
  return {
    roles: held.map(roleRef),
    unusedRoles: [],
    permissions: permissionsIn(policies),
    permissionPolicies: policyViews(policies),
  };
}
