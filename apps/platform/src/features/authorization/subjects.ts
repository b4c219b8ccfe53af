import type { Subject } from '@latchkey/contract/platform-api/models';
import { and, eq } from 'drizzle-orm';
import type { Platform, Store } from '../../context/platform.ts';
import { clients, users } from '../../storage/schema.ts';
import { actorId, type Call } from '../shared/call.ts';
import { found, knownId } from '../shared/known-id.ts';
import { allDivisionRows, allRoles, divisionView, grantsOfUser, type GrantRow } from '../shared/role-row.ts';

/** The grants of the caller, person or client. */
export function mySubject({ db }: Platform) {
  return (_: unknown, { caller }: Call): Promise<Subject> => showSubject(db, actorId(caller), true);
}

/** The grants of a person or a client (platform-api 2.8). */
export function readSubject({ db }: Platform) {
  return ({ params }: { params: { subjectId: string } }): Promise<Subject> =>
    showSubject(db, knownId(params.subjectId), false);
}

async function showSubject(db: Store, id: string, own: boolean): Promise<Subject> {
  const person = (await db.select().from(users).where(eq(users.id, id)))[0];
  if (person) return subjectView(db, person, person.version, await grantsOfUser(db, id));
  // The console's own client is told to nobody but itself.
  const which = own ? eq(clients.id, id) : and(eq(clients.id, id), eq(clients.builtIn, false));
  const client = found((await db.select().from(clients).where(which))[0]);
  const grants = client.roleDivisions.map((grant) => ({ ...grant, grantedAt: null }));
  return subjectView(db, client, 1, grants);
}

async function subjectView(
  db: Store,
  { id, name }: { readonly id: string; readonly name: string },
  version: number,
  grants: readonly GrantRow[],
): Promise<Subject> {
  const roles = new Map((await allRoles(db)).map((role) => [role.id, role]));
  const divisions = new Map((await allDivisionRows(db)).map((division) => [division.id, division]));
  return {
    id,
    name,
    version,
    grants: grants.flatMap(({ roleId, divisionId, grantedAt }) => {
      const role = roles.get(roleId);
      if (role === undefined) return [];
      return [
        {
          subjectId: id,
          division: divisionView(divisionId, divisions.get(divisionId)),
          role: {
            id: role.id,
            name: role.name,
            ...(role.description !== null && { description: role.description }),
            default: role.defaultRoleId !== null,
            policies: role.permissionPolicies.map(({ domain, entityName, actionSet }) => ({
              domain,
              entityName,
              actions: [...actionSet],
            })),
          },
          ...(grantedAt !== null && { grantMadeAt: grantedAt.toISOString() }),
        },
      ];
    }),
    selfUri: `/api/v2/authorization/subjects/${id}`,
  };
}
