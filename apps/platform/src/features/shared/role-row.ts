import { allDivisions } from '@latchkey/domain/client';
import { asc, eq, sql } from 'drizzle-orm';
import type { Store } from '../../context/platform.ts';
import { divisions, roles, userGrants } from '../../storage/schema.ts';

export type RoleRow = typeof roles.$inferSelect;
export type DivisionRow = typeof divisions.$inferSelect;

/** A role that somebody has, in one division or in all of them (`*`). */
export interface GrantRow {
  readonly roleId: string;
  readonly divisionId: string;
  readonly grantedAt: Date | null;
}

/** All roles by name. There are hundreds, so lists are searched and paged in memory. */
export const allRoles = (db: Store): Promise<RoleRow[]> =>
  db
    .select()
    .from(roles)
    .orderBy(asc(sql`lower(${roles.name})`), asc(roles.id));

/** All divisions by name, the home division first. */
export const allDivisionRows = (db: Store): Promise<DivisionRow[]> =>
  db
    .select()
    .from(divisions)
    .orderBy(sql`${divisions.home} DESC`, asc(sql`lower(${divisions.name})`), asc(divisions.id));

/** The roles given to a person. */
export const grantsOfUser = (db: Store, userId: string): Promise<GrantRow[]> =>
  db
    .select({ roleId: userGrants.roleId, divisionId: userGrants.divisionId, grantedAt: userGrants.grantedAt })
    .from(userGrants)
    .where(eq(userGrants.userId, userId))
    .orderBy(asc(userGrants.roleId), asc(userGrants.divisionId));

/** A division on the wire; `*` is not one, and is told by its sign. */
export const divisionView = (divisionId: string, row: DivisionRow | undefined) =>
  divisionId === allDivisions || row === undefined
    ? { id: divisionId, name: divisionId }
    : {
        id: row.id,
        name: row.name,
        ...(row.description !== null && { description: row.description }),
        homeDivision: row.home,
        selfUri: `/api/v2/authorization/divisions/${row.id}`,
      };

/** A reference to a role. */
export const roleRef = ({ id, name }: Pick<RoleRow, 'id' | 'name'>) => ({
  id,
  name,
  selfUri: `/api/v2/authorization/roles/${id}`,
});
