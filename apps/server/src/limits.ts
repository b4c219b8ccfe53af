import { isIPv6 } from 'node:net';
import { Fault } from '@latchkey/contract/faults';
import type pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Config } from './config.ts';

/** How often something may happen, for one address or person. */
export interface Limit {
  /** What is limited, as the audit and the documents name it. */
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
  /** Counts one try. @throws rate.limited with the seconds to wait; storage.unavailable without the database */
  take(key: string): Promise<void>;
  /** Counts one try and says whether it was within the limit. */
  allows(key: string): Promise<boolean>;
}

/** The limits of the console, counted in PostgreSQL for all replicas (security B-01, B-02, B-06). */
export interface Limits {
  /** Sign-ins begun, by address: `SIGN_IN_LIMIT` in 10 minutes. */
  readonly signInStart: Limit;
  /** Sign-ins finished, by address: `SIGN_IN_LIMIT` in 10 minutes. */
  readonly signInCallback: Limit;
  /** Clients created, by person: 1,000 an hour. */
  readonly create: Limit;
  /** Secrets generated, by person: 1,000 an hour. */
  readonly generate: Limit;
  /** Clients deleted, by person: 1,000 an hour. */
  readonly remove: Limit;
  /** Records of failed sign-ins, by address: 30 in 10 minutes; what is beyond is only logged (security B-10). */
  readonly failedSignInRecords: Limit;
  /** Records of refused calls, by person and operation: 5 a minute; what is beyond is only logged (security B-10). */
  readonly refusalRecords: Limit;
}

/** Opens all limits on one table. */
export function openLimits(pool: pg.Pool, config: Pick<Config, 'signInLimit'>): Limits {
  const limit = (name: string, points: number, seconds: number) => openLimit(pool, name, points, seconds);
  return {
    signInStart: limit('sign-in.start', config.signInLimit, 600),
    signInCallback: limit('sign-in.callback', config.signInLimit, 600),
    create: limit('clients.create', 1_000, 3_600),
    generate: limit('secrets.generate', 1_000, 3_600),
    remove: limit('clients.delete', 1_000, 3_600),
    failedSignInRecords: limit('record.sign-in-failed', 30, 600),
    refusalRecords: limit('record.refused', 5, 60),
  };
}

function openLimit(pool: pg.Pool, name: string, points: number, seconds: number): Limit {
  const limiter = new RateLimiterPostgres({
    storeClient: pool,
    tableName: 'rate_limits',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points,
    duration: seconds,
    // What is over the limit stays over without asking the database again.
    inMemoryBlockOnConsumed: points + 1,
  });
  const waitFor = async (key: string): Promise<number> => {
    try {
      await limiter.consume(key.slice(0, 200));
      return 0;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw new Fault('storage.unavailable', {}, { cause: refusal });
      return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    }
  };
  return {
    name,
    points,
    seconds,
    async take(key) {
      const retryAfterSeconds = await waitFor(key);
      if (retryAfterSeconds === 0) return;
      throw new Fault('rate.limited', {
        detail: `This may happen ${points} times in ${seconds / 60} minutes.`,
        remedy: `Wait ${retryAfterSeconds} seconds and try again.`,
        retryAfterSeconds,
      });
    },
    allows: async (key) => (await waitFor(key)) === 0,
  };
}

/** Deletes counters whose time is over. */
export async function forgetOldCounters(pool: pg.Pool): Promise<void> {
  await pool.query('DELETE FROM rate_limits WHERE expire < $1', [Date.now()]);
}

/** One network is one caller: an IPv6 address counts by its /64, which one household or server has to itself (security B-04). */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.replace(/%.*$/, '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const all =
    tail === undefined
      ? groups
      : [...groups, ...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
