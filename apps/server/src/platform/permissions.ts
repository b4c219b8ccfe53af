import type { Role, UserMe } from '@latchkey/contract/platform-api/models';
import { allPermissions, type Permission } from '@latchkey/domain/permission';

type Authorization = NonNullable<UserMe['authorization']>;

/**
 * The permissions of the vocabulary that an authorization gives: texts and policies together, a division behind them
 * left off, wildcards spelled out (platform-api 2.7).
 */
export function permissionsOf({ permissions = [], permissionPolicies = [] }: Authorization): ReadonlySet<Permission> {
  const given = [...permissions, ...spelledOut(permissionPolicies)];
  return new Set(allPermissions.filter((permission) => given.some((one) => covers(one, permission))));
}

/** The permissions of a role as texts, wildcards as given. */
export const permissionsOfRole = ({
  permissions = [],
  permissionPolicies = [],
}: Pick<Role, 'permissions' | 'permissionPolicies'>): string[] => [
  ...new Set([...permissions, ...spelledOut(permissionPolicies)]),
];

const spelledOut = (policies: NonNullable<Role['permissionPolicies']>): string[] =>
  policies.flatMap(({ domain, entityName, actionSet }) =>
    actionSet.map((action) => `${domain}:${entityName}:${action}`),
  );

/** Whether a permission, possibly with wildcards or a division as fourth part, gives another. */
export function covers(given: string, wanted: string): boolean {
  const [parts, segments] = [given.split(':'), wanted.split(':')];
  if (parts.length === 1 && parts[0] === '*') return true;
  return segments.every((segment, place) => parts[place] === '*' || parts[place] === segment);
}

/** Actions that make the holder of a role an administrator of other people's rights. */
const administrative = [
  'authorization:grant:add',
  'authorization:role:add',
  'authorization:role:edit',
  'directory:organization:admin',
];

/** Whether a role reaches far: a wildcard, or the right to give rights (product 11.4, broad roles). */
export const isBroad = (permissions: readonly string[]): boolean =>
  permissions.some(
    (given) => given.split(':').includes('*') || administrative.includes(given.split(':').slice(0, 3).join(':')),
  );
