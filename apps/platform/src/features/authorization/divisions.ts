import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import { allDivisions } from '@latchkey/domain/client';
import { eq, sql } from 'drizzle-orm';
import type { Platform, Store } from '../../context/platform.ts';
import { users } from '../../storage/schema.ts';
import type { Call } from '../shared/call.ts';
import { found } from '../shared/known-id.ts';
import { pageOf, search } from '../shared/paging.ts';
import { permissionsIn } from '../shared/policies.ts';
import { allDivisionRows, allRoles, divisionView } from '../shared/role-row.ts';
import { hasName, inOrder, isIn } from './roles.ts';

interface Page {
  readonly pageSize: number;
  readonly pageNumber: number;
}
interface DivisionsQuery extends Page {
  readonly sortBy?: string | undefined;
  readonly name?: string | undefined;
  readonly id?: readonly string[] | undefined;
  readonly objectCount: boolean;
}

const path = '/api/v2/authorization/divisions';

/** The divisions, the home division first. */
export function listDivisions({ db }: Platform) {
  return async ({ query: { pageSize, pageNumber, sortBy, name, id, objectCount } }: { query: DivisionsQuery }) => {
    const chosen = inOrder(await allDivisionRows(db), sortBy).filter(
      (row) => hasName(row.name, name) && isIn(row.id, id),
    );
    const page = pageOf(chosen, { pageSize, pageNumber }, path, { sortBy, name, id });
    const counts = objectCount ? await userCounts(db) : null;
    const entities = page.entities.map((row) => ({
      ...divisionView(row.id, row),
      ...(counts !== null && { objectCounts: { USER: counts.get(row.id) ?? 0 } }),
    }));
    return { ...page, entities };
  };
}

interface CursorQuery {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly pageSize: number;
  readonly id?: readonly string[] | undefined;
  readonly name?: string | undefined;
}

/** The divisions by cursor; a cursor names the division next to the page, and one that names none is refused (security I-13). */
export function queryDivisions({ db }: Platform) {
  return async ({ query: { before, after, pageSize, id, name } }: { query: CursorQuery }) => {
    const all = (await allDivisionRows(db)).filter((row) => hasName(row.name, name) && isIn(row.id, id));
    const position = (cursor: string): number => {
      const index = all.findIndex((row) => cursorOf(row.id) === cursor);
      if (index === -1)
        throw new PlatformFault('invalid.query.param.value', { message: 'The cursor is not valid any more.' });
      return index;
    };
    const end = before === undefined ? all.length : position(before);
    const start = after === undefined ? (before === undefined ? 0 : Math.max(0, end - pageSize)) : position(after) + 1;
    const rows = all.slice(start, Math.min(start + pageSize, end));
    const uri = (cursor: Record<string, string>) => `${path}/query?${search({ ...cursor, pageSize, id, name })}`;
    const [first, last] = [rows[0], rows.at(-1)];
    return {
      entities: rows.map((row) => divisionView(row.id, row)),
      pageSize,
      selfUri: `${path}/query?${search({ before, after, pageSize, id, name })}`,
      ...(last && start + rows.length < all.length && { nextUri: uri({ after: cursorOf(last.id) }) }),
      ...(first && start > 0 && { previousUri: uri({ before: cursorOf(first.id) }) }),
    };
  };
}

const cursorOf = (id: string): string => Buffer.from(id, 'utf8').toString('base64url');

/** The home division. */
export function homeDivision({ db }: Platform) {
  return async () => {
    const home = found((await allDivisionRows(db)).find((row) => row.home));
    return divisionView(home.id, home);
  };
}

/** The divisions in which the caller holds a permission. */
export function myDivisions({ db }: Platform) {
  return async (
    { query: { pageSize, pageNumber, permission } }: { query: Page & { permission: string } },
    { caller }: Call,
  ) => {
    const giving = new Set(
      (await allRoles(db))
        .filter(({ permissionPolicies }) => permissionsIn(permissionPolicies).includes(permission))
        .map(({ id }) => id),
    );
    const held = new Set(caller.grants.filter(({ roleId }) => giving.has(roleId)).map(({ divisionId }) => divisionId));
    const allDivsPermitted = held.has(allDivisions);
    const chosen = (await allDivisionRows(db)).filter(({ id }) => allDivsPermitted || held.has(id));
    const page = pageOf(chosen, { pageSize, pageNumber }, '/api/v2/authorization/divisionspermitted/paged/me', {
      permission,
    });
    return { ...page, entities: page.entities.map((row) => divisionView(row.id, row)), allDivsPermitted };
  };
}

async function userCounts(db: Store): Promise<Map<string | null, number>> {
  const rows = await db
    .select({ divisionId: users.divisionId, n: sql<number>`count(*)::int` })
    .from(users)
    .where(eq(users.state, 'active'))
    .groupBy(users.divisionId);
  return new Map(rows.map(({ divisionId, n }) => [divisionId, n]));
}
