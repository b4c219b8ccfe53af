import { ClientId, RoleDivision } from '@latchkey/domain/client';
import { GrantType } from '@latchkey/domain/grant-type';
import { maxScimTokenSeconds, minTokenSeconds } from '@latchkey/domain/token-duration';
import * as z from 'zod';

/**
 * The organization file (architecture 6, product 1.3): entries in the wire's shapes with some additions. Members that
 * are not named here are ignored, and so is a member that is null, so that answers of a real organization can be put in
 * as they are. Ids can be left out wherever nothing refers to them.
 */

/** ISO 8601 as people write it: with or without a time, with or without a zone (then it is UTC). */
const isoDate = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
const Iso = z
  .string()
  .regex(isoDate, { error: 'must be a date in ISO 8601' })
  .refine((text) => !Number.isNaN(instantIn(text)), { error: 'must be a date that exists' });

/** An instant, or one counted from the moment of loading, so that a sample never grows old. */
const When = z
  .union([
    Iso,
    z.object({ daysAgo: z.number().min(0).max(36_500) }),
    z.object({ daysAhead: z.number().min(0).max(36_500) }),
  ])
  .meta({ description: 'ISO 8601, or days before or after the moment of loading' });
export type When = z.infer<typeof When>;

/** Ids are the file's own; any printable text without blanks. */
const Id = z.string().regex(/^[\x21-\x7e]{1,200}$/, { error: 'must be 1 to 200 printable characters without blanks' });
const Text = z
  .string()
  .max(10_000)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), { error: 'has a character that cannot be stored' });
const Ref = z.union([Id.transform((id) => ({ id })), z.object({ id: Id })]);
const Who = z
  .union([Text.min(1).transform((id) => ({ id })), z.object({ id: Text.min(1) })])
  .meta({ description: 'A person: id, e-mail address, user name or name' });
const Email = z.string().regex(/^[^\s@]{1,200}@[^\s@]{1,200}$/, { error: 'must be an e-mail address' });

export const OrganizationEntry = z.object({
  id: Id.optional(),
  name: Text.min(1).optional(),
  thirdPartyOrgName: Text.optional(),
  domain: Text.optional(),
  defaultLanguage: Text.optional(),
  defaultCountryCode: Text.optional(),
  features: z
    .record(z.string(), z.boolean())
    .optional()
    .meta({ description: 'hipaa, pci, scopeEnforcement (on unless false)' }),
  version: z.int().min(1).optional(),
  limits: z
    .record(z.string(), z.record(z.string(), z.number().min(0)))
    .optional()
    .meta({ description: 'Namespace, key, value; auth.api oauth.clients.max is how many clients there can be' }),
});

export const DivisionEntry = z.object({
  id: Id,
  name: Text.min(1),
  description: Text.optional(),
  homeDivision: z.boolean().optional().meta({ description: 'Exactly one; the first one if none says so' }),
});

export const RoleEntry = z.object({
  id: Id.optional(),
  name: Text.min(1),
  description: Text.optional(),
  defaultRoleId: Id.optional().meta({ description: 'scimIntegration is the role that allows tokens of 450 days' }),
  permissionPolicies: z
    .array(z.object({ domain: Text.min(1), entityName: Text.min(1), actionSet: z.array(Text.min(1)) }))
    .optional(),
  permissions: z
    .array(z.string().regex(/^[^:]+(?::[^:]+){0,3}$/))
    .optional()
    .meta({ description: 'domain:entity:action, beside policies or instead of them; * stands for a whole part' }),
  base: z.boolean().optional(),
});

export const UserEntry = z.object({
  id: Id.optional(),
  name: Text.min(1).optional(),
  email: Email.optional().meta({ description: 'With it people sign in; the user name when left out' }),
  username: Text.optional(),
  title: Text.optional(),
  department: Text.optional(),
  state: z.enum(['active', 'inactive', 'deleted']).optional(),
  division: Ref.optional(),
  version: z.int().min(1).optional(),
  password: z
    .string()
    .min(1)
    .max(1_000)
    .optional()
    .meta({ description: 'Stored as a hash; without one a password is generated at the first start' }),
  grants: z.array(RoleDivision).optional(),
});

