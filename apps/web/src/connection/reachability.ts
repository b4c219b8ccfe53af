import { useSyncExternalStore } from 'react';

/** How the way to the console is: `slow` when an answer is late, `lost` when none comes or the browser is offline. */
export type Reachability = 'good' | 'slow' | 'lost';

/** An answer that takes longer than this is late, in milliseconds. */
const lateAfter = 4_000;

let late = 0;
let failed = false;
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

/** Watches one request, to tell the person when the connection is slow or lost (product 15.4). */
export async function watched(request: Promise<Response>): Promise<Response> {
  let counted = false;
  const timer = setTimeout(() => {
    counted = true;
    late += 1;
    tell();
  }, lateAfter);
  try {
    const response = await request;
    if (failed) {
      failed = false;
      tell();
    }
    return response;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError') && !failed) {
      failed = true;
      tell();
    }
    throw error;
  } finally {
    clearTimeout(timer);
    if (counted) {
      late -= 1;
      tell();
    }
  }
}

const now = (): Reachability => (failed || !navigator.onLine ? 'lost' : late > 0 ? 'slow' : 'good');

/** How the way to the console is at this moment. */
export const useReachability = (): Reachability =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    window.addEventListener('online', listener);
    window.addEventListener('offline', listener);
    return () => {
      listeners.delete(listener);
      window.removeEventListener('online', listener);
      window.removeEventListener('offline', listener);
    };
  }, now);
