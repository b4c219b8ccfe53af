import { randomUUID } from 'node:crypto';
import { eventsOfChanges, type AuditAction, type AuditEvent } from '@latchkey/domain/audit';
import { changesBetween } from '@latchkey/domain/change';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { append, type NewEvent } from '../audit/append.ts';
import { keep } from '../inventory/keeping.ts';
import type { RowWords } from '../inventory/row.ts';
import { takeOut, takeOver } from '../inventory/store.ts';
import type { PlatformClient } from '../platform/door.ts';
import { noteNeverRevealed, putSealed, type SealedSecret } from '../reveal/sealed-secrets.ts';
import { settleIntention, type Intention, type Plan } from './intentions.ts';

/** A sealed secret that came with the change. */
export type NewSealed = Omit<SealedSecret, 'ways' | 'endedAs' | 'endedAt' | 'storedWhere'>;

/** What became of an intention that succeeded. */
export interface Success {
  /** The client afterwards; `null` when it is gone for good. */
  readonly client: PlatformClient | null;
  /** The secret that the change made; left out when the answer that held it was lost. */
  readonly sealed?: NewSealed;
}

/** With what it is recorded. */
export interface Recording {
  readonly at: Date;
  /** Words for the row of the read model; without them the next comparison takes the change over. */
  readonly words: RowWords | null;
  /** A settlement found out afterwards; nobody got the answer. */
  readonly settled?: true;
}

/**
 * Everything that a success leaves behind, in one transaction: the outcome, what the console keeps of the client, the
 * sealed secret, the row of the read model, and last the events of the audit (architecture 5).
 */
export async function recordSuccess(
  tx: NodePgDatabase,
  intention: Intention,
  success: Success,
  recording: Recording,
): Promise<void> {
  const { plan } = intention;
  const { client, sealed } = success;
  const about = client === null ? intention.client : { id: client.id, name: client.name };
  if (about === null) throw new Error('A success has no client');
  const before = await settleIntention(tx, intention, 'succeeded', recording.at, about.id);
  if (plan.kind === 'create') await keep(tx, about.id, plan.keeping);
  if (plan.kind === 'edit') await keep(tx, about.id, plan.after);
  if (sealed !== undefined) await putSealed(tx, sealed);
  else if (before === null && makesSecret(plan))
    await noteNeverRevealed(tx, lostSecret(intention, about, recording.at));
  if (client === null) await takeOut(tx, [about.id], recording.at);
  else if (recording.words !== null) await takeOver(tx, [client], recording.at, recording.words);
  await append(tx, [
    // A settlement may have been faster than an answer that arrived late; the change is recorded once.
    ...(before === 'succeeded'
      ? []
      : changeEvents(plan, client).map((event) => ({ ...frame(intention, about, recording), ...event }))),
    ...(sealed === undefined
      ? neverRevealed(intention, about, recording, before)
      : [revealed(intention, about, recording, sealed)]),
  ]);
}

/** Records that an intention whose answer was lost came to nothing. */
export async function recordNothing(tx: NodePgDatabase, intention: Intention, at: Date): Promise<void> {
  if ((await settleIntention(tx, intention, 'failed', at)) !== null) return;
  await append(tx, [
    {
      ...frame(intention, intention.client, { at, settled: true }),
      action: actionOf(intention.plan),
      outcome: 'failed',
      reason: 'nothing.happened',
    },
  ]);
}

/** Records that of a deletion only the first half was done: the client is switched off. */
export async function recordHalfDeleted(
  tx: NodePgDatabase,
  intention: Intention,
  client: PlatformClient,
  recording: Recording,
): Promise<void> {
  if (intention.plan.kind !== 'delete') return;
  if ((await settleIntention(tx, intention, 'failed', recording.at, client.id)) !== null) return;
  if (recording.words !== null) await takeOver(tx, [client], recording.at, recording.words);
  const changes = stateChanges(intention.plan.before, client);
  await append(tx, [
    {
      ...frame(intention, { id: client.id, name: client.name }, recording),
      action: 'client.deactivated',
      outcome: 'succeeded',
      changes,
      details: { because: 'deletion.failed' },
    },
  ]);
}

