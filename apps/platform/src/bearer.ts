import { allPermissions } from '@latchkey/domain/permission';
import type { Permission } from '@latchkey/domain/permission';
import type { RoleDivision } from '@latchkey/domain/client';
import type { Pool } from 'pg';
import { idHash } from './authorization-server/adapter.ts';
import { openIdScopes } from './authorization-server/client-metadata.ts';
import { lifetimes } from './authorization-server/lifetimes.ts';
import type { CallerOf } from './context/caller.ts';
import type { Clock } from './context/platform.ts';
import type { PermissionPolicyRow } from './storage/schema.ts';

/** Stands for a token whose every scope was taken off its client since: it opens nothing that needs a scope. */
export const noScope = 'none';

/** What the console's own client may do by itself, for its read model and its jobs (architecture 3). */
const builtInPermissions: readonly Permission[] = [
  'oauth:client:view',
  'authorization:role:view',
  'authorization:grant:view',
  'audits:audit:view',
  'usage:client:view',
  'usage:organization:view',
  'integrations:integration:view',
  'integrations:action:view',
  'architect:flow:view',
  'architect:dependencyTracking:view',
];

interface TokenRow {
  scope: string | null;
  exp: number;
  authTime: number | null;
  userId: string | null;
  clientId: string;
  clientName: string;
  clientScopes: string[];
  builtIn: boolean;
  organizationId: string | null;
  grants: RoleDivision[];
  policies: PermissionPolicyRow[][];
}

// One query, so that a change of role, scope or state bites with the next call (security O-07).
const query = `
  WITH token AS (
    SELECT p.payload, p.account_id, c.id, c.name, c.scopes, c.built_in, c.role_divisions
    FROM oidc_payloads p JOIN clients c ON c.id = p.client_id LEFT JOIN users u ON u.id = p.account_id
    WHERE p.model = ANY('{AccessToken,ClientCredentials}') AND p.id_hash = $1
      AND c.state = 'active' AND (p.account_id IS NULL OR u.state = 'active')
  ), held AS (
    SELECT g.role_id, g.division_id FROM token t JOIN user_grants g ON g.user_id = t.account_id
    UNION
    SELECT d ->> 'roleId', d ->> 'divisionId' FROM token t, jsonb_array_elements(t.role_divisions) d
    WHERE t.account_id IS NULL
  ), live AS (SELECT h.* FROM held h JOIN roles r ON r.id = h.role_id)
  SELECT t.payload ->> 'scope' AS scope, (t.payload ->> 'exp')::float8 AS exp,
    (t.payload -> 'extra' ->> 'auth_time')::float8 AS "authTime", t.account_id AS "userId", t.id AS "clientId",
    t.name AS "clientName", t.scopes AS "clientScopes", t.built_in AS "builtIn",
    (SELECT id FROM organization LIMIT 1) AS "organizationId",
    coalesce((SELECT json_agg(json_build_object('roleId', role_id, 'divisionId', division_id)) FROM live), '[]') AS grants,
    coalesce((SELECT json_agg(r.permission_policies) FROM roles r
      WHERE r.id IN (SELECT role_id FROM live)), '[]') AS policies
  FROM token t`;

/** Resolves bearer tokens against the database as it is now. */
export const bearerTokens =
  (pool: Pool, clock: Clock): CallerOf =>
  async (token) => {
    if (token === undefined || token === '') return { refused: 'authentication.required' };
    const { rows } = await pool.query<TokenRow>({ name: 'bearer', text: query, values: [idHash(token)] });
    const row = rows[0];
    if (row === undefined) return { refused: 'bad.credentials' };
    if (row.exp + lifetimes.clockTolerance <= Math.floor(clock().getTime() / 1_000))
      return { refused: 'credentials.expired' };
    const common = {
      clientId: row.clientId,
      clientName: row.clientName,
      clientBuiltIn: row.builtIn,
      grants: row.grants,
      scopes: scopesNow(row),
      organizationId: row.organizationId ?? '',
    };
    const held = permissionsOf(row.policies.flat());
    if (row.userId !== null) {
      return { kind: 'person', ...common, userId: row.userId, authTime: row.authTime, permissions: held };
    }
    return { kind: 'client', ...common, permissions: row.builtIn ? new Set(builtInPermissions) : held };
  };

/** The token's scopes without those that the client does not have any more; a scope given later never widens a token. */
function scopesNow({ scope, clientScopes, builtIn, userId }: TokenRow): string[] {
  const given = (scope ?? '').split(' ').filter(Boolean);
  if (builtIn) return given;
  if (userId === null && clientScopes.length === 0) return given;
  if (userId === null && given.length === 0) return clientScopes;
  const still = new Set([...clientScopes, ...(userId === null ? [] : openIdScopes)]);
  const kept = given.filter((one) => still.has(one));
  return kept.length > 0 ? kept : [noScope];
}

/** The permissions of the vocabulary that policies give; `*` stands for a whole segment (platform-api 2.7). */
export function permissionsOf(policies: readonly PermissionPolicyRow[]): Set<Permission> {
  const held = new Set<Permission>();
  for (const permission of allPermissions) {
    const [domain = '', entity = '', action = ''] = permission.split(':');
    const gives = policies.some(
      (policy) =>
        fits(policy.domain, domain) &&
        fits(policy.entityName, entity) &&
        policy.actionSet.some((one) => fits(one, action)),
    );
    if (gives) held.add(permission);
  }
  return held;
}

const fits = (pattern: string, word: string): boolean => pattern === '*' || pattern === word;
