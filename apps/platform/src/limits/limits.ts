import type { Pool } from 'pg';
import { frugal } from './frugal.ts';
import type { FrugalLimiter } from './frugal.ts';
import { limiter } from './limiter.ts';
import type { Limiter } from './limiter.ts';

/** Every limit of the authorization server and its pages. */
export interface Limits {
  /** Token requests of one client that has proved who it is (platform-api 1.5). */
  readonly tokens: FrugalLimiter;
  /** Failed authentications of one client from one address (security B-05). */
  readonly wrongSecrets: Limiter;
  /** Failed sign-ins from one address, whoever is named. */
  readonly signInsFrom: Limiter;
  /** Failed sign-ins of one person from one address. */
  readonly signInsOf: Limiter;
  /**
   * Failed sign-ins of one person from anywhere. Asked only of browsers in which that person never signed in, so that
   * nobody can lock them out of their own (security B-03).
   */
  readonly signInsAnywhere: Limiter;
}

/** Token requests per client and minute, unless the configuration says otherwise. */
export const defaultTokensPerMinute = 300;

export const limitsOn = (pool: Pool, tokensPerMinute: number): Limits => ({
  tokens: frugal(limiter(pool, { name: 'token', points: tokensPerMinute, seconds: 60 }), { points: tokensPerMinute }),
  wrongSecrets: limiter(pool, { name: 'secret', points: 20, seconds: 60 }),
  signInsFrom: limiter(pool, { name: 'sign-in-from', points: 50, seconds: 300 }),
  signInsOf: limiter(pool, { name: 'sign-in-of', points: 10, seconds: 300 }),
  signInsAnywhere: limiter(pool, { name: 'sign-in-anywhere', points: 100, seconds: 3_600 }),
});
