import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@latchkey/contract/faults';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { Parts } from '../parts.ts';
import type { ClientReads, PlatformClient } from '../platform/door.ts';
import type { RowWords } from './row.ts';
import { forgetTakenOut, rowWords, takeOut, takeOver } from './store.ts';
import { wordsOf } from './words.ts';

/** How old the copy may be before it is compared again, in ms. */
const freshForMs = 5_000;
/** How long a list request waits for a comparison that somebody else may well be waiting for, in ms. */
const quickMs = 400;
/** How long the first comparison may take, while there is nothing to show, in ms. */
const firstMs = 120_000;
/** A change feed tells nothing of last use; so the whole list is compared again after a while, the later the longer it takes. */
const wholeAgainMs = { least: 60_000, most: 300_000 };
const wholeAgainFactor = 30;
/** Overlap of the change feed with what is there, in ms: clocks differ, and changes need a moment to show. */
const feedOverlapMs = 30_000;

/** How old the copy is. */
export interface Age {
  /** When the last list that was taken over was asked for; `null` before the first. */
  readonly asOf: Date | null;
  /** The Platform could not be asked just now. */
  readonly stale: boolean;
}

interface State {
  readonly asOf: Date | null;
  readonly wholeAt: Date | null;
  readonly wholeMs: number;
}

const running = new WeakMap<Parts, Promise<void>>();

/**
 * Sees to it that the copy of the client list is fresh enough to answer from: compares it with the Platform as this
 * person when it is older than five seconds, once for all who ask, over all replicas. Waits when there is no copy yet,
 * or when it is quick.
 */
export async function freshen(parts: Parts, context: Context): Promise<Age> {
  const before = await readState(parts);
  const now = parts.clock().getTime();
  if (before.asOf !== null && now - before.asOf.getTime() < freshForMs) return { asOf: before.asOf, stale: false };
  const comparison = running.get(parts) ?? begin(parts, context);
  const failed = await within(before.asOf === null ? firstMs : quickMs, comparison);
  if (failed !== null && before.asOf === null) throw failed;
  if (failed !== null && failed.code === 'permission.missing') throw failed;
  const { asOf } = await readState(parts);
  if (asOf === null) throw new Fault('platform.busy', { retryAfterSeconds: 5 });
  return { asOf, stale: failed !== null };
}

/** The fault with which it ended in this time; `null` when it ended well or goes on. */
async function within(ms: number, comparison: Promise<void>): Promise<Fault | null> {
  const alarm = new AbortController();
  try {
    await Promise.race([comparison, pause(ms, undefined, { signal: alarm.signal })]);
    return null;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  } finally {
    alarm.abort();
  }
}

function begin(parts: Parts, context: Context): Promise<void> {
  const comparison = underLock(parts, (state) => compare(parts, context, state)).finally(() => running.delete(parts));
  running.set(parts, comparison);
  comparison.catch((error: unknown) => parts.log.warn({ err: error, correlationId: context.correlationId }, 'The client list could not be compared'));
  return comparison;
}

const syncLock = 7_262_001;

/** One comparison at a time over all replicas; the lock belongs to a connection, and no transaction is open meanwhile. */
async function underLock(parts: Parts, work: (state: State) => Promise<void>): Promise<void> {
  const connection = await parts.pool.connect();
  const quiet = (): void => undefined;
  connection.on('error', quiet);
  let broken = false;
  try {
    for (let waited = 0; ; waited += 100) {
      const { rows } = await connection.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [syncLock]);
      if (rows[0]?.mine === true) break;
      if (waited >= firstMs) return;
      await pause(100);
    }
    try {
      const state = await readState(parts);
      const isFresh = state.asOf !== null && parts.clock().getTime() - state.asOf.getTime() < freshForMs;
      if (!isFresh) await work(state);
    } finally {
      await connection.query('SELECT pg_advisory_unlock($1)', [syncLock]);
    }
  } catch (error) {
    broken = !(error instanceof Fault);
    throw error;
  } finally {
    connection.off('error', quiet);
    connection.release(broken);
  }
}

