import { clientPermissions } from '@latchkey/domain/permission';
import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { permissionsIn } from '../features/shared/policies.ts';
import { allPoliciesOf } from './policies-of-role.ts';
import type { RoleEntry, UserEntry } from './organization-schema.ts';
import { readablePassword } from './readable-password.ts';

/** A person of the file with what loading adds. */
export type User = z.output<typeof UserEntry> & { readonly id: string; readonly name: string; readonly email: string };
/** A role of the file. */
export type Role = z.output<typeof RoleEntry> & { readonly id: string };

/** Somebody who can sign in after the first start; the password is told once and kept nowhere. */
export interface FirstPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** The names of the person's roles. */
  readonly roles: readonly string[];
}

/** A role that may do everything, for an organization that brings nobody along. */
export const administratorRole = (): Role => ({
  id: randomUUID(),
  name: 'Admin',
  description: 'May do everything',
  permissionPolicies: [{ domain: '*', entityName: '*', actionSet: ['*'] }],
  base: true,
});

/** Up to this many people without a password all get one. */
const few = 20;

/**
 * Gives passwords to people who came without one, and makes sure that there is an administrator (product 1.4): when
 * there are only a few, all of them get one; when there are many, those who may work with clients, unless an
 * administrator has a password already; and when nobody could administrate, a person is added who can.
 */
export function withFirstPeople(
  users: readonly User[],
  roles: readonly Role[],
): { users: User[]; roles: Role[]; told: FirstPerson[] } {
  const policies = new Map(roles.map((role) => [role.id, allPoliciesOf(role)]));
  const may = (user: User): Set<string> =>
    new Set(permissionsIn((user.grants ?? []).flatMap(({ roleId }) => policies.get(roleId) ?? [])));
  const administrates = (user: User): boolean => clientPermissions.every((permission) => may(user).has(permission));
  const canSignIn = users.filter(({ state }) => (state ?? 'active') === 'active');
  const without = canSignIn.filter(({ password }) => password === undefined);

  const hasAdministrator = canSignIn.some((user) => user.password !== undefined && administrates(user));
  const working = hasAdministrator
    ? []
    : without.filter((user) => clientPermissions.some((permission) => may(user).has(permission)));
  // Administrators first, so that one of them is among the few.
  const chosen =
    without.length <= few
      ? without
      : working.toSorted((a, b) => Number(administrates(b)) - Number(administrates(a))).slice(0, few);

  const passwords = new Map(chosen.map(({ id }) => [id, readablePassword()]));
  const allUsers = users.map((user) => ({
    ...user,
    ...(passwords.has(user.id) && { password: passwords.get(user.id) }),
  }));
  const allRoles = [...roles];
  if (
    !allUsers.some(
      (user) => user.password !== undefined && (user.state ?? 'active') === 'active' && administrates(user),
    )
  ) {
    const role = administratorRole();
    const administrator: User = {
      id: randomUUID(),
      name: 'Administrator',
      email: freeAddress(users),
      password: readablePassword(),
      grants: [{ roleId: role.id, divisionId: '*' }],
    };
    allRoles.push(role);
    allUsers.push(administrator);
    passwords.set(administrator.id, administrator.password as string);
  }
  const roleNames = new Map(allRoles.map(({ id, name }) => [id, name]));
  const told = allUsers
    .filter(({ id }) => passwords.has(id))
    .map(({ id, name, email, grants = [] }) => ({
      name,
      email,
      password: passwords.get(id) as string,
      roles: [...new Set(grants.map(({ roleId }) => roleNames.get(roleId) ?? roleId))],
    }));
  return { users: allUsers, roles: allRoles, told };
}

function freeAddress(users: readonly User[]): string {
  const taken = new Set(users.map(({ email }) => email.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const address = `admin${number === 1 ? '' : number}@example.com`;
    if (!taken.has(address)) return address;
  }
}
