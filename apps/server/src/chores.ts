import type { Log } from './log.ts';

/** Something that has to be done again and again, whoever does it; doing it twice does no harm. */
export interface Chore {
  readonly name: string;
  readonly everySeconds: number;
  readonly run: () => Promise<unknown>;
}

/**
 * Does chores in turn while the process lives; a failed one is logged and done again next time. Replicas may do the same
 * chore at the same time: each is written so that only one of them has an effect.
 *
 * @returns stops, and waits for what is being done
 */
export function startChores(chores: readonly Chore[], log: Log): () => Promise<void> {
  const running = new Set<Promise<unknown>>();
  const timers = chores.map(({ name, everySeconds, run }) => {
    let busy = false;
    const once = () => {
      if (busy) return;
      busy = true;
      const turn = run()
        .catch((error: unknown) => log.warn({ err: error, chore: name }, 'A chore failed; it is done again later'))
        .finally(() => {
          busy = false;
          running.delete(turn);
        });
      running.add(turn);
    };
    return setInterval(once, everySeconds * 1_000).unref();
  });
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await Promise.allSettled(running);
  };
}
