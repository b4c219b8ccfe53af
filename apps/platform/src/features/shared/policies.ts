import { allPermissions } from '@latchkey/domain/permission';
import type { PermissionPolicyRow } from '../../storage/schema.ts';

/**
 * The permissions of some policies as `domain:entity:action`, each once and sorted, wildcards spelled out over the
 * vocabulary as the real wire does (platform-api 2.7). What the vocabulary does not know is kept as it stands.
 */
export function permissionsIn(policies: readonly PermissionPolicyRow[]): string[] {
  const all = policies.flatMap(({ domain, entityName, actionSet }) =>
    actionSet.flatMap((action) => spelledOut(domain, entityName, action)),
  );
  return [...new Set(all)].toSorted();
}

function spelledOut(domain: string, entity: string, action: string): string[] {
  if (domain !== '*' && entity !== '*' && action !== '*') return [`${domain}:${entity}:${action}`];
  const fits = (pattern: string, segment: string | undefined) => pattern === '*' || pattern === segment;
  return allPermissions.filter((permission) => {
    const [d, e, a] = permission.split(':');
    return fits(domain, d) && fits(entity, e) && fits(action, a);
  });
}

/** Policies as the wire tells them, with an id that is the same every time. */
export const policyViews = (policies: readonly PermissionPolicyRow[]) =>
  policies.map(({ domain, entityName, actionSet }) => ({
    id: `${domain}:${entityName}`,
    domain,
    entityName,
    policyName: `${domain}:${entityName}`,
    actionSet: [...actionSet],
    allowConditions: false,
    namedResources: [],
  }));
