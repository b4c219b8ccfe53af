import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import { eq, sql } from 'drizzle-orm';
import type { Platform, Store } from '../../context/platform.ts';
import { roles, userGrants } from '../../storage/schema.ts';
import { found, knownId } from '../shared/known-id.ts';
import { pageOf } from '../shared/paging.ts';
import { permissionsIn, policyViews } from '../shared/policies.ts';
import { allRoles, type RoleRow } from '../shared/role-row.ts';

interface RolesQuery {
  readonly pageSize: number;
  readonly pageNumber: number;
  readonly sortBy?: string | undefined;
  readonly name?: string | undefined;
  readonly id?: readonly string[] | undefined;
  readonly permission?: readonly string[] | undefined;
  readonly defaultRoleId?: readonly string[] | undefined;
  readonly userCount: boolean;
}

/** The roles, by name or id, filtered by name (any part of it, `*` for any text), id, default role and permission. */
export function listRoles({ db }: Platform) {
  return async ({ query }: { query: RolesQuery }) => {
    const { pageSize, pageNumber, sortBy, name, id, permission, defaultRoleId, userCount } = query;
    const chosen = inOrder(await allRoles(db), sortBy).filter(
      (role) =>
        hasName(role.name, name) &&
        isIn(role.id, id) &&
        isIn(role.defaultRoleId, defaultRoleId) &&
        (permission === undefined || permissionsIn(role.permissionPolicies).some((one) => permission.includes(one))),
    );
    const page = pageOf(chosen, { pageSize, pageNumber }, '/api/v2/authorization/roles', {
      sortBy,
      name,
      id,
      permission,
      defaultRoleId,
    });
    const counts = userCount ? await userCounts(db) : null;
    return {
      ...page,
      entities: page.entities.map((role) => roleView(role, counts?.get(role.id) ?? (counts ? 0 : null))),
    };
  };
}

/** One role. */
export function readRole({ db }: Platform) {
  return async ({ params, query }: { params: { roleId: string }; query: { userCount: boolean } }) => {
    const role = found(
      (
        await db
          .select()
          .from(roles)
          .where(eq(roles.id, knownId(params.roleId)))
      )[0],
    );
    return roleView(role, query.userCount ? ((await userCounts(db)).get(role.id) ?? 0) : null);
  };
}

/** Filters by name as the lookups of this API do: without regard to case, anywhere, with `*` for any text. */
export function hasName(name: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  const [text, parts] = [name.toLowerCase(), wanted.toLowerCase().split('*')];
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return true;
}

export const isIn = (value: string | null, wanted: readonly string[] | undefined): boolean =>
  wanted === undefined || (value !== null && wanted.includes(value));

/** Sorts by a column of the allowlist; rows come by name. */
export function inOrder<T extends { readonly id: string }>(
  rows: readonly T[],
  sortBy: string | undefined,
): readonly T[] {
  if (sortBy === undefined || sortBy === 'name') return rows;
  if (sortBy === 'id') return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  throw new PlatformFault('invalid.query.param.value', {
    message: 'These parameters have a value that is not allowed: [sortBy]',
    details: [{ errorCode: 'invalid.query.param.value', fieldName: 'sortBy' }],
  });
}

async function userCounts(db: Store): Promise<Map<string, number>> {
  const rows = await db
    .select({ roleId: userGrants.roleId, n: sql<number>`count(DISTINCT ${userGrants.userId})::int` })
    .from(userGrants)
    .groupBy(userGrants.roleId);
  return new Map(rows.map(({ roleId, n }) => [roleId, n]));
}

const roleView = (row: RoleRow, userCount: number | null) => ({
  id: row.id,
  name: row.name,
  ...(row.description !== null && { description: row.description }),
  ...(row.defaultRoleId !== null && { defaultRoleId: row.defaultRoleId }),
  permissions: permissionsIn(row.permissionPolicies),
  permissionPolicies: policyViews(row.permissionPolicies),
  ...(userCount !== null && { userCount }),
  roleNeedsUpdate: false,
  base: row.base,
  default: row.defaultRoleId !== null,
  selfUri: `/api/v2/authorization/roles/${row.id}`,
});
