import type { Limit, Limiter, SharedLimiter } from './limiter.ts';

/** Milliseconds between two reports of what was counted here. */
const reportEvery = 1_000;

interface Tally {
  /** The shared count when it was last heard. */
  heard: number;
  /** Counted here since, and not reported yet. */
  own: number;
  /** When the window ends, milliseconds since 1970. */
  ends: number;
}

/** A limiter that must be told when to stop. */
export interface FrugalLimiter extends Pick<Limiter, 'count'> {
  /** Reports what is left. */
  readonly stop: () => Promise<void>;
}

/**
 * Counts far away from the limit without asking the database each time: the first of a window asks, then this process
 * counts for itself and reports once a second and when it stops. From half of the limit on it asks for every event, so
 * that the limit itself is exact. What a process may keep to itself is an eighth of the limit: by so much at most can
 * each further process overshoot when all burst within one second.
 */
export function frugal(shared: SharedLimiter, { points }: Pick<Limit, 'points'>): FrugalLimiter {
  const tallies = new Map<string, Tally>();
  const [half, eighth] = [Math.floor(points / 2), Math.floor(points / 8)];

  const ask = async (key: string, tally: Tally | undefined, more: number): Promise<number | null> => {
    const sent = (tally?.own ?? 0) + more;
    if (tally !== undefined) tally.own = 0;
    const { consumed, msLeft, wait } = await shared.consume(key, sent);
    const own = tallies.get(key)?.own ?? 0;
    tallies.set(key, { heard: consumed, own, ends: Date.now() + msLeft });
    return wait;
  };
  const report = async (): Promise<void> => {
    const now = Date.now();
    for (const [key, tally] of tallies) {
      if (now >= tally.ends) tallies.delete(key);
      else if (tally.own > 0) await ask(key, tally, 0);
    }
  };
  let running: Promise<void> = Promise.resolve();
  const next = (): Promise<void> => (running = running.then(report).catch(() => undefined));
  const timer = setInterval(() => void next(), reportEvery);
  timer.unref();

  return {
    async count(key) {
      const tally = tallies.get(key);
      const isCurrent = tally !== undefined && Date.now() < tally.ends;
      if (!isCurrent) {
        tallies.delete(key);
        return ask(key, undefined, 1);
      }
      if (tally.own >= eighth || tally.heard + tally.own >= half) return ask(key, tally, 1);
      tally.own += 1;
      return null;
    },
    async stop() {
      clearInterval(timer);
      await next();
    },
  };
}
