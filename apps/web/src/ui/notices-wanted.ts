import { useSyncExternalStore } from 'react';

let wanted = false;
const listeners = new Set<() => void>();

/** There is something to show at the edge of the page; what shows it is fetched now. */
export function wantNotices(): void {
  wanted = true;
  for (const listener of listeners) listener();
}

/** Whether there was ever something to show. */
export const useNoticesWanted = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => wanted,
  );
