import { useEffect, useSyncExternalStore } from 'react';

let name: string | null = null;
const listeners = new Set<() => void>();
const set = (next: string | null) => {
  name = next;
  for (const listener of listeners) listener();
};

/** Names the page after what it shows (a client's name) in breadcrumb and title, for as long as it is shown. */
export function useNamedPage(ownName: string | null | undefined): void {
  useEffect(() => {
    if (!ownName) return;
    set(ownName);
    return () => set(null);
  }, [ownName]);
}

/** The name that the page gave itself, if it did. */
export const usePageName = (): string | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => name,
  );
