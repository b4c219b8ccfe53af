import * as z from 'zod';
import { ClientState, Environment, Instant } from './client.ts';
import { FindingSeverity } from './findings.ts';
import { GrantType } from './grant-type.ts';

/** The columns of the inventory, in the order in which they stand at first (product 3.1). */
export const clientColumns = [
  'name',
  'description',
  'id',
  'grantTypes',
  'state',
  'roles',
  'divisions',
  'scopes',
  'redirectUris',
  'owner',
  'environment',
  'dateCreated',
  'createdBy',
  'dateModified',
  'modifiedBy',
  'dateLastUsed',
  'secretCreatedAt',
  'nextRotationAt',
  'findings',
  'dateToDelete',
] as const;

/** A column to sort by; every one can be (product 3.2). */
export const ClientSort = z.enum(clientColumns);
export type ClientSort = z.infer<typeof ClientSort>;

export const SortOrder = z.enum(['asc', 'desc']);
export type SortOrder = z.infer<typeof SortOrder>;

/** Stands among ids of people for "nobody", to find clients without an owner. */
export const nobody = 'none';

/** A rotation that is due within this many days is due soon. */
export const rotationSoonDays = 7;

/** When the next rotation of the secret is due, seen from now; `none` without a secret whose age is known. */
export const RotationDue = z.enum(['overdue', 'soon', 'later', 'none']);
export type RotationDue = z.infer<typeof RotationDue>;

const text = z.string().max(200);
const texts = z.array(text).max(100);

/**
 * What the inventory can be narrowed to; the same members in the page's URL, the contract and the server. Members are
 * joined by "and", the values of one by "or". An instant "from" is included, "to" is not.
 */
export const ClientFilter = z.object({
  /** Searched in name, description, id, owner, redirect URI, role and scope. */
  q: text.optional(),
  /** Text that the name contains, whatever its case and accents; the same for the three below. */
  name: text.optional(),
  description: text.optional(),
  id: text.optional(),
  /** Text that one of the redirect URIs contains. */
  redirectUri: text.optional(),
  states: z.array(ClientState).optional(),
  grantTypes: z.array(GrantType).optional(),
  /** Ids of people; `nobody` finds clients without an owner. */
  ownerIds: texts.optional(),
  environments: z.array(Environment).optional(),
  roleIds: texts.optional(),
  divisionIds: texts.optional(),
  scopes: texts.optional(),
  /** Ids of the people who created the client. */
  createdBy: texts.optional(),
  createdFrom: Instant.optional(),
  createdTo: Instant.optional(),
  /** Ids of the people who changed the client last. */
  modifiedBy: texts.optional(),
  modifiedFrom: Instant.optional(),
  modifiedTo: Instant.optional(),
  lastTokenFrom: Instant.optional(),
  /** No token at or after this instant; keeps clients that never had one. */
  lastTokenTo: Instant.optional(),
  secretOlderThanDays: z.coerce.number().int().min(1).max(36_500).optional(),
  /** When the next rotation is due. */
  rotations: z.array(RotationDue).optional(),
  rotationFrom: Instant.optional(),
  rotationTo: Instant.optional(),
  /** When a client that is pending removal goes for good. */
  removalFrom: Instant.optional(),
  removalTo: Instant.optional(),
  /** Clients whose grade is one of these. */
  findings: z.array(FindingSeverity).optional(),
});
export type ClientFilter = z.infer<typeof ClientFilter>;
