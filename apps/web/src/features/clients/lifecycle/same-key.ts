import { useRef } from 'react';

/**
 * The `Idempotency-Key` of an act: the same for as long as the same is sent, so that trying again after a lost answer
 * never does it twice; a new one as soon as something else is sent (architecture 5).
 */
export function useSameKey(): (sent: unknown) => { headers: { 'idempotency-key': string } } {
  const last = useRef<{ sent: string; key: string } | null>(null);
  return (sent) => {
    const text = JSON.stringify(sent);
    if (last.current?.sent !== text) last.current = { sent: text, key: crypto.randomUUID() };
    return { headers: { 'idempotency-key': last.current.key } };
  };
}
