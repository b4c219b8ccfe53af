import type { OAuthClient } from '@latchkey/contract/platform-api/models';
import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { Platform, Store } from '../../context/platform.ts';
import { clients } from '../../storage/schema.ts';
import type { Now } from '../shared/now.ts';
import { envelope } from '../shared/paging.ts';
import { clientFacts, clientView } from './client-view.ts';

/** Where the list begins and how it goes on (extension, architecture 6). */
export interface ListQuery {
  readonly pageSize?: number | undefined;
  readonly pageNumber?: number | undefined;
  readonly modifiedAfter?: string | undefined;
}

const path = '/api/v2/oauth/clients';

/** The page that a caller gets who names one parameter and not the size. */
const usualPage = 25;

/** One page of the clients, oldest first, or of those that changed after an instant, longest unchanged first. */
export function listClients({ db, extensions }: Platform, clock: Now) {
  return async ({ query: { pageSize = usualPage, pageNumber = 1, modifiedAfter } }: { query: ListQuery }) => {
    const now = await clock(db);
    const after = modifiedAfter === undefined ? undefined : new Date(modifiedAfter);
    const which = and(isThere(now), after && gt(clients.dateModified, after));
    const order = after ? [asc(clients.dateModified), asc(clients.id)] : [asc(clients.dateCreated), asc(clients.id)];
    const rows = await clientFacts(db)
      .where(which)
      .orderBy(...order)
      .limit(pageSize)
      .offset((pageNumber - 1) * pageSize);
    const total = await countClients(db, which);
    return {
      entities: rows.map((row) => clientView(row, extensions)),
      ...envelope(total, { pageSize, pageNumber }, path, { modifiedAfter }),
    };
  };
}

/** Clients that exist for readers: not the console's own, and none whose removal is due. */
export const isThere = (now: Date) =>
  and(eq(clients.builtIn, false), or(isNull(clients.dateToDelete), gt(clients.dateToDelete, now)));

async function countClients(db: Store, which: ReturnType<typeof isThere>): Promise<number> {
  const counted = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(clients)
    .where(which);
  return counted[0]?.n ?? 0;
}

/** How many rows are read at a time; some hundred kilobytes. */
const batchSize = 1_000;

/**
 * All clients, oldest first, batch by batch. Each batch is a query of its own that goes on where the last one ended, so
 * that a slow reader holds neither a connection nor memory; since nothing changes a client's place, none is told twice.
 */
export async function* allClients(db: Store, now: Date, extensions: boolean): AsyncGenerator<OAuthClient[], undefined> {
  for (let last: { dateCreated: Date; id: string } | undefined; ;) {
    const onwards =
      last &&
      sql`(${clients.dateCreated}, ${clients.id}) > (${last.dateCreated.toISOString()}::timestamptz, ${last.id})`;
    const rows = await clientFacts(db)
      .where(and(isThere(now), onwards))
      .orderBy(asc(clients.dateCreated), asc(clients.id))
      .limit(batchSize);
    yield rows.map((row) => clientView(row, extensions));
    const end = rows.at(-1)?.row;
    if (end === undefined || rows.length < batchSize) return;
    last = end;
  }
}
