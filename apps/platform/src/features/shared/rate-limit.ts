import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import type { Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Caller } from '../../context/caller.ts';

/**
 * How many calls a minute one person has through one client, or one client on its own (platform-api 3.4). The console
 * calls for its people, page by page and in the background, so its own client has more.
 */
export const callsPerMinute = { ordinary: 3_000, builtIn: 120_000 } as const;

/**
 * Counts the calls of this process and says so in the headers of every answer. Token requests, where guessing is worth
 * the while, have a limit of their own that all replicas share.
 * @throws PlatformFault `too.many.requests`, with `Retry-After`
 */
export function rateLimit(limits: { readonly ordinary: number; readonly builtIn: number } = callsPerMinute) {
  const limiters = {
    ordinary: new RateLimiterMemory({ points: limits.ordinary, duration: 60 }),
    builtIn: new RateLimiterMemory({ points: limits.builtIn, duration: 60 }),
  };
  return async (caller: Caller, res: Response): Promise<void> => {
    const limiter = caller.clientBuiltIn ? limiters.builtIn : limiters.ordinary;
    const key = caller.kind === 'person' ? `${caller.clientId} ${caller.userId}` : caller.clientId;
    const counted = await limiter.consume(key).catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused;
      throw refused;
    });
    const reset = Math.max(1, Math.ceil(counted.msBeforeNext / 1000));
    res.setHeader('inin-ratelimit-count', String(counted.consumedPoints));
    res.setHeader('inin-ratelimit-allowed', String(limiter.points));
    res.setHeader('inin-ratelimit-reset', String(reset));
    if (counted.consumedPoints <= limiter.points) return;
    res.setHeader('retry-after', String(reset));
    throw new PlatformFault('too.many.requests', {
      message: `Rate limit exceeded the maximum. Retry the request in [${reset}] seconds`,
      messageParams: { seconds: String(reset) },
    });
  };
}
