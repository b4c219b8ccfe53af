import { GrantType } from '@latchkey/domain/grant-type';
import { RoleDivision, WireState } from '@latchkey/domain/client';
import * as z from 'zod';

/** A reference to something with a name (platform-api 2.1, DomainEntityRef). */
export const EntityRef = z.object({ id: z.string(), name: z.string().optional(), selfUri: z.string().optional() });

/** The paging members of a classic listing (platform-api 3.5); URIs are relative, an absent `nextUri` is the last page. */
const paging = {
  pageSize: z.int().optional(),
  pageNumber: z.int().optional(),
  pageCount: z.int().optional(),
  total: z.int().optional(),
  firstUri: z.string().optional(),
  previousUri: z.string().optional(),
  nextUri: z.string().optional(),
  lastUri: z.string().optional(),
  selfUri: z.string().optional(),
};

/** A classic listing of entities. */
export const listing = <E extends z.ZodType>(entity: E) => z.object({ entities: z.array(entity), ...paging });

/** A short listing: no paging members (platform-api 2.4). */
export const shortListing = <E extends z.ZodType>(entity: E) =>
  z.object({ total: z.int().optional(), entities: z.array(entity), selfUri: z.string().optional() });

/** A wire instant: ISO 8601 UTC; milliseconds are optional on the real wire. */
export const WireInstant = z.string();

/** OAuthClient as answered (platform-api 2.1), with the embedded Platform's extensions (architecture 6) optional. */
export const OAuthClient = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  /** May be missing in list rows of older contracts. */
  authorizedGrantType: GrantType.optional(),
  authorizedGrantTypes: z.array(GrantType).optional(),
  accessTokenValiditySeconds: z.int().optional(),
  registeredRedirectUri: z.array(z.string()).optional(),
  scope: z.array(z.string()).optional(),
  roleDivisions: z.array(RoleDivision).optional(),
  roleIds: z.array(z.string()).optional(),
  state: WireState.optional(),
  dateToDelete: WireInstant.optional(),
  dateCreated: WireInstant.optional(),
  dateModified: WireInstant.optional(),
  createdBy: EntityRef.optional(),
  modifiedBy: EntityRef.optional(),
  allowedIpRanges: z.array(z.string()).optional(),
  /** Extension: when the current secret was made; feeds the secret's age in the inventory (product 3.1). */
  dateSecretCreated: WireInstant.optional(),
  dateLastUsed: WireInstant.optional(),
  /** Extension: whom the organization file names as the owner; never changed by a request. */
  owner: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  selfUri: z.string().optional(),
});
export type OAuthClient = z.infer<typeof OAuthClient>;

/** OAuthClient in the only two answers that carry a secret: create, and new secret. */
export const OAuthClientWithSecret = OAuthClient.extend({ secret: z.string() });
export type OAuthClientWithSecret = z.infer<typeof OAuthClientWithSecret>;

/**
 * OAuthClientRequest (platform-api 2.1). Types only: the rules speak with the wire's own codes, so the handler applies
 * them; unknown and read-only members are tolerated and ignored, as the real wire does.
 */
export const OAuthClientRequest = z.object({
  name: z.string().optional(),
  authorizedGrantType: z.string().optional(),
  authorizedGrantTypes: z.array(z.string()).optional(),
  accessTokenValiditySeconds: z.number().optional(),
  description: z.string().nullish(),
  registeredRedirectUri: z.array(z.string()).nullish(),
  roleIds: z.array(z.string()).nullish(),
  scope: z.array(z.string()).nullish(),
  roleDivisions: z.array(RoleDivision).nullish(),
  state: z.string().optional(),
  dateToDelete: z.string().nullish(),
  allowedIpRanges: z.array(z.string()).nullish(),
});
export type OAuthClientRequest = z.infer<typeof OAuthClientRequest>;

/** A secret of a client, never its value (extension, architecture 6). */
export const OAuthClientSecret = z.object({
  id: z.string(),
  /** The last four characters, to tell secrets apart (product 7.2). */
  hint: z.string(),
  dateCreated: WireInstant,
  createdBy: EntityRef.optional(),
  dateLastUsed: WireInstant.optional(),
  usesToday: z.int(),
  /** When it stops; absent on the current one. */
  dateEnds: WireInstant.optional(),
  reason: z.string().optional(),
});
export type OAuthClientSecret = z.infer<typeof OAuthClientSecret>;

