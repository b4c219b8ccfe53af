import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@latchkey/contract/faults';
import { transaction } from '@latchkey/database/transaction';
import type { AuditEvent } from '@latchkey/domain/audit';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { whoOf } from '../audit/who.ts';
import type { Context } from '../context.ts';
import { rowWords } from '../inventory/store.ts';
import { wordsOf } from '../inventory/words.ts';
import type { Parts } from '../parts.ts';
import type { PlatformClient } from '../platform/door.ts';
import { finish, type ActKey, type Done } from './idempotency.ts';
import { intend, settleIntention, type Plan } from './intentions.ts';
import { recordHalfDeleted, recordSuccess, type Success } from './record.ts';

/** A change to be carried out on the Platform. */
export interface Change<S extends Success> {
  readonly key: ActKey;
  /** The client that it is about; `null` for one that is still to be made. */
  readonly client: AuditEvent['client'];
  readonly plan: Plan;
  /** Asks the Platform, once. */
  readonly ask: () => Promise<S>;
}

/** Thrown by a deletion whose second half was refused: the client is switched off, and there. */
export class HalfDeleted extends Error {
  override name = 'HalfDeleted';
  readonly client: PlatformClient;
  constructor(client: PlatformClient, cause: unknown) {
    super('The client was switched off but not deleted', { cause });
    this.client = client;
  }
}

/**
 * Records the intention, asks the Platform, records the outcome (architecture 5). A lost answer leaves the intention
 * open, for the settlement.
 *
 * @param doneWith what a repetition with the same key is answered with
 */
export async function carryOut<S extends Success>(
  parts: Parts,
  context: Context,
  { key, client, plan, ask }: Change<S>,
  doneWith: (success: S) => Partial<Done> = () => ({}),
): Promise<S> {
  const words = await rowWords(parts.db, parts.platform, await wordsOf(parts.platform, context));
  const intention = await intend(
    parts,
    { operation: context.operation, who: whoOf(parts, context), client, plan },
    key,
  );
  try {
    const success = await ask();
    await persist(parts, async (tx, at) => {
      await recordSuccess(tx, intention, success, { at, words });
      if (key.key !== '')
        await finish(tx, key, at, { clientId: success.client?.id ?? client?.id ?? null, ...doneWith(success) });
    });
    return success;
  } catch (error) {
    if (error instanceof HalfDeleted) {
      await persist(parts, (tx, at) => recordHalfDeleted(tx, intention, error.client, { at, words }));
      throw error.cause;
    }
    // Only a clear refusal is an outcome; for all else the settlement looks.
    if (error instanceof Fault && error.code !== 'outcome.unknown' && error.code !== 'storage.unavailable') {
      await transaction(parts.db, (tx) => settleIntention(tx, intention, 'failed', parts.clock()));
    }
    throw error;
  }
}

/** What was done upstream must be recorded: a database that is away for a moment is waited for. */
async function persist(parts: Parts, work: (tx: NodePgDatabase, at: Date) => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction(parts.db, (tx) => work(tx, parts.clock()));
    } catch (error) {
      if (attempt >= 4)
        throw new Fault(
          'storage.unavailable',
          {
            detail: 'The change was made, but could not be recorded yet. It will be, as soon as the database is back.',
          },
          { cause: error },
        );
      await pause(500 * attempt);
    }
  }
}
