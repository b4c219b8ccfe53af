import { Fault } from '@latchkey/contract/faults';
import { ClientId, type ClientKeeping } from '@latchkey/domain/client';
import type { Holder } from '@latchkey/domain/holder';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { readKeeping } from '../inventory/keeping.ts';
import { rowWords, takeOut, takeOver } from '../inventory/store.ts';
import { wordsOf, type Words } from '../inventory/words.ts';
import type { Parts } from '../parts.ts';
import type { PlatformClient, PersonPlatform } from '../platform/door.ts';
import { leftBehindMs, openIntention, type Intention } from './intentions.ts';
import { settle, type SettleReads } from './settle.ts';

/** A client as it is this moment, with all that is needed to judge an act. */
export interface Present {
  readonly client: PlatformClient;
  readonly keeping: ClientKeeping;
  readonly words: Words;
}

/**
 * Refuses everything that is no client id: the same for a missing, removed or misspelt one (security Z-04).
 *
 * @throws client.not_found
 */
export function refuseNoClientId(text: string): void {
  if (!ClientId.safeParse(text).success) throw new Fault('client.not_found');
}

/**
 * Reads a client from the Platform and takes it over into the copy. What a lost answer left open about it is settled
 * first (security F-12).
 *
 * @throws client.not_found
 */
export async function readPresent(parts: Parts, context: Context, clientId: string): Promise<Present> {
  refuseNoClientId(clientId);
  const [words, askedAt] = [await wordsOf(parts.platform, context), parts.clock()];
  const client = await context.platform.clients.read(clientId).catch(async (error: unknown) => {
    if (error instanceof Fault && error.code === 'client.not_found') await takeOut(parts.db, [clientId], askedAt);
    throw error;
  });
  await takeOver(parts.db, [client], askedAt, await rowWords(parts.db, parts.platform, words));
  // Taking over may have learned who owns it.
  return { client, keeping: await readKeeping(parts.db, clientId), words };
}

/** How old rights may be to be those of this moment, in ms: what a request takes that waits for nobody. */
const thisMomentMs = 1_000;

/** What the person holds this moment (security Z-18): what the gate has just read, or anew when the act had to wait. */
export async function freshHolder({ platform, holder, rightsReadAt }: Context): Promise<Holder> {
  const isOfThisMoment = rightsReadAt !== null && performance.now() - rightsReadAt < thisMomentMs;
  return isOfThisMoment ? holder : platform.me();
}

/** The reads of a person in the shape that a settlement needs. */
export const readsOf = ({ clients }: PersonPlatform): SettleReads => ({
  clients,
  secrets: (clientId) => clients.secrets(clientId),
});

/** Settles an intention as this person. */
export async function settleAs(parts: Parts, context: Context, intention: Intention): Promise<void> {
  const words = await rowWords(parts.db, parts.platform, await wordsOf(parts.platform, context));
  await settle(parts, readsOf(context.platform), intention, words);
}

/** Settles what was left behind about a client, or about clients of this person that are not known yet. */
export async function settleLeftBehind(parts: Parts, context: Context, clientId: string): Promise<void> {
  const before = new Date(parts.clock().getTime() - leftBehindMs).toISOString();
  const { rows } = await parts.db.execute<{ id: string }>(sql`SELECT id FROM intentions WHERE outcome IS NULL
    AND created_at < ${before} AND (client_id = ${clientId} OR client_id IS NULL) ORDER BY created_at LIMIT 5`);
  for (const { id } of rows) {
    const intention = await openIntention(parts.db, id);
    if (intention !== null) await settleAs(parts, context, intention);
  }
}
