import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@latchkey/contract/faults';
import { canonicalJson } from '@latchkey/domain/canonical-json';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { sha256 } from '../audit/append.ts';
import type { Context } from '../context.ts';
import type { Parts } from '../parts.ts';
import { leftBehindMs, openIntention, type Intention } from './intentions.ts';

/** The key of one act: a person, an operation, and what the caller chose. Kept as a hash. */
export interface ActKey {
  readonly personId: string;
  readonly operation: string;
  readonly key: string;
}

/** What is known of an act that was done. */
export interface Done {
  readonly answer: unknown;
  readonly clientId: string | null;
  readonly revealId: string | null;
}

/** How one act is done once. */
export interface Once<T> {
  /** All that the caller sent, params and body; kept as a hash. */
  readonly sent: unknown;
  /** Does it. Must call `finish` inside the transaction that records the success. */
  readonly act: (key: ActKey) => Promise<T>;
  /** Gives the answer of the first time again. */
  readonly again: (done: Done) => Promise<T>;
  /** Finds out what became of an act whose server was killed (K-14). */
  readonly settle: (intention: Intention) => Promise<void>;
}

/** How long a key is remembered: 24 hours, in ms (security K-15). */
const rememberedMs = 86_400_000;
/** How long a repetition waits for the first to end, in ms. */
const patienceMs = 6_000;

/**
 * Does an act once for its `Idempotency-Key`, however often it is asked for (product 4.8, security K-15): a repetition
 * waits for the first and gets the same answer; the same key for something else is refused; what was refused without
 * effect may be tried again with the same key.
 *
 * @throws idempotency.key_reused, idempotency.in_progress
 */
export async function once<T>(parts: Parts, context: Context, { sent, act, again, settle }: Once<T>): Promise<T> {
  if (context.idempotencyKey === null)
    return act({ personId: context.person.id, operation: context.operation, key: '' });
  const actKey: ActKey = {
    personId: context.person.id,
    operation: context.operation,
    key: sha256(context.idempotencyKey),
  };
  const bodyHash = sha256(canonicalJson(sent));
  const patient = performance.now() + patienceMs;
  for (let tries = 0; ; tries += 1) {
    if (await claim(parts, actKey, bodyHash)) return doIt(parts, actKey, act);
    const row = await find(parts.db, actKey);
    if (row === null) continue;
    if (row.body_hash !== bodyHash) throw new Fault('idempotency.key_reused');
    if (row.done_at !== null) return again({ answer: row.answer, clientId: row.client_id, revealId: row.reveal_id });
    await lookAfter(parts, actKey, row, settle);
    if (performance.now() > patient) throw new Fault('idempotency.in_progress', { retryAfterSeconds: 2 });
    await pause(Math.min(20 * 2 ** tries, 250));
  }
}

/** Marks an act as done, inside the transaction that records its success. */
export async function finish(
  tx: NodePgDatabase,
  key: ActKey,
  at: Date,
  { answer = null, clientId = null, revealId = null }: Partial<Done>,
): Promise<void> {
  await tx.execute(sql`UPDATE idempotency SET done_at = ${at.toISOString()}, answer = ${answer === null ? null : JSON.stringify(answer)},
    client_id = ${clientId}, reveal_id = ${revealId} WHERE ${theAct(key)}`);
}

/** Marks the act of an intention as done, where a settlement found out. */
export async function finishIntended(
  tx: NodePgDatabase,
  intentionId: string,
  at: Date,
  clientId: string | null,
): Promise<void> {
  await tx.execute(sql`UPDATE idempotency SET done_at = ${at.toISOString()}, client_id = ${clientId}
    WHERE intention_id = ${intentionId} AND done_at IS NULL`);
}

/** Frees the key of an intention that came to nothing. */
export async function freeIntended(tx: NodePgDatabase, intentionId: string): Promise<void> {
  await tx.execute(sql`DELETE FROM idempotency WHERE intention_id = ${intentionId} AND done_at IS NULL`);
}

/** Forgets keys whose time is over. */
export async function forgetOldKeys(parts: Pick<Parts, 'db' | 'clock'>): Promise<void> {
  const before = new Date(parts.clock().getTime() - rememberedMs);
  await parts.db.execute(sql`DELETE FROM idempotency WHERE created_at < ${before.toISOString()}`);
}

const theAct = ({ personId, operation, key }: ActKey) =>
  sql`person_id = ${personId} AND operation = ${operation} AND key = ${key}`;

async function claim({ db, clock }: Parts, { personId, operation, key }: ActKey, bodyHash: string): Promise<boolean> {
  const now = clock();
  const { rowCount } =
    await db.execute(sql`INSERT INTO idempotency AS known (person_id, operation, key, body_hash, created_at)
    VALUES (${personId}, ${operation}, ${key}, ${bodyHash}, ${now.toISOString()})
    ON CONFLICT (person_id, operation, key) DO UPDATE SET body_hash = excluded.body_hash, created_at = excluded.created_at,
      intention_id = NULL, done_at = NULL, answer = NULL, client_id = NULL, reveal_id = NULL
    WHERE known.created_at < ${new Date(now.getTime() - rememberedMs).toISOString()}`);
  return rowCount === 1;
}

async function doIt<T>({ db }: Parts, key: ActKey, act: Once<T>['act']): Promise<T> {
  try {
    return await act(key);
  } catch (error) {
    // Refused without effect: the key is free again. What was begun and has no outcome keeps it.
    await db
      .execute(sql`DELETE FROM idempotency WHERE ${theAct(key)} AND done_at IS NULL AND NOT EXISTS (
      SELECT FROM intentions i WHERE i.id = idempotency.intention_id AND i.outcome IS DISTINCT FROM 'failed')`)
      .catch(() => undefined);
    throw error;
  }
}

interface Row extends Record<string, unknown> {
  body_hash: string;
  created_at: Date | string;
  intention_id: string | null;
  done_at: Date | null;
  answer: unknown;
  client_id: string | null;
  reveal_id: string | null;
}

async function find(db: NodePgDatabase, key: ActKey): Promise<Row | null> {
  const { rows } =
    await db.execute<Row>(sql`SELECT body_hash, created_at, intention_id, done_at, answer, client_id, reveal_id
    FROM idempotency WHERE ${theAct(key)}`);
  return rows[0] ?? null;
}

/** An act that is older than any act can take was left behind by a server that is gone. */
async function lookAfter({ db, clock }: Parts, key: ActKey, row: Row, settle: Once<unknown>['settle']): Promise<void> {
  if (clock().getTime() - new Date(row.created_at).getTime() < leftBehindMs) return;
  const intention = row.intention_id === null ? null : await openIntention(db, row.intention_id);
  if (intention !== null) await settle(intention);
  else {
    // Killed before anything was asked of the Platform.
    await db.execute(sql`DELETE FROM idempotency WHERE ${theAct(key)} AND done_at IS NULL
      AND created_at = ${new Date(row.created_at).toISOString()}
      AND NOT EXISTS (SELECT FROM intentions i WHERE i.id = idempotency.intention_id AND i.outcome = 'succeeded')`);
  }
}