/** The action that a plan is recorded as, whatever its outcome. */
export function actionOf(plan: Plan): AuditAction {
  switch (plan.kind) {
    case 'create':
      return 'client.created';
    case 'edit':
      return 'client.edited';
    case 'state':
      return plan.action;
    case 'delete':
      return plan.meaning === 'final' ? 'client.deleted' : 'client.deletion_scheduled';
    case 'generate':
      return 'secret.generated';
    case 'retire':
      return 'secret.retired';
  }
}

const makesSecret = (plan: Plan): boolean =>
  plan.kind === 'generate' || (plan.kind === 'create' && !plan.settings.grantTypes.every((grant) => grant === 'TOKEN'));

const frame = (
  { who, plan }: Intention,
  client: AuditEvent['client'],
  { at, settled }: Pick<Recording, 'at' | 'settled'>,
) => ({
  ...who,
  at: at.toISOString(),
  client,
  reason: 'reason' in plan ? plan.reason : null,
  details: settled ? { settled: true } : {},
});

type Json = AuditEvent['changes'][number]['after'];
type Event = Pick<NewEvent, 'action' | 'outcome' | 'changes' | 'details'>;

function changeEvents(plan: Plan, client: PlatformClient | null): Event[] {
  const succeeded = (
    action: AuditAction,
    changes: AuditEvent['changes'] = [],
    details?: AuditEvent['details'],
  ): Event => ({
    action,
    outcome: 'succeeded',
    changes,
    ...(details && { details }),
  });
  switch (plan.kind) {
    case 'create':
      return [
        succeeded(
          'client.created',
          Object.entries({ ...plan.settings, ...plan.keeping }).map(([field, after]) => ({
            field,
            before: null,
            after: after as Json,
          })),
        ),
      ];
    case 'edit':
      return eventsOfChanges(changesBetween(plan.before, plan.after)).map(({ action, changes }) =>
        succeeded(action, changes),
      );
    case 'state':
      return [succeeded(plan.action, stateChanges(plan.before, client))];
    case 'delete':
      return [
        succeeded(client === null ? 'client.deleted' : 'client.deletion_scheduled', stateChanges(plan.before, client), {
          meaning: client === null ? 'final' : 'restorable',
        }),
      ];
    case 'generate':
      return [
        succeeded('secret.generated', [], {
          keepPreviousForSeconds: plan.keepPreviousForSeconds,
          previousEndsAt: plan.previousEndsAt,
        }),
      ];
    case 'retire':
      return [succeeded('secret.retired', [], { secretId: plan.secretId, hint: plan.hint })];
  }
}

function stateChanges(
  before: { state: string; dateToDelete: string | null },
  client: PlatformClient | null,
): AuditEvent['changes'] {
  const after = client === null ? { state: null, dateToDelete: null } : client;
  return (['state', 'dateToDelete'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

const revealed = (
  intention: Intention,
  client: AuditEvent['client'],
  { at }: Recording,
  sealed: NewSealed,
): NewEvent => ({
  ...intention.who,
  at: at.toISOString(),
  client,
  action: 'secret.revealed',
  outcome: 'succeeded',
  details: { revealId: sealed.id, why: sealed.why, expiresAt: sealed.expiresAt },
});

const neverRevealed = (
  intention: Intention,
  client: AuditEvent['client'],
  { at }: Recording,
  before: string | null,
): NewEvent[] =>
  before === null && makesSecret(intention.plan)
    ? [
        {
          ...intention.who,
          at: at.toISOString(),
          client,
          action: 'secret.never_revealed',
          outcome: 'succeeded',
          details: { settled: true },
        },
      ]
    : [];

const lostSecret = ({ who, plan }: Intention, client: { id: string; name: string }, at: Date) => ({
  id: randomUUID(),
  clientId: client.id,
  clientName: client.name,
  personId: who.actor.id ?? '',
  sessionRef: who.session ?? '',
  why: plan.kind === 'create' ? ('created' as const) : ('generated' as const),
  createdAt: at.toISOString(),
});

/** Whether a client was made by an intention that is known already. */
export async function isRecorded(tx: NodePgDatabase, clientId: string): Promise<boolean> {
  const { rowCount } = await tx.execute(
    sql`SELECT 1 FROM intentions WHERE client_id = ${clientId} AND plan->>'kind' = 'create'`,
  );
  return rowCount !== 0;
}
