import * as z from 'zod';
import { allDivisions, type Client, type ClientKeeping, type ClientSettings } from './client.ts';
import { choosableGrantTypes, type GrantType } from './grant-type.ts';

export const FindingSeverity = z.enum(['low', 'medium', 'high']);
export type FindingSeverity = z.infer<typeof FindingSeverity>;

/** What a finding is about, how bad it is, the field it stands at, and the code of the way to mend it (product 11.4). */
const kinds = {
  no_owner: { severity: 'medium', field: 'owner', remedy: 'assign_owner' },
  no_purpose: { severity: 'low', field: 'purpose', remedy: 'state_purpose' },
  all_divisions: { severity: 'medium', field: 'roleDivisions', remedy: 'narrow_divisions' },
  broad_role: { severity: 'high', field: 'roleDivisions', remedy: 'narrow_roles' },
  many_scopes: { severity: 'medium', field: 'scopes', remedy: 'remove_scopes' },
  write_scopes: { severity: 'low', field: 'scopes', remedy: 'prefer_readonly_scopes' },
  long_token: { severity: 'medium', field: 'accessTokenValiditySeconds', remedy: 'shorten_token' },
  loopback_in_production: { severity: 'medium', field: 'redirectUris', remedy: 'remove_loopback' },
  deprecated_grant: { severity: 'high', field: 'grantTypes', remedy: 'move_to_code' },
  old_secret: { severity: 'medium', remedy: 'generate_secret' },
  unused: { severity: 'medium', remedy: 'deactivate_unused' },
} as const satisfies Record<
  string,
  { severity: FindingSeverity; field?: keyof ClientSettings | keyof ClientKeeping; remedy: string }
>;

export type FindingId = keyof typeof kinds;

export interface Finding {
  readonly id: FindingId;
  readonly severity: FindingSeverity;
  readonly field?: string;
  /** Code of the way to mend it; the page has the words and the link. */
  readonly remedy: string;
}

/** From this many scopes on a client has many. */
export const manyScopes = 10;
/** A token that lasts longer than this is long, in seconds (24 hours). */
export const longTokenSeconds = 86_400;
/** A secret older than this is old, in days (product 7.5). */
export const oldSecretDays = 30;
/** A client without a token for this long is unused, in days. */
export const unusedDays = 90;

/** What findings need to know besides the client. */
export interface FindingFacts {
  readonly now: Date;
  /** When the current secret was made; unknown or none when left out. */
  readonly secretCreatedAt?: string | null;
  /** Roles with a wildcard or administrative permission. */
  readonly broadRoleIds?: ReadonlySet<string> | readonly string[];
  /** Every scope of the organization; tells where a read-only variant exists. */
  readonly scopeIds?: ReadonlySet<string> | readonly string[];
  /** Whether the Platform tells when a client was last used; true when left out. */
  readonly usageKnown?: boolean;
}

const daysBetween = (from: string, to: Date): number => (to.getTime() - Date.parse(from)) / 86_400_000;

/** What is worth mending about a client, worst first. */
export function findingsOf(client: Client & ClientKeeping, facts: FindingFacts): Finding[] {
  const broad = new Set(facts.broadRoleIds ?? []);
  const known = new Set(facts.scopeIds ?? []);
  const choosable: readonly GrantType[] = choosableGrantTypes;
  const holds: Record<FindingId, boolean> = {
    no_owner: client.owner === null,
    no_purpose: client.purpose.trim() === '',
    all_divisions: client.roleDivisions.some(({ divisionId }) => divisionId === allDivisions),
    broad_role: client.roleDivisions.some(({ roleId }) => broad.has(roleId)),
    many_scopes: client.scopes.length >= manyScopes,
    write_scopes: client.scopes.some((scope) => known.has(`${scope}:readonly`)),
    long_token: client.accessTokenValiditySeconds > longTokenSeconds,
    loopback_in_production:
      client.environment === 'production' && client.redirectUris.some((uri) => uri.startsWith('http://')),
    deprecated_grant: client.grantTypes.some((grant) => !choosable.includes(grant)),
    old_secret: facts.secretCreatedAt != null && daysBetween(facts.secretCreatedAt, facts.now) > oldSecretDays,
    unused:
      facts.usageKnown !== false &&
      client.state === 'active' &&
      daysBetween(client.dateLastUsed ?? client.dateCreated, facts.now) > unusedDays,
  };
  return (Object.keys(kinds) as FindingId[])
    .filter((id) => holds[id])
    .map((id): Finding => ({ id, ...kinds[id] }))
    .toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
}

const severities = FindingSeverity.options;

/** The grade of a client: the worst of its findings. */
export const gradeOf = (findings: readonly Pick<Finding, 'severity'>[]): FindingSeverity | 'none' =>
  severities.findLast((severity) => findings.some((finding) => finding.severity === severity)) ?? 'none';
