import { Fault } from '@latchkey/contract/faults';
import { transaction } from '@latchkey/database/transaction';
import { changesBetween } from '@latchkey/domain/change';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { RowWords } from '../inventory/row.ts';
import { settingsOf } from '../inventory/view.ts';
import type { Parts } from '../parts.ts';
import type { ConsolePlatform, PlatformClient } from '../platform/door.ts';
import { finishIntended, freeIntended } from './idempotency.ts';
import { openIntention, type Intention, type Plan } from './intentions.ts';
import { isRecorded, recordHalfDeleted, recordNothing, recordSuccess } from './record.ts';

/** Clocks of console and Platform may differ by this much, in ms (security D-13). */
const skewMs = 300_000;
/** What a settlement reads. */
export type SettleReads = Pick<ConsolePlatform, 'clients' | 'secrets'>;

const settleLock = 7_262_002;

/** What the Platform says of an intention. */
type Finding =
  | { readonly was: 'done'; readonly client: PlatformClient | null }
  | { readonly was: 'half done'; readonly client: PlatformClient }
  | { readonly was: 'not done' };

/**
 * Finds out what became of an intention whose answer nobody got, by reading the Platform, and records it once
 * (architecture 5, security K-14, F-12). Reads only.
 *
 * @param reads the Platform as the person who asked, or as the console itself
 */
export async function settle(
  parts: Parts,
  reads: SettleReads,
  intention: Intention,
  words: RowWords | null,
): Promise<void> {
  const candidates = await look(reads, intention);
  await transaction(parts.db, async (tx) => {
    // Two settlements must not take the same client for theirs.
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${settleLock})`);
    if ((await openIntention(tx, intention.id)) === null) return;
    const at = parts.clock();
    const found = await choose(tx, intention, candidates);
    if (found.was === 'done') {
      await finishIntended(tx, intention.id, at, found.client?.id ?? intention.client?.id ?? null);
      await recordSuccess(tx, intention, found, { at, words, settled: true });
    } else {
      await freeIntended(tx, intention.id);
      if (found.was === 'half done') await recordHalfDeleted(tx, intention, found.client, { at, words, settled: true });
      else await recordNothing(tx, intention, at);
    }
  });
}

async function look(reads: SettleReads, intention: Intention): Promise<Finding[]> {
  const { plan, client } = intention;
  if (plan.kind === 'create')
    return (await createdOnes(reads, intention, plan)).map((found) => ({ was: 'done', client: found }));
  if (client === null) return [];
  const now = await reads.clients.read(client.id).catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'client.not_found') return null;
    throw error;
  });
  return [await judge(reads, intention, now)];
}

/** Of several that could be it the first that is nobody else's. */
async function choose(tx: NodePgDatabase, { plan }: Intention, candidates: readonly Finding[]): Promise<Finding> {
  for (const found of candidates) {
    const isTaken =
      plan.kind === 'create' &&
      found.was === 'done' &&
      found.client !== null &&
      (await isRecorded(tx, found.client.id));
    if (!isTaken) return found;
  }
  return { was: 'not done' };
}

/** Clients with the name that was asked for, made by the person at that time, the nearest first. */
async function createdOnes(
  { clients }: SettleReads,
  { who, createdAt }: Intention,
  plan: Plan & { kind: 'create' },
): Promise<PlatformClient[]> {
  const asked = Date.parse(createdAt);
  const fits = (client: PlatformClient): boolean =>
    client.createdBy?.id === who.actor.id &&
    client.name === plan.settings.name &&
    Math.abs(Date.parse(client.dateCreated) - asked) <= skewMs;
  const found: PlatformClient[] = [];
  const feed = await clients.changedSince(new Date(asked - skewMs).toISOString());
  if (feed !== null) found.push(...feed.clients.filter(fits));
  else for await (const page of clients.pages()) found.push(...page.clients.filter(fits));
  const distance = ({ dateCreated }: PlatformClient): number => Math.abs(Date.parse(dateCreated) - asked);
  return found.toSorted((a, b) => distance(a) - distance(b));
}

async function judge(
  reads: SettleReads,
  { who, createdAt, plan }: Intention,
  client: PlatformClient | null,
): Promise<Finding> {
  const done: Finding = { was: 'done', client };
  const not: Finding = { was: 'not done' };
  if (client === null) return plan.kind === 'delete' ? done : not;
  switch (plan.kind) {
    case 'edit':
      return changesBetween(client, settingsOf(plan.after)).length === 0 ? done : not;
    case 'state':
      return client.state === (plan.action === 'client.deactivated' ? 'deactivated' : 'active') ? done : not;
    case 'delete':
      if (client.state === 'pending-removal') return done;
      return client.state === 'deactivated' && plan.before.state === 'active' ? { was: 'half done', client } : not;
    case 'generate': {
      const secrets = await reads.secrets(client.id);
      const current = secrets?.find(({ endsAt }) => endsAt === null);
      if (current === undefined)
        return client.secretCreatedAt !== null && client.secretCreatedAt !== plan.secretCreatedAt ? done : not;
      const isNew = current.id !== plan.replaces && Date.parse(current.createdAt) >= Date.parse(createdAt) - skewMs;
      return isNew && current.createdBy?.id === who.actor.id ? done : not;
    }
    case 'retire': {
      const secrets = await reads.secrets(client.id);
      return secrets?.some(({ id, endsAt }) => id === plan.secretId && (endsAt === null || endsAt > createdAt))
        ? not
        : done;
    }
    case 'create':
      return done;
  }
}
