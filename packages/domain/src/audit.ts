import * as z from 'zod';
import type { Change } from './change.ts';
import { Instant } from './client.ts';

export { auditGenesis, linkHash, verifyChain } from './audit-chain.ts';
export type { ChainExpectations, ChainFault, ChainHead, ChainVerdict, Link, Sha256 } from './audit-chain.ts';
export { canonicalJson } from './canonical-json.ts';

/** Everything that is recorded (product 10.1, security L-01). With an outcome each has a code of its own, see `eventCode`. */
export const auditActions = [
  'client.created',
  'client.edited',
  'client.deactivated',
  'client.reactivated',
  'client.deletion_scheduled',
  'client.deleted',
  'client.restored',
  'client.purged',
  'client.changed_outside',
  'scope.added',
  'scope.removed',
  'role.assigned',
  'role.removed',
  'redirect_uri.added',
  'redirect_uri.removed',
  'token_duration.changed',
  'owner.changed',
  'secret.generated',
  'secret.retired',
  'secret.revealed',
  'secret.uncovered',
  'secret.copied',
  'secret.downloaded',
  'secret.delivered',
  'secret.acknowledged',
  'secret.reveal_expired',
  'secret.never_revealed',
  'approval.requested',
  'approval.approved',
  'approval.denied',
  'approval.withdrawn',
  'approval.expired',
  'approval.executed',
  'access.refused',
  'request.forged',
  'rate.limited',
  'session.signed_in',
  'session.signed_out',
  'session.sign_in_failed',
  'session.ended',
  'session.expired',
  'sessions.ended_everywhere',
  'policy.changed',
  'duty.changed',
  'api.exported',
  'audit.read',
  'audit.exported',
  'audit.verified',
] as const;

export const AuditAction = z.enum(auditActions);
export type AuditAction = z.infer<typeof AuditAction>;

/** `unknown`: it was asked for upstream, and the answer was lost; a later event settles it (product 10.2). */
export const AuditOutcome = z.enum(['succeeded', 'refused', 'failed', 'unknown']);
export type AuditOutcome = z.infer<typeof AuditOutcome>;

/** The code of an event as filters and alerts name it, success and failure apart: `secret.generated.refused`. */
export const eventCode = (action: AuditAction, outcome: AuditOutcome): `${AuditAction}.${AuditOutcome}` =>
  `${action}.${outcome}`;

/** Who did it. `console` and `platform` act by themselves; `nobody` has not signed in. */
export const AuditActor = z.object({
  kind: z.enum(['person', 'console', 'platform', 'nobody']),
  /** The subject at the issuer; null for `nobody`. */
  id: z.string().nullable(),
  name: z.string().nullable(),
  issuer: z.string().nullable(),
});
export type AuditActor = z.infer<typeof AuditActor>;

/** A field before and after; secrets never. */
export const AuditChange = z.object({ field: z.string(), before: z.json(), after: z.json() });
export type AuditChange = z.infer<typeof AuditChange>;

/** One event of the audit, chained to the one before (product 10, security L-02). */
export const AuditEvent = z.object({
  /** Counts from 1 without gaps. */
  seq: z.int().min(1),
  /** UTC with milliseconds. */
  at: Instant,
  actor: AuditActor,
  /** A hash of the session's id; never the id. */
  session: z.string().nullable(),
  /** The address that asked. */
  address: z.string().nullable(),
  action: AuditAction,
  client: z.object({ id: z.string(), name: z.string() }).nullable(),
  outcome: AuditOutcome,
  /** The reason that the person gave, or the code of the refusal. */
  reason: z.string().nullable(),
  changes: z.array(AuditChange),
  /** What else belongs to this kind of event. */
  details: z.record(z.string(), z.json()),
  requestId: z.string(),
  /** The hash of the event before; `auditGenesis` for the first. */
  previousHash: z.string(),
  /** `linkHash` of all the members above. */
  hash: z.string(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

/** The actions that a saved change of a client is recorded as, each with the fields that belong to it (security L-01). */
export function eventsOfChanges(changes: readonly Change[]): { action: AuditAction; changes: AuditChange[] }[] {
  const events = new Map<AuditAction, AuditChange[]>();
  const add = (action: AuditAction, field: string, before: AuditChange['before'], after: AuditChange['after']) =>
    events.set(action, [...(events.get(action) ?? []), { field, before, after }]);
  const pairs = {
    scopes: ['scope.added', 'scope.removed'],
    roleDivisions: ['role.assigned', 'role.removed'],
    redirectUris: ['redirect_uri.added', 'redirect_uri.removed'],
    grantTypes: ['client.edited', 'client.edited'],
  } as const;
  for (const change of changes) {
    if (change.kind === 'set') {
      const [added, removed] = pairs[change.field];
      if (change.removed.length > 0) add(removed, change.field, [...change.removed], null);
      if (change.added.length > 0) add(added, change.field, null, [...change.added]);
    } else if (change.kind === 'number') {
      add('token_duration.changed', change.field, change.before, change.after);
    } else {
      add(change.field === 'owner' ? 'owner.changed' : 'client.edited', change.field, change.before, change.after);
    }
  }
  return [...events].map(([action, of]) => ({ action, changes: of }));
}
