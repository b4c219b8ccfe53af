import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import { transaction } from '@latchkey/database/transaction';
import { roleDivisionKey as grantKey } from '@latchkey/domain/change';
import { allDivisions, type RoleDivision } from '@latchkey/domain/client';
import { eq } from 'drizzle-orm';
import type { Platform, Store } from '../../context/platform.ts';
import { users } from '../../storage/schema.ts';
import { holderOf, type Call } from '../shared/call.ts';
import { refuseRolesNotHeld, type RoleNames } from '../shared/give-roles.ts';
import { found, knownId } from '../shared/known-id.ts';
import type { Now } from '../shared/now.ts';
import { allDivisionRows, allRoles, grantsOfUser } from '../shared/role-row.ts';
import { storeUserGrants } from '../shared/user-grants.ts';

interface Asked {
  readonly params: { readonly subjectId: string };
  readonly query: { readonly subjectType: 'PC_USER' | 'PC_OAUTH_CLIENT' };
  readonly body: { readonly grants: readonly RoleDivision[] };
}

/** How a subject's grants become others. */
export type Arithmetic = (before: readonly RoleDivision[], given: readonly RoleDivision[]) => RoleDivision[];

export const added: Arithmetic = (before, given) => unique([...before, ...given]);
export const removed: Arithmetic = (before, given) => {
  const gone = new Set(given.map(grantKey));
  return before.filter((grant) => !gone.has(grantKey(grant)));
};
export const replaced: Arithmetic = (_, given) => unique(given);

/** How the roles of a client are changed: by the clients' own rules. */
export type ChangeClient = (
  clientId: string,
  change: (before: readonly RoleDivision[]) => RoleDivision[],
  call: Call,
) => Promise<undefined>;

/**
 * Changes the grants of a person or a client (platform-api 2.8). Who gives a role must hold it where they give it; a
 * client is edited by this, so all its roles must be held, and it keeps at least one.
 */
export function changeGrants({ db }: Platform, clock: Now, changeClient: ChangeClient, arithmetic: Arithmetic) {
  return async ({ params, query, body }: Asked, call: Call): Promise<undefined> => {
    const subjectId = knownId(params.subjectId);
    const change = (before: readonly RoleDivision[]) => arithmetic(before, body.grants);
    const names = await namesOf(db, arithmetic === removed ? [] : body.grants);
    if (query.subjectType === 'PC_OAUTH_CLIENT') return await changeClient(subjectId, change, call);
    return await transaction(db, (tx) => changeUser(tx, subjectId, change, names, clock, call));
  };
}

async function changeUser(
  tx: Store,
  userId: string,
  change: (before: readonly RoleDivision[]) => RoleDivision[],
  names: RoleNames,
  clock: Now,
  call: Call,
): Promise<undefined> {
  const user = found((await tx.select().from(users).where(eq(users.id, userId)).for('update'))[0]);
  const before = await grantsOfUser(tx, userId);
  const after = change(before);
  const had = new Set(before.map(grantKey));
  refuseRolesNotHeld(
    holderOf(call.caller),
    after.filter((grant) => !had.has(grantKey(grant))),
    names,
  );
  await storeUserGrants(tx, { user, before, after, now: await clock(tx), call });
  return undefined;
}

/** The names of all roles; refuses grants of roles or divisions that do not exist, all of them together. */
async function namesOf(tx: Store, grants: readonly RoleDivision[]): Promise<RoleNames> {
  const names = new Map((await allRoles(tx)).map(({ id, name }) => [id, name]));
  const divisions = new Set([allDivisions, ...(await allDivisionRows(tx)).map(({ id }) => id)]);
  const details = grants.flatMap(({ roleId, divisionId }, index) => [
    ...(names.has(roleId) ? [] : [{ errorCode: 'role.unknown', fieldName: `grants.${index}.roleId` }]),
    ...(divisions.has(divisionId) ? [] : [{ errorCode: 'division.unknown', fieldName: `grants.${index}.divisionId` }]),
  ]);
  if (details.length === 0) return names;
  const fields = details
    .slice(0, 20)
    .map(({ fieldName }) => fieldName)
    .join(', ');
  throw new PlatformFault('invalid.value', { message: `These roles or divisions do not exist: [${fields}]`, details });
}

const unique = (grants: readonly RoleDivision[]): RoleDivision[] => [
  ...new Map(
    grants.map(({ roleId, divisionId }) => [grantKey({ roleId, divisionId }), { roleId, divisionId }]),
  ).values(),
];
