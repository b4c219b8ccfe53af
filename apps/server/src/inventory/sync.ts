import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@latchkey/contract/faults';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { Parts } from '../parts.ts';
import type { ClientReads, PlatformClient } from '../platform/door.ts';
import type { RowWords } from './row.ts';
import { forgetTakenOut, rowWords, takeOut, takeOver } from './store.ts';
import { readWords, wordsOf, type Words } from './words.ts';

/** How old the copy may be before it is compared again, in ms. */
const freshForMs = 5_000;
/** How old the copy may be before the console compares it by itself, in ms. */
const asConsoleAfterMs = 60_000;
/** How long a list request waits for a comparison that somebody else may well be waiting for, in ms. */
const quickMs = 400;
/** How long a list request waits for the first comparison; then it shows what is there so far, in ms. */
const firstMs = 5_000;
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

/** The comparison that this process is at, and for whom; and whether the last one failed. */
const running = new WeakMap<Parts, { readonly by: string; readonly comparison: Promise<void> }>();
const failing = new WeakSet<Parts>();

/**
 * Sees to it that the copy of the client list is fresh enough to answer from: compares it with the Platform as this
 * person when it is older than five seconds, once for all who ask, over all replicas. Waits when there is no copy yet,
 * or when it is quick.
 */
export async function freshen(parts: Parts, context: Context): Promise<Age> {
  const ask = async () => ({
    reads: context.platform.clients,
    words: await wordsOf(parts.platform, context),
    correlationId: context.correlationId,
  });
  return freshenAs(parts, context.person.id, ask, freshForMs);
}

/** The same with the console's own credentials, so that the copy is there before anybody comes (architecture 3). */
export async function freshenAsConsole(parts: Parts): Promise<void> {
  const correlationId = randomUUID();
  const itself = parts.platform.asConsole(correlationId);
  await freshenAs(
    parts,
    'console',
    async () => ({ reads: itself.clients, words: await readWords(itself), correlationId }),
    asConsoleAfterMs,
  );
}

/** As whom the Platform is asked. */
type Ask = () => Promise<{ readonly reads: ClientReads; readonly words: Words; readonly correlationId: string }>;

async function freshenAs(parts: Parts, by: string, ask: Ask, freshMs: number): Promise<Age> {
  const before = await readState(parts);
  const now = parts.clock().getTime();
  if (before.asOf !== null && now - before.asOf.getTime() < freshMs) return { asOf: before.asOf, stale: false };
  const mine = running.get(parts) ?? begin(parts, by, ask);
  const failed = await within(before.asOf === null ? firstMs : quickMs, mine.comparison);
  if (failed !== null && (before.asOf === null || (failed.code === 'permission.missing' && mine.by === by)))
    throw failed;
  const { asOf } = await readState(parts);
  // Before the first comparison is through, what is there so far is better than nothing, and says that it is not all.
  return { asOf, stale: failed !== null || asOf === null || failing.has(parts) };
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

function begin(parts: Parts, by: string, ask: Ask): { by: string; comparison: Promise<void> } {
  const comparison = underLock(parts, (state) => compare(parts, ask, state)).finally(() => running.delete(parts));
  const mine = { by, comparison };
  running.set(parts, mine);
  comparison.then(
    () => failing.delete(parts),
    (error: unknown) => {
      failing.add(parts);
      parts.log.warn({ err: error }, 'The client list could not be compared');
    },
  );
  return mine;
}

/** How long a replica waits for another one's comparison, in ms. */
const othersMs = 120_000;
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
      if (waited >= othersMs) return;
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

async function compare(parts: Parts, ask: Ask, state: State): Promise<void> {
  const { reads, words: asked } = await ask();
  const words = await rowWords(parts.db, parts.platform, asked);
  const askedAt = parts.clock();
  if (!wholeIsDue(state, askedAt) && (await byFeed(parts, reads, words, state, askedAt))) return;
  const begun = performance.now();
  const seen = await wholeList(parts, reads, words, askedAt);
  await forgetTakenOut(parts.db, askedAt);
  await parts.db
    .execute(sql`UPDATE inventory_sync SET as_of = ${askedAt.toISOString()}, whole_at = ${askedAt.toISOString()},
    whole_ms = ${Math.round(performance.now() - begun)}, total = ${seen}`);
}

const wholeIsDue = ({ wholeAt, wholeMs }: State, now: Date): boolean => {
  // A short list is compared whole each time.
  if (wholeAt === null || wholeMs < quickMs) return true;
  return (
    now.getTime() - wholeAt.getTime() >
    Math.min(Math.max(wholeAgainMs.least, wholeMs * wholeAgainFactor), wholeAgainMs.most)
  );
};

/** Takes over what changed since; complete only when as many clients are there afterwards as the Platform has. */
async function byFeed(
  { db }: Parts,
  reads: ClientReads,
  words: RowWords,
  { asOf }: State,
  askedAt: Date,
): Promise<boolean> {
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
  for await (const { clients } of aheadOf(reads.pages())) {
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

/** Asks for the next page while the last one is being written. */
async function* aheadOf<T>(pages: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator: AsyncIterator<T, unknown> = pages[Symbol.asyncIterator]();
  for (let next = iterator.next(); ;) {
    const result = await next;
    if (result.done === true) return;
    next = iterator.next();
    // Its failure is told when its turn comes.
    next.catch(() => undefined);
    yield result.value;
  }
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
