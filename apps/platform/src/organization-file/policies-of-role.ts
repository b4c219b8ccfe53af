import type { PermissionPolicyRow } from '../storage/schema.ts';

/**
 * The policies of permissions written as `domain:entity:action`, one per domain and entity. A part that is left out is
 * all of it; a fourth one, which answers of the wire can have, is a division and decides nothing here.
 */
export function policiesOf(permissions: readonly string[]): PermissionPolicyRow[] {
  const byEntity = new Map<string, PermissionPolicyRow & { actionSet: string[] }>();
  for (const permission of permissions) {
    const [domain = '*', entityName = '*', action = '*'] = permission.split(':');
    const key = `${domain}:${entityName}`;
    const policy = byEntity.get(key) ?? { domain, entityName, actionSet: [] };
    if (!policy.actionSet.includes(action)) policy.actionSet.push(action);
    byEntity.set(key, policy);
  }
  return [...byEntity.values()];
}

/** What a role of the file allows, whichever way it says so. */
export const allPoliciesOf = ({
  permissionPolicies = [],
  permissions = [],
}: {
  readonly permissionPolicies?: readonly PermissionPolicyRow[] | undefined;
  readonly permissions?: readonly string[] | undefined;
}): PermissionPolicyRow[] => [...permissionPolicies, ...policiesOf(permissions)];
