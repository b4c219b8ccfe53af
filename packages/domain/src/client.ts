import * as z from 'zod';
import { GrantType } from './grant-type.ts';

/** An instant as UTC ISO 8601 with milliseconds, as it stands on the wire. */
export const Instant = z.iso.datetime();
export type Instant = z.infer<typeof Instant>;

/**
 * The id of a client, which is the OAuth `client_id`. Platforms make UUIDs; an organization file may bring ids of its
 * own, as long as they mean the same everywhere in a path.
 */
export const ClientId = z.string().regex(/^[A-Za-z0-9][\w-]{0,99}$/);
export type ClientId = z.infer<typeof ClientId>;

/** The divisions wildcard: a role given with it applies everywhere (platform-api 2.1, RoleDivision). */
export const allDivisions = '*';

/** A role given to a client in one division, or in all of them (`*`). */
export const RoleDivision = z.object({ roleId: z.string(), divisionId: z.string() });
export type RoleDivision = z.infer<typeof RoleDivision>;

/** The state on the wire (platform-api 4). */
export const WireState = z.enum(['active', 'inactive', 'disabled', 'deleted']);
export type WireState = z.infer<typeof WireState>;

/**
 * The state a person reads. `deactivated` is inactive without an end (parked); `pending-removal` is inactive with
 * a date on which the client goes for good (product 8.1, 8.4).
 */
export const ClientState = z.enum(['active', 'deactivated', 'pending-removal', 'disabled']);
export type ClientState = z.infer<typeof ClientState>;

/** Where a client runs; decides rotation periods and policies later on. */
export const Environment = z.enum(['production', 'staging', 'test', 'development']);
export type Environment = z.infer<typeof Environment>;

/** The parts of a client that the Platform keeps and that a person can set (product 4.1 to 4.6). */
export const ClientSettings = z.object({
  name: z.string(),
  description: z.string(),
  /** Every grant type of the client; the first is the wire's `authorizedGrantType`. */
  grantTypes: z.array(GrantType),
  /** Roles with their divisions; only with Client Credentials. */
  roleDivisions: z.array(RoleDivision),
  scopes: z.array(z.string()),
  redirectUris: z.array(z.string()),
  /** Life of an access token in seconds. */
  accessTokenValiditySeconds: z.int(),
});
export type ClientSettings = z.infer<typeof ClientSettings>;

/** A person as the Platform names them. */
export const PersonRef = z.object({ id: z.string(), name: z.string(), email: z.string().optional() });
export type PersonRef = z.infer<typeof PersonRef>;

/** What only the console knows of a client (architecture 3). */
export const ClientKeeping = z.object({
  owner: PersonRef.nullable(),
  purpose: z.string(),
  environment: Environment.nullable(),
});
export type ClientKeeping = z.infer<typeof ClientKeeping>;

/** A client as the Platform knows it, in the domain's words; the input of most rules. */
export const Client = ClientSettings.extend({
  id: ClientId,
  state: ClientState,
  /** When a client pending removal goes for good. */
  dateToDelete: Instant.nullable(),
  dateCreated: Instant,
  createdBy: PersonRef.nullable(),
  dateModified: Instant.nullable(),
  modifiedBy: PersonRef.nullable(),
  /** When the last token was issued, where the Platform tells. */
  dateLastUsed: Instant.nullable(),
});
export type Client = z.infer<typeof Client>;

/** The state a person reads, from the two facts on the wire. `deleted` never becomes a client. */
export function clientState(state: WireState, dateToDelete: string | null | undefined): ClientState {
  if (state === 'active') return 'active';
  if (state === 'disabled') return 'disabled';
  return dateToDelete ? 'pending-removal' : 'deactivated';
}
