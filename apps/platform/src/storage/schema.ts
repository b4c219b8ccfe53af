import type { GrantType } from '@latchkey/domain/grant-type';
import type { RoleDivision } from '@latchkey/domain/client';
import { sql } from 'drizzle-orm';
import { boolean, date, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * The tables of `migrations/`, for typed queries. The SQL files are the truth about indexes and rights; nothing is
 * generated from this file.
 */

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** One permission policy of a role: `domain:entityName:action` for each action; `*` stands for a whole segment. */
export interface PermissionPolicyRow {
  readonly domain: string;
  readonly entityName: string;
  readonly actionSet: readonly string[];
}

/** One changed property of an audited thing (platform-api 2.9). */
export interface PropertyChange {
  readonly property: string;
  readonly oldValues?: readonly string[];
  readonly newValues?: readonly string[];
}

/** The organization; a database holds one. */
export const organization = pgTable('organization', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  thirdPartyOrgName: text('third_party_org_name'),
  domain: text('domain'),
  defaultLanguage: text('default_language'),
  defaultCountryCode: text('default_country_code'),
  features: jsonb('features').$type<Record<string, boolean>>().notNull().default({}),
  version: integer('version').notNull().default(1),
});

export const divisions = pgTable('divisions', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  description: text('description'),
  home: boolean('home').notNull().default(false),
});

export const roles = pgTable('roles', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  description: text('description'),
  defaultRoleId: text('default_role_id'),
  permissionPolicies: jsonb('permission_policies').$type<readonly PermissionPolicyRow[]>().notNull().default([]),
  base: boolean('base').notNull().default(false),
});

/** People. `email` is unique without regard to case. */
export const users = pgTable('users', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull(),
  username: text('username'),
  title: text('title'),
  department: text('department'),
  state: text('state').$type<'active' | 'inactive' | 'deleted'>().notNull().default('active'),
  divisionId: text('division_id').references(() => divisions.id),
  /** Made by `hashPassword`; a person without one cannot sign in. */
  passwordHash: text('password_hash'),
  version: integer('version').notNull().default(1),
  dateCreated: instant('date_created').notNull().defaultNow(),
});

/** Roles given to people, each in one division or in all of them (`*`). */
export const userGrants = pgTable(
  'user_grants',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    roleId: text('role_id')
      .notNull()
      .references(() => roles.id, { onDelete: 'cascade' }),
    divisionId: text('division_id').notNull(),
    grantedAt: instant('granted_at').notNull().defaultNow(),
  },
  (grant) => [primaryKey({ columns: [grant.userId, grant.roleId, grant.divisionId] })],
);

export const scopes = pgTable('scopes', {
  id: text('id').primaryKey(),
  description: text('description').notNull().default(''),
});

/** OAuth clients. `deleted` is not a state here: a removed client is a row in `tombstones`. */
export const clients = pgTable('clients', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  description: text('description'),
  grantTypes: text('grant_types').array().$type<GrantType[]>().notNull(),
  accessTokenValiditySeconds: integer('access_token_validity_seconds').notNull().default(86_400),
  redirectUris: text('redirect_uris')
    .array()
    .notNull()
    .default(sql`'{}'`),
  scopes: text('scopes')
    .array()
    .notNull()
    .default(sql`'{}'`),
  roleDivisions: jsonb('role_divisions').$type<readonly RoleDivision[]>().notNull().default([]),
  allowedIpRanges: text('allowed_ip_ranges')
    .array()
    .notNull()
    .default(sql`'{}'`),
  state: text('state').$type<'active' | 'inactive' | 'disabled'>().notNull().default('active'),
  dateToDelete: instant('date_to_delete'),
  dateCreated: instant('date_created').notNull().defaultNow(),
  createdBy: text('created_by'),
  dateModified: instant('date_modified').notNull().defaultNow(),
  modifiedBy: text('modified_by'),
  dateLastUsed: instant('date_last_used'),
  /** Who the organization file says it belongs to; `id` and `name` where it says so, and whatever else it says. */
  owner: jsonb('owner').$type<Readonly<Record<string, unknown>>>(),
  /** The console's own client: never listed by the API, never asked for consent, registered anew at each start. */
  builtIn: boolean('built_in').notNull().default(false),
});

/** Secrets of clients, by their hash (`SecretHasher`); at most two of a client live at a time (security K-18). */
export const clientSecrets = pgTable('client_secrets', {
  id: text('id').primaryKey(),
  clientId: text('client_id')
    .notNull()
    .references(() => clients.id, { onDelete: 'cascade' }),
  hash: text('hash').notNull(),
  /** The last four characters of the secret. */
  hint: text('hint').notNull(),
  dateCreated: instant('date_created').notNull().defaultNow(),
  createdBy: text('created_by'),
  reason: text('reason'),
  /** From this instant on the secret is refused; null on the current one. */
  dateEnds: instant('date_ends'),
  dateLastUsed: instant('date_last_used'),
});

/** How often a secret was used on a day (UTC, `YYYY-MM-DD`). */
export const secretUses = pgTable(
  'secret_uses',
  {
    secretId: text('secret_id')
      .notNull()
      .references(() => clientSecrets.id, { onDelete: 'cascade' }),
    day: date('day', { mode: 'string' }).notNull(),
    uses: integer('uses').notNull().default(0),
  },
  (use) => [primaryKey({ columns: [use.secretId, use.day] })],
);

/** What oidc-provider keeps (codes, tokens, grants, sessions), keyed by the SHA-256 of the value (security O-18). */
export const oidcPayloads = pgTable(
  'oidc_payloads',
  {
    model: text('model').notNull(),
    idHash: text('id_hash').notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    grantId: text('grant_id'),
    uid: text('uid'),
    sessionUid: text('session_uid'),
    accountId: text('account_id'),
    clientId: text('client_id').references(() => clients.id, { onDelete: 'cascade' }),
    expiresAt: instant('expires_at'),
    consumedAt: instant('consumed_at'),
  },
  (row) => [primaryKey({ columns: [row.model, row.idHash] })],
);

/** Signing keys, sealed; retired ones stay in the published key set until their tokens are over. */
export const signingKeys = pgTable('signing_keys', {
  kid: text('kid').primaryKey(),
  sealed: text('sealed').notNull(),
  dateCreated: instant('date_created').notNull().defaultNow(),
  dateRetired: instant('date_retired'),
});

/** The Platform's audit; the app's role can add rows and read them, nothing else. */
export const auditEvents = pgTable('audit_events', {
  id: text('id')
    .primaryKey()
    .default(sql`gen_random_uuid()::text`),
  date: instant('date').notNull().defaultNow(),
  userId: text('user_id'),
  actorClientId: text('actor_client_id'),
  action: text('action').notNull(),
  entityType: text('entity_type').notNull(),
  entityId: text('entity_id'),
  entityName: text('entity_name'),
  status: text('status').notNull(),
  remoteIp: text('remote_ip'),
  context: jsonb('context').$type<Record<string, string>>().notNull().default({}),
  propertyChanges: jsonb('property_changes').$type<readonly PropertyChange[]>().notNull().default([]),
});

/** Clients that are gone for good; their ids never come back. */
export const tombstones = pgTable('tombstones', {
  clientId: text('client_id').primaryKey(),
  dateDeleted: instant('date_deleted').notNull().defaultNow(),
});

/** Small facts about this database, such as that the organization was loaded. */
export const flags = pgTable('flags', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});
