import { transaction } from '@latchkey/database/transaction';
import { Fault, type FaultCode } from '@latchkey/contract/faults';
import type { AuditAction, AuditEvent } from '@latchkey/domain/audit';
import type { Context } from '../context.ts';
import type { Parts } from '../parts.ts';
import { append } from './append.ts';
import { whoOf } from './who.ts';

/** What an attempt was about, filled in by the handler as soon as it knows. */
export interface Attempt {
  client: AuditEvent['client'];
  reason: string | null;
}

/** Faults that are no attempt at anything: the request itself was not understood, or it is still running. */
const unrecorded: ReadonlySet<FaultCode> = new Set([
  'input.invalid',
  'client.not_found',
  'secret.not_found',
  'reveal.not_found',
  'idempotency.key_missing',
  'idempotency.key_reused',
  'idempotency.in_progress',
  'session.missing',
  'session.expired',
  'storage.unavailable',
  'server.stopping',
  'server.failed',
]);

/** Faults that say the person may not; they are recorded as such whatever was attempted (product 10.1). */
const rights: ReadonlySet<FaultCode> = new Set(['permission.missing', 'role.not_held']);

/**
 * Wraps a handler that changes something, so that every refused, failed or unanswered attempt is one event (product
 * 10.1, security L-13). What succeeded is recorded by the handler, together with the change.
 */
export const attempting =
  <Input, Output>(
    parts: Parts,
    action: AuditAction,
    handle: (input: Input, context: Context, attempt: Attempt) => Promise<Output>,
  ) =>
  async (input: Input, context: Context): Promise<Output> => {
    const attempt: Attempt = { client: null, reason: null };
    try {
      return await handle(input, context, attempt);
    } catch (error) {
      if (error instanceof Fault && !unrecorded.has(error.code)) await record(parts, action, context, attempt, error);
      throw error;
    }
  };

async function record(
  parts: Parts,
  action: AuditAction,
  context: Context,
  attempt: Attempt,
  { code, extra }: Fault,
): Promise<void> {
  const isRight = rights.has(code);
  if (
    code === 'rate.limited' &&
    !(await parts.limits.refusalRecords.allows(`${context.person.id} ${context.operation}`))
  )
    return;
  const recorded: AuditAction = isRight ? 'access.refused' : code === 'rate.limited' ? 'rate.limited' : action;
  await transaction(parts.db, (tx) =>
    append(tx, [
      {
        ...whoOf(parts, context),
        at: parts.clock().toISOString(),
        action: recorded,
        client: attempt.client,
        outcome: outcomeOf(code),
        reason: code,
        details: {
          operation: context.operation,
          ...(extra.permissions && { permissions: extra.permissions }),
          ...(extra.roles && { roles: extra.roles }),
          ...(attempt.reason !== null && { given: attempt.reason }),
        },
      },
    ]),
  );
}

const outcomeOf = (code: FaultCode): AuditEvent['outcome'] => {
  if (code === 'outcome.unknown') return 'unknown';
  return code.startsWith('platform.') ? 'failed' : 'refused';
};
