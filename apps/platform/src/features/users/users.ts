import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import type { PlatformApi } from '@latchkey/contract/platform-api/table';
import type { Handlers } from '@latchkey/wire/mount';
import { and, asc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Platform, Store } from '../../context/platform.ts';
import { divisions, users as table } from '../../storage/schema.ts';
import type { Call } from '../shared/call.ts';
import { couldBeId, found, knownId } from '../shared/known-id.ts';
import type { Now } from '../shared/now.ts';
import { showOrganization } from '../shared/organization-view.ts';
import { envelope } from '../shared/paging.ts';
import { roleRef } from '../shared/role-row.ts';
import { setRoles } from './set-roles.ts';
import { authorizationOf, rolesOfUser, userUri, userView } from './user-view.ts';

const path = '/api/v2/users';

/** `/api/v2/users…`: people, and what they may do. */
export const users = (platform: Platform, clock: Now): Handlers<PlatformApi, Call>['users'] => {
  const { db } = platform;
  return {
    me: ({ query }, { caller }) => {
      if (caller.kind !== 'person') throw new PlatformFault('not.authorized');
      return showUser(db, caller.userId, query.expand ?? []);
    },
    list: async ({ query: { pageSize, pageNumber, id, state } }) => {
      const which = and(
        state === 'any' ? undefined : eq(table.state, state),
        id && inArray(table.id, id.filter(couldBeId)),
      );
      const rows = await peopleWhere(db, which)
        .limit(pageSize)
        .offset((pageNumber - 1) * pageSize);
      const counted = await db
        .select({ n: sql<number>`count(*)::int` })
        .from(table)
        .where(which);
      return {
        entities: rows.map(({ user, division }) => userView(user, division)),
        ...envelope(counted[0]?.n ?? 0, { pageSize, pageNumber }, path, { id, state }),
      };
    },
    read: ({ params, query: { expand = [] } }, { caller }) => {
      // What somebody else may do is told to those who may see grants.
      const own = caller.kind === 'person' && caller.userId === params.userId;
      const told =
        own || caller.permissions.has('authorization:grant:view')
          ? expand
          : expand.filter((one) => one !== 'authorization');
      return showUser(db, knownId(params.userId), told);
    },
    roles: async ({ params }) => {
      const { user } = found((await peopleWhere(db, eq(table.id, knownId(params.userId))))[0]);
      return { roles: (await rolesOfUser(db, user.id)).map(roleRef), selfUri: `${userUri(user.id)}/roles` };
    },
    setRoles: setRoles(platform, clock),
  };
};

const peopleWhere = (db: Store, which: SQL | undefined) =>
  db
    .select({ user: table, division: divisions })
    .from(table)
    .leftJoin(divisions, eq(divisions.id, table.divisionId))
    .where(which)
    .orderBy(asc(sql`lower(${table.name})`), asc(table.id))
    .$dynamic();

async function showUser(db: Store, userId: string, expand: readonly string[]) {
  const { user, division } = found((await peopleWhere(db, eq(table.id, userId)))[0]);
  return {
    ...userView(user, division),
    ...(expand.includes('authorization') && { authorization: await authorizationOf(db, userId) }),
    ...(expand.includes('organization') && { organization: await showOrganization(db) }),
  };
}
