import { isIPv6 } from 'node:net';
import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

/** Counts events under a key; all replicas count together, and a restart forgets nothing (security B-02). */
export interface Limiter {
  /** Counts one more; the seconds to wait when that was too many, or null. */
  readonly count: (key: string) => Promise<number | null>;
  /** The seconds to wait before the next one is allowed, or null; counts nothing. */
  readonly look: (key: string) => Promise<number | null>;
  readonly forget: (key: string) => Promise<void>;
}

/** The shared count itself. */
export interface SharedLimiter {
  /** Adds events; what the count is now, how long the window still lasts, and the seconds to wait if it is too many. */
  readonly consume: (key: string, events: number) => Promise<{ consumed: number; msLeft: number; wait: number | null }>;
}

/** How many events in how many seconds. */
export interface Limit {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

/** While the database is away each process counts for itself. */
export function limiter(pool: Pool, { name, points, seconds }: Limit): Limiter & SharedLimiter {
  const options = { keyPrefix: name, points, duration: seconds };
  const shared = new RateLimiterPostgres({
    ...options,
    storeClient: pool,
    storeType: 'pool',
    tableName: 'rate_limits',
    tableCreated: true,
    clearExpiredByTimeout: false,
    inMemoryBlockOnConsumed: points + 1,
    insuranceLimiter: new RateLimiterMemory(options),
  });
  const consume = async (key: string, events: number): ReturnType<SharedLimiter['consume']> => {
    try {
      const { consumedPoints, msBeforeNext } = await shared.consume(key, events);
      return { consumed: consumedPoints, msLeft: msBeforeNext, wait: null };
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return { consumed: refusal.consumedPoints, msLeft: refusal.msBeforeNext, wait: secondsOf(refusal) };
    }
  };
  return {
    consume,
    count: async (key) => (await consume(key, 1)).wait,
    async look(key) {
      const found = await shared.get(key);
      return found !== null && found.consumedPoints >= points && found.msBeforeNext > 0 ? secondsOf(found) : null;
    },
    async forget(key) {
      await shared.delete(key);
    },
  };
}

const secondsOf = ({ msBeforeNext }: RateLimiterRes): number => Math.max(1, Math.ceil(msBeforeNext / 1_000));

/** An address as limits count it: IPv6 by its /64, which one subscriber has to themselves (security B-04). */
export function addressKey(address: string | undefined): string {
  const plain = (address ?? 'unknown').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
