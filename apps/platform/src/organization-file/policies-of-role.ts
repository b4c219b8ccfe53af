import type { PermissionPolicyRow } from '../storage/schema.ts';

/** The policies of permissions written as `domain:entity:action`, one per domain and entity. */
export function policiesOf(permissions: readonly string[]): PermissionPolicyRow[] {
  const byEntity = new Map<string, PermissionPolicyRow & { actionSet: string[] }>();
  for (const permission of permissions) {
    const [domain = '', entityName = '', action = ''] = permission.split(':');
    const key = `${domain}:${entityName}`;
    const policy = byEntity.get(key) ?? { domain, entityName, actionSet: [] };
    policy.actionSet.push(action);
    byEntity.set(key, policy);
  }
  return [...byEntity.values()];
}
