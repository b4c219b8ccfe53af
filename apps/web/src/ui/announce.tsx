import { VisuallyHidden } from '@mantine/core';
import { useSyncExternalStore } from 'react';

let message = '';
let count = 0;
const listeners = new Set<() => void>();

/** Says a sentence to a screen reader when it has time; nothing is seen. */
export function announce(sentence: string): void {
  message = sentence;
  count += 1;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The one place from which sentences are said; the app puts it outside of everything that comes and goes. */
export const Announcer = () => {
  useSyncExternalStore(subscribe, () => count);
  return (
    <VisuallyHidden component="output" aria-live="polite" aria-atomic="true">
      {/* The same sentence twice is said twice: the key makes it new. */}
      <span key={count}>{message}</span>
    </VisuallyHidden>
  );
};
