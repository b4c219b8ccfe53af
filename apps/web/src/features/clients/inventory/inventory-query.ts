import { consoleApi } from '@latchkey/contract/console-api/table';
import type { Request } from '@latchkey/contract/route';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { api } from '../../../connection.ts';
import { queryClient } from '../../../query-client.ts';
import { serverNow } from '../../../session/clock.ts';
import { probablyMay } from '../../../session/last-rights.ts';
import type { InventorySearch } from './inventory-search.ts';

type Sent = NonNullable<Request<typeof consoleApi.clients.list>['query']>;

const dayMilliseconds = 86_400_000;
/** Rows in one answer. */
const pageSize = 100;
/** Rows in the first one: a screenful and a half, so that it is there soon. */
const firstPageSize = 50;

/** What the server is asked for a view: the address without what only concerns the looks. */
export function sentFor(
  { columns: _columns, pin: _pin, density: _density, unusedDays, ...filter }: InventorySearch,
  now: number,
): Sent {
  if (unusedDays === undefined) return filter;
  // Whole days, so that the question stays the same for as long as the answer may be kept.
  const since = new Date(Math.floor(now / dayMilliseconds - unusedDays) * dayMilliseconds).toISOString();
  return { createdTo: since, ...filter, lastTokenTo: since };
}

/** The rows of a view, page by page; a question that is outdated is aborted. */
export const inventoryQuery = (search: InventorySearch) => {
  const sent = sentFor(search, serverNow());
  return infiniteQueryOptions({
    queryKey: ['clients', 'list', 'pages', sent],
    queryFn: ({ pageParam, signal }) =>
      api.clients.list(
        { query: { ...sent, ...(pageParam ? { cursor: pageParam, limit: pageSize } : { limit: firstPageSize }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    staleTime: 15_000,
  });
};

/** Asks for the first rows before the page's code is there, and before it is known who is signed in. */
export function beginInventory(search: InventorySearch): void {
  if (probablyMay(consoleApi.clients.list)) void queryClient.prefetchInfiniteQuery(inventoryQuery(search));
}
