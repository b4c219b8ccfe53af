import { Client, ClientKeeping, ClientSettings, Instant, PersonRef } from '@latchkey/domain/client';
import { ClientAction } from '@latchkey/domain/client-action';
import { RotationReason } from '@latchkey/domain/secret';
import * as z from 'zod';

/** Why something may not be done, as it travels with an object; the page turns the code into a sentence. */
export const RefusalView = z.object({
  code: z.string(),
  permissions: z.array(z.string()).optional(),
  /** Names of roles that are not held (ids where the Platform gives no name). */
  roles: z.array(z.string()).optional(),
  at: Instant.optional(),
  /** For `client.breaks_rules`: which of today's rules. */
  faults: z
    .array(z.object({ field: z.string(), reason: z.string(), message: z.string(), remedy: z.string() }))
    .optional(),
});
export type RefusalView = z.infer<typeof RefusalView>;

/** What the reader may not do with the object, by action; an action without an entry is allowed (product 2.6). */
export const Refusals = z.partialRecord(ClientAction, RefusalView);
export type Refusals = z.infer<typeof Refusals>;

/** A role in a division with the names a person reads. `divisionId` `*` is all divisions. */
export const NamedRoleDivision = z.object({
  roleId: z.string(),
  roleName: z.string(),
  divisionId: z.string(),
  divisionName: z.string(),
});

/** A finding with its severity; the page has the words (product 11.4). */
export const FindingView = z.object({
  id: z.string(),
  severity: z.enum(['low', 'medium', 'high']),
  field: z.string().optional(),
  remedy: z.string(),
});

/** One client in the inventory (product 3.1). */
export const ClientRow = Client.extend(ClientKeeping.shape).extend({
  roles: z.array(NamedRoleDivision),
  /** When the current secret was made, where known. */
  secretCreatedAt: Instant.nullable(),
  /** When the secret is due for rotation (30 days by default). */
  nextRotationAt: Instant.nullable(),
  findings: z.array(FindingView),
  refusals: Refusals,
});
export type ClientRow = z.infer<typeof ClientRow>;

/** One client in full (product 6.1). */
export const ClientDetail = ClientRow.extend({
  /** The content's version; an edit names the one it was made from (architecture 5). */
  version: z.string(),
  /** What deleting means at this moment, and until when (product 8.1). */
  deletion: z.object({
    meaning: z.enum(['final', 'restorable']),
    /** For `final`: from when on deleting could be undone (day 31). */
    restorableFrom: Instant.nullable(),
    /** For `restorable`: when the client would be gone for good if deleted now. */
    removedAt: Instant.nullable(),
  }),
  /** A secret that nobody is known to have stored: made, but never shown or never acknowledged (security K-14). */
  unacknowledgedSecret: z.object({ since: Instant, shown: z.boolean() }).nullable(),
  /** Other clients with the same name, so that nobody deletes the wrong one. */
  namesakes: z.int(),
});
export type ClientDetail = z.infer<typeof ClientDetail>;

/**
 * The page's public key for one reveal: an EC P-256 key for ECDH-ES, whose private half cannot be exported
 * (product 5.3, architecture 4).
 */
export const RevealKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().regex(/^[\w-]{43}$/),
  y: z.string().regex(/^[\w-]{43}$/),
});
export type RevealKey = z.infer<typeof RevealKey>;

/** Ways in which a secret left the dialog (product 5.6). */
export const SecretWay = z.enum(['uncovered', 'copied', 'downloaded']);
export type SecretWay = z.infer<typeof SecretWay>;

/** The forms in which the dialog gives a secret (product 5.2). */
export const SecretForm = z.enum(['plain', 'env', 'curl', 'vault', 'aws', 'azure', 'docker', 'kubernetes']);
export type SecretForm = z.infer<typeof SecretForm>;

/** A sealed secret on its way to the one page that can open it (product 5.3). */
export const Reveal = z.object({
  id: z.uuid(),
  clientId: z.string(),
  clientName: z.string(),
  why: z.enum(['created', 'generated']),
  /** JWE compact, `ECDH-ES` with `A256GCM`, to the page's key. */
  sealed: z.string(),
  /** RFC 7638 thumbprint (SHA-256, base64url) of the page's key, to find the private half. */
  keyThumbprint: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  /** When the previous secret stops; null when there is none any more. */
  previousEndsAt: Instant.nullable(),
});
export type Reveal = z.infer<typeof Reveal>;

/** A secret of a client, never its value (product 7.2). */
export const SecretView = z.object({
  id: z.string(),
  hint: z.string(),
  createdAt: Instant,
  createdBy: PersonRef.nullable(),
  lastUsedAt: Instant.nullable(),
  usesToday: z.int().nullable(),
  endsAt: Instant.nullable(),
  state: z.enum(['current', 'previous']),
  reason: RotationReason.nullable(),
});
export type SecretView = z.infer<typeof SecretView>;

/** What a person fills in to create or edit a client. */
export const ClientForm = ClientSettings.extend(ClientKeeping.shape);
export type ClientForm = z.infer<typeof ClientForm>;