async function compare(parts: Parts, context: Context, state: State): Promise<void> {
  const words = await rowWords(parts.db, parts.platform, await wordsOf(parts.platform, context));
  const reads = context.platform.clients;
  const askedAt = parts.clock();
  if (!wholeIsDue(state, askedAt) && (await byFeed(parts, reads, words, state, askedAt))) return;
  const begun = performance.now();
  const seen = await wholeList(parts, reads, words, askedAt);
  await forgetTakenOut(parts.db, askedAt);
  await parts.db.execute(sql`UPDATE inventory_sync SET as_of = ${askedAt.toISOString()}, whole_at = ${askedAt.toISOString()},
    whole_ms = ${Math.round(performance.now() - begun)}, total = ${seen}`);
}

const wholeIsDue = ({ wholeAt, wholeMs }: State, now: Date): boolean => {
  // A short list is compared whole each time.
  if (wholeAt === null || wholeMs < quickMs) return true;
  return now.getTime() - wholeAt.getTime() > Math.min(Math.max(wholeAgainMs.least, wholeMs * wholeAgainFactor), wholeAgainMs.most);
};

/** Takes over what changed since; complete only when as many clients are there afterwards as the Platform has. */
async function byFeed({ db }: Parts, reads: ClientReads, words: RowWords, { asOf }: State, askedAt: Date): Promise<boolean> {
  if (asOf === null) return false;
  const changed = await reads.changedSince(new Date(asOf.getTime() - feedOverlapMs).toISOString());
  if (changed === null) return false;
  await takeOver(db, changed.clients, askedAt, words);
  const total = await reads.count();
  const { rows } = await db.execute<{ count: string }>(sql`SELECT count(*) FROM inventory WHERE removed_at IS NULL`);
  if (total === null || Number(rows[0]?.count) !== total) return false;
  await db.execute(sql`UPDATE inventory_sync SET as_of = ${askedAt.toISOString()}, total = ${total}`);
  return true;
}

/** Takes the whole list over, page by page, and takes out what is not there any more. */
async function wholeList({ db }: Parts, reads: ClientReads, words: RowWords, askedAt: Date): Promise<number> {
  const seen = new Set<string>();
  let pages = 0;
  for await (const { clients } of reads.pages()) {
    pages += 1;
    for (const { id } of clients) seen.add(id);
    await takeOver(db, clients, askedAt, words);
  }
  const missing = await missingFrom(db, seen, askedAt);
  // Between two pages a removal moves the rest up by one, and somebody could slip through.
  const gone = pages > 1 ? await withoutThoseFound(reads, missing) : missing;
  await takeOut(db, gone, askedAt);
  return seen.size;
}

async function missingFrom(db: Parts['db'], seen: ReadonlySet<string>, askedAt: Date): Promise<string[]> {
  const { rows } = await db.execute<{ client_id: string }>(sql`SELECT client_id FROM inventory
    WHERE removed_at IS NULL AND fetched_at <= ${askedAt.toISOString()}
    AND NOT EXISTS (SELECT FROM jsonb_array_elements_text(${JSON.stringify([...seen])}::jsonb) AS s(id) WHERE s.id = client_id)`);
  return rows.map(({ client_id }) => client_id);
}

/** Few are asked for one by one, many by a second list. */
async function withoutThoseFound(reads: ClientReads, missing: readonly string[]): Promise<string[]> {
  if (missing.length === 0) return [];
  const there = new Set<string>();
  const note = (clients: readonly Pick<PlatformClient, 'id'>[]) => clients.forEach(({ id }) => there.add(id));
  if (missing.length > 20) for await (const { clients } of reads.pages()) note(clients);
  else {
    for (const id of missing) {
      const found = await reads.read(id).catch((error: unknown) => {
        if (error instanceof Fault && error.code === 'client.not_found') return null;
        throw error;
      });
      if (found !== null) note([found]);
    }
  }
  return missing.filter((id) => !there.has(id));
}

async function readState({ db }: Pick<Parts, 'db'>): Promise<State> {
  const { rows } = await db.execute<{ as_of: Date | string | null; whole_at: Date | string | null; whole_ms: number }>(
    sql`SELECT as_of, whole_at, whole_ms FROM inventory_sync`,
  );
  const [row] = rows;
  const date = (at: Date | string | null | undefined): Date | null => (at == null ? null : new Date(at));
  return { asOf: date(row?.as_of), wholeAt: date(row?.whole_at), wholeMs: row?.whole_ms ?? 0 };
}
