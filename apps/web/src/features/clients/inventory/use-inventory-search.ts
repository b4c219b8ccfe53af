import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { type Change, type InventorySearch, withoutDefaults } from './inventory-search.ts';

const route = getRouteApi('/clients');

/** The view in the address and the way to change it: `set({ order: 'desc' })`. What is set to `undefined` goes. */
export function useInventorySearch() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = useCallback(
    (change: Change) =>
      void navigate({
        search: (before) => withoutDefaults({ ...before, ...change }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const replace = useCallback(
    (next: InventorySearch) => void navigate({ search: withoutDefaults(next), replace: true, resetScroll: false }),
    [navigate],
  );
  return { search, set, replace };
}