/** OAuthScope (platform-api 2.4). */
export const OAuthScope = z.object({
  id: z.string(),
  description: z.string().optional(),
  selfUri: z.string().optional(),
});

/** A permission policy of a role or a person (platform-api 2.7, 2.8). */
export const PermissionPolicy = z.object({
  id: z.string().optional(),
  domain: z.string(),
  entityName: z.string(),
  policyName: z.string().optional(),
  policyDescription: z.string().optional(),
  actionSet: z.array(z.string()),
  allowConditions: z.boolean().optional(),
  namedResources: z.array(z.string()).optional(),
});

/** DomainOrganizationRole (platform-api 2.8). */
export const Role = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  defaultRoleId: z.string().optional(),
  permissions: z.array(z.string()).optional(),
  unusedPermissions: z.array(z.string()).optional(),
  permissionPolicies: z.array(PermissionPolicy).optional(),
  userCount: z.int().optional(),
  roleNeedsUpdate: z.boolean().optional(),
  base: z.boolean().optional(),
  default: z.boolean().optional(),
  selfUri: z.string().optional(),
});
export type Role = z.infer<typeof Role>;

/** Division (platform-api 2.8). */
export const Division = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  homeDivision: z.boolean().optional(),
  objectCounts: z.record(z.string(), z.int()).optional(),
  selfUri: z.string().optional(),
});
export type Division = z.infer<typeof Division>;

/** A subject with its grants (platform-api 2.8). */
export const Subject = z.object({
  id: z.string(),
  name: z.string().optional(),
  version: z.int().optional(),
  grants: z.array(
    z.object({
      subjectId: z.string().optional(),
      division: Division.optional(),
      role: z
        .object({
          id: z.string(),
          name: z.string().optional(),
          description: z.string().optional(),
          default: z.boolean().optional(),
          policies: z
            .array(z.object({ domain: z.string(), entityName: z.string(), actions: z.array(z.string()) }))
            .optional(),
        })
        .optional(),
      grantMadeAt: WireInstant.optional(),
    }),
  ),
  selfUri: z.string().optional(),
});
export type Subject = z.infer<typeof Subject>;

/** A person (platform-api 2.7). */
export const User = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().optional(),
  username: z.string().optional(),
  title: z.string().optional(),
  department: z.string().optional(),
  state: z.enum(['active', 'inactive', 'deleted']).optional(),
  division: EntityRef.optional(),
  version: z.int().optional(),
  selfUri: z.string().optional(),
});
export type User = z.infer<typeof User>;

/** What a person may do, as `expand=authorization` tells it (platform-api 2.7). */
export const UserAuthorization = z.object({
  roles: z.array(EntityRef).optional(),
  unusedRoles: z.array(EntityRef).optional(),
  permissions: z.array(z.string()).optional(),
  permissionPolicies: z.array(PermissionPolicy).optional(),
});

/** Organization (platform-api 2.11). */
export const Organization = z.object({
  id: z.string(),
  name: z.string(),
  defaultLanguage: z.string().optional(),
  defaultCountryCode: z.string().optional(),
  thirdPartyOrgName: z.string().optional(),
  domain: z.string().optional(),
  features: z.record(z.string(), z.boolean()).optional(),
  version: z.int().optional(),
  state: z.string().optional(),
  productPlatform: z.string().optional(),
  selfUri: z.string().optional(),
});
export type Organization = z.infer<typeof Organization>;

/** The person behind the token, with what was asked to be expanded (platform-api 2.7, UserMe). */
export const UserMe = User.extend({
  authorization: UserAuthorization.optional(),
  organization: Organization.optional(),
});
export type UserMe = z.infer<typeof UserMe>;

/** The query of a classic listing; arrays come repeated or comma-joined (platform-api 3.5). */
export const Paging = z.object({
  pageSize: z.coerce.number().int().min(1).max(500).default(25),
  pageNumber: z.coerce.number().int().min(1).default(1),
});

/** A list in a query, repeated or comma-joined. */
export const QueryList = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (Array.isArray(given) ? given : [given]).flatMap((part) => part.split(',')).filter(Boolean));
