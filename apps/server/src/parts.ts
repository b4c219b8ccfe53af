import type { Database } from '@latchkey/database/pool';
import type pg from 'pg';
import type { Config } from './config.ts';
import type { Keys } from './keys.ts';
import type { Limits } from './limits.ts';
import type { Log } from './log.ts';
import type { Platform } from './platform/door.ts';

/** Everything that is built once and that handlers may need. */
export interface Parts {
  readonly config: Config;
  readonly log: Log;
  /** The clock that decides everything; tests turn it. */
  readonly clock: () => Date;
  readonly pool: pg.Pool;
  /** The console's database through drizzle. */
  readonly db: Database;
  /** The Platform behind its door. */
  readonly platform: Platform;
  /** Keys derived from `SESSION_SECRET`, one per purpose. */
  readonly keys: Keys;
  /** Limits per address and person, shared by all replicas. */
  readonly limits: Limits;
}
