import type { Reveal, SecretForm, SecretWay } from '@latchkey/contract/console-api/models';
import { useCallback, useRef, useState } from 'react';
import { api } from '../../../connection.ts';

/**
 * How the secret left the dialog: opens the gate and goes into the receipt (product 5.1, 5.6). The server is told each
 * way once per form; `settled` waits until it knows them, for the receipt is written from what it was told.
 */
export function useWays({ id: revealId }: Pick<Reveal, 'id'>) {
  const [ways, setWays] = useState<ReadonlySet<SecretWay>>(new Set());
  const told = useRef(new Map<string, Promise<void>>());
  const tell = useCallback(
    (way: SecretWay, form: SecretForm) => {
      const name = `${way} ${form}`;
      const telling = api.reveals.note({ params: { revealId }, body: { way, form } }).catch(() => {
        // Told again with the next use, or before the receipt is written.
        told.current.delete(name);
      });
      told.current.set(name, telling);
      return telling;
    },
    [revealId],
  );
  const used = useRef<[SecretWay, SecretForm][]>([]);
  const note = useCallback(
    (way: SecretWay, form: SecretForm) => {
      setWays((before) => (before.has(way) ? before : new Set(before).add(way)));
      if (!used.current.some(([one, other]) => one === way && other === form)) used.current.push([way, form]);
      if (!told.current.has(`${way} ${form}`)) void tell(way, form);
    },
    [tell],
  );
  const settled = useCallback(async () => {
    await Promise.all(told.current.values());
    await Promise.all(
      used.current.filter(([way, form]) => !told.current.has(`${way} ${form}`)).map(([way, form]) => tell(way, form)),
    );
  }, [tell]);
  return { ways, note, settled };
}