export const ScopeEntry = z.union([
  Id.transform((id) => ({ id, description: '' })),
  z.object({ id: Id, description: Text.default('') }),
]);

export const ClientEntry = z.object({
  id: ClientId.optional().meta({ description: 'The client_id; made up when left out' }),
  name: Text.min(1),
  description: Text.nullish(),
  authorizedGrantType: GrantType,
  authorizedGrantTypes: z.array(GrantType).min(1).optional(),
  accessTokenValiditySeconds: z.int().min(minTokenSeconds).max(maxScimTokenSeconds).optional(),
  registeredRedirectUri: z.array(Text).nullish(),
  scope: z.array(Text).nullish(),
  roleDivisions: z.array(RoleDivision).nullish(),
  roleIds: z.array(Id).nullish(),
  state: z.enum(['active', 'inactive', 'disabled']).optional(),
  dateToDelete: When.nullish(),
  dateCreated: When.optional(),
  createdBy: Who.optional(),
  dateModified: When.optional(),
  modifiedBy: Who.optional(),
  dateLastUsed: When.nullish(),
  allowedIpRanges: z.array(Text).optional(),
  secret: z
    .string()
    .min(1)
    .max(1_000)
    .optional()
    .meta({ description: 'Stored as a hash; without one the client has no secret' }),
  dateSecretCreated: When.optional(),
  owner: z
    .union([Text, z.record(z.string(), z.unknown())])
    .optional()
    .meta({
      description: 'Told to the console: a person of this file by id, e-mail address or name, or somebody else by name',
    }),
});

/** An entry that is kept as it is. */
export const KeptEntry = z.record(z.string(), z.unknown());

/** The whole file. */
export const OrganizationFile = z
  .object({
    organization: OrganizationEntry.optional(),
    divisions: z.array(DivisionEntry).optional(),
    roles: z.array(RoleEntry).optional(),
    users: z.array(UserEntry).optional(),
    scopes: z.array(ScopeEntry).optional(),
    clients: z.array(ClientEntry).optional(),
    integrations: z.array(KeptEntry).optional(),
    credentials: z.array(KeptEntry).optional(),
    actions: z.array(KeptEntry).optional(),
    flows: z.array(KeptEntry).optional(),
    dependencies: z.array(KeptEntry).optional(),
    authorizations: z.array(KeptEntry).optional(),
    usage: z.array(KeptEntry).optional(),
  })
  .meta({ title: 'Organization file', description: 'What the embedded Platform loads when its database is empty' });
export type OrganizationFile = z.input<typeof OrganizationFile>;

/** The JSON Schema of the file, as it lies in the repository. */
export const organizationJsonSchema = (): object => z.toJSONSchema(OrganizationFile, { io: 'input' });

/** The instant that is meant, at the moment of loading. */
export function instantOf(when: When, now: Date): Date {
  if (typeof when === 'string') return new Date(instantIn(when));
  const days = 'daysAgo' in when ? -when.daysAgo : when.daysAhead;
  return new Date(now.getTime() + days * 86_400_000);
}

/** Milliseconds since 1970, or NaN. */
function instantIn(text: string): number {
  const [day = '', time] = text.split(/[T ]/);
  // Days that do not exist would silently become others.
  if (new Date(`${day}T00:00:00Z`).getUTCDate() !== Number(day.slice(8))) return Number.NaN;
  if (time === undefined) return Date.parse(`${day}T00:00:00Z`);
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(time) ? time.replace(/([+-]\d\d)(\d\d)$/, '$1:$2') : `${time}Z`;
  return Date.parse(`${day}T${zoned}`);
}
