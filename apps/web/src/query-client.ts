import { Fault, faults } from '@latchkey/contract/faults';
import { QueryClient } from '@tanstack/react-query';

/** A read is tried again only where a moment's wait can help: no answer, a busy Platform, a restarting server. */
const passing = (fault: Fault): boolean =>
  [502, 503].includes(faults[fault.code].status) && fault.code !== 'outcome.unknown';

/** What the page has read, shared by every feature. A write is never sent again by itself. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 5 * 60_000,
      retry: (failures, error) => failures < 2 && error instanceof Fault && passing(error),
      retryDelay: (failures, error) =>
        Math.min(
          (error instanceof Fault && error.extra.retryAfterSeconds ? error.extra.retryAfterSeconds : 2 ** failures) *
            1000,
          10_000,
        ),
      // Offline, a read fails and says so, instead of waiting without a word.
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
