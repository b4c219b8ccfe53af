import { randomUUID } from 'node:crypto';
import { Fault } from '@latchkey/contract/faults';
import { transaction } from '@latchkey/database/transaction';
import type { AuditEvent } from '@latchkey/domain/audit';
import type { ClientKeeping, ClientSettings } from '@latchkey/domain/client';
import type { DeletionMeaning } from '@latchkey/domain/deletion';
import type { RotationReason } from '@latchkey/domain/secret';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { storable } from '../audit/storable.ts';
import type { Who } from '../audit/who.ts';
import { needWritableAudit } from '../audit/writable.ts';
import type { Parts } from '../parts.ts';

/** What is about to be asked of the Platform, with all that is needed to find out later whether it was done. */
export type Plan =
  | { readonly kind: 'create'; readonly settings: ClientSettings; readonly keeping: ClientKeeping }
  | {
      readonly kind: 'edit';
      readonly before: ClientSettings & ClientKeeping;
      readonly after: ClientSettings & ClientKeeping;
      readonly reason: string | null;
    }
  | {
      readonly kind: 'state';
      readonly action: 'client.deactivated' | 'client.reactivated' | 'client.restored';
      readonly before: { readonly state: string; readonly dateToDelete: string | null };
      readonly reason: string | null;
    }
  | {
      readonly kind: 'delete';
      readonly meaning: DeletionMeaning;
      readonly before: { readonly state: string; readonly dateToDelete: string | null };
      readonly reason: string | null;
    }
  | {
      readonly kind: 'generate';
      readonly reason: RotationReason;
      readonly keepPreviousForSeconds: number;
      /** The current secret before; `null` where the Platform tells nothing of secrets. */
      readonly replaces: string | null;
      readonly secretCreatedAt: string | null;
      readonly previousEndsAt: string | null;
    }
  | { readonly kind: 'retire'; readonly secretId: string; readonly hint: string };

/** A change that was begun. */
export interface Intention {
  readonly id: string;
  readonly operation: string;
  readonly who: Who;
  readonly client: AuditEvent['client'];
  readonly plan: Plan;
  readonly createdAt: string;
}

/** How long after its beginning an intention without outcome counts as left behind: more than any call takes, in ms. */
export const leftBehindMs = 12_000;

/**
 * Writes down what is about to be asked of the Platform, committed before the call, so that a lost answer or a killed
 * server leaves a question that can be answered (architecture 5, security K-14). Refused while the audit cannot be
 * written.
 */
export async function intend(
  parts: Pick<Parts, 'db' | 'clock'>,
  given: Pick<Intention, 'operation' | 'who' | 'client' | 'plan'>,
  idempotency: { readonly personId: string; readonly operation: string; readonly key: string },
): Promise<Intention> {
  const intention: Intention = { id: randomUUID(), createdAt: parts.clock().toISOString(), ...storable(given) };
  const { id, operation, who, client, plan, createdAt } = intention;
  await transaction(parts.db, async (tx) => {
    await tx.execute(sql`INSERT INTO intentions
      (id, operation, actor, session, address, request_id, client_id, client_name, plan, created_at)
      VALUES (${id}, ${operation}, ${JSON.stringify(who.actor)}, ${who.session}, ${who.address}, ${who.requestId},
        ${client?.id ?? null}, ${client?.name ?? null}, ${JSON.stringify(plan)}, ${createdAt})`);
    await needWritableAudit(tx);
    if (idempotency.key === '') return;
    const { personId, operation: of, key } = idempotency;
    const { rowCount } = await tx.execute(sql`UPDATE idempotency SET intention_id = ${id}
      WHERE person_id = ${personId} AND operation = ${of} AND key = ${key} AND intention_id IS NULL AND done_at IS NULL`);
    // A repetition took this act over, because this process was asleep for so long that it was taken for dead.
    if (rowCount !== 1) throw new Fault('idempotency.in_progress', { retryAfterSeconds: 2 });
  });
  return intention;
}

/**
 * Says what became of an intention.
 *
 * @returns what was said before, or `null` when this is the first word
 */
export async function settleIntention(
  tx: NodePgDatabase,
  { id }: Pick<Intention, 'id'>,
  outcome: 'succeeded' | 'failed',
  at: Date,
  clientId?: string,
): Promise<'succeeded' | 'failed' | null> {
  const { rows } = await tx.execute<{ outcome: 'succeeded' | 'failed' | null }>(
    sql`SELECT outcome FROM intentions WHERE id = ${id} FOR UPDATE`,
  );
  const before = rows[0]?.outcome ?? null;
  if (before !== 'succeeded') {
    await tx.execute(sql`UPDATE intentions SET outcome = ${outcome}, settled_at = ${at.toISOString()},
      client_id = coalesce(${clientId ?? null}, client_id) WHERE id = ${id}`);
  }
  return before;
}

interface IntentionRow extends Record<string, unknown> {
  id: string;
  operation: string;
  actor: Who['actor'];
  session: string | null;
  address: string | null;
  request_id: string;
  client_id: string | null;
  client_name: string | null;
  plan: Plan;
  created_at: Date | string;
}

const columns = sql.raw('id, operation, actor, session, address, request_id, client_id, client_name, plan, created_at');

const intentionOf = (row: IntentionRow): Intention => ({
  id: row.id,
  operation: row.operation,
  who: { actor: row.actor, session: row.session, address: row.address, requestId: row.request_id },
  client: row.client_id === null ? null : { id: row.client_id, name: row.client_name ?? '' },
  plan: row.plan,
  createdAt: new Date(row.created_at).toISOString(),
});

/** Intentions without outcome that were begun before an instant, oldest first. */
export async function openIntentions(db: NodePgDatabase, before: Date, limit = 50): Promise<Intention[]> {
  const { rows } = await db.execute<IntentionRow>(sql`SELECT ${columns} FROM intentions
    WHERE outcome IS NULL AND created_at < ${before.toISOString()} ORDER BY created_at LIMIT ${limit}`);
  return rows.map(intentionOf);
}

/** One intention without outcome, or `null`. */
export async function openIntention(db: NodePgDatabase, id: string): Promise<Intention | null> {
  const { rows } = await db.execute<IntentionRow>(
    sql`SELECT ${columns} FROM intentions WHERE id = ${id} AND outcome IS NULL`,
  );
  return rows[0] === undefined ? null : intentionOf(rows[0]);
}
