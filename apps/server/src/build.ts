import { fileURLToPath } from 'node:url';
import { databaseOf, openPool } from '@latchkey/database/pool';
import type { RequestListener } from 'node:http';
import { createApp } from './app.ts';
import type { Chore } from './chores.ts';
import type { Config } from './config.ts';
import { featureChores, featureHandlers, signEndOfAudit } from './features.ts';
import { healthOf, type Health } from './http/health.ts';
import { pageFiles } from './http/page-files.ts';
import { keysFrom } from './keys.ts';
import { forgetOldCounters, openLimits } from './limits.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { openPlatform } from './open-platform.ts';
import type { Parts } from './parts.ts';
import { sessionEnder } from './session/ending.ts';
import { forgetEnded } from './session/registry.ts';
import { openTokenVault } from './session/token-vault.ts';
import { rememberWho } from './session/who.ts';
import { openOpenId } from './sign-in/openid.ts';
import { signInStore } from './sign-in/sign-ins.ts';

/** Where the database's tables come from. */
export const migrations = new URL('storage/migrations/', import.meta.url);

/** Where the build of the page lies. */
export const builtPage = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** What differs between the product and its tests. */
export interface BuildOptions {
  readonly config: Config;
  readonly log: Log;
  readonly clock?: () => Date;
  readonly metrics?: Metrics | null;
  /** The built page's folder. */
  readonly page?: string | null;
}

/** The console, put together and not yet listening. */
export interface Console {
  readonly parts: Parts;
  readonly app: RequestListener;
  readonly health: Health;
  readonly chores: readonly Chore[];
  /** Gives connections back. Call it when nothing runs any more. */
  close(): Promise<void>;
}

/** Builds everything once. The database must have been migrated. */
export async function buildConsole({
  config,
  log,
  clock = () => new Date(),
  metrics = null,
  page = builtPage,
}: BuildOptions): Promise<Console> {
  const pool = openPool(config.database.url, {
    applicationName: 'latchkey console',
    max: config.database.connections,
    onBroken: (error) => log.warn({ err: error }, 'A connection to the database broke'),
  });
  const db = databaseOf(pool);
  const keys = keysFrom(config.sessionSecrets);
  const openid = openOpenId(config, log, clock);
  const platform = openPlatform(config.platform, openid);
  const parts: Parts = { config, log, clock, pool, db, platform, keys, limits: openLimits(pool, config) };

  const vault = openTokenVault(parts, openid);
  const ender = sessionEnder(parts, vault, openid);
  const signIns = signInStore(parts);
  const signIn = { openid, signIns, vault, ender, who: rememberWho(clock) };
  const health = healthOf(pool, openid.isReady);
  const app = createApp({
    parts,
    signIn,
    features: featureHandlers(parts),
    page: await pageFiles(page),
    health,
    metrics,
  });

  return {
    parts,
    app,
    health,
    chores: [
      { name: 'end overdue sessions', everySeconds: 30, run: () => ender.endOverdue() },
      { name: 'revoke tokens', everySeconds: 15, run: () => ender.revokeWaiting() },
      { name: 'forget unfinished sign-ins', everySeconds: 60, run: () => signIns.forgetOld() },
      { name: 'forget ended sessions', everySeconds: 600, run: () => forgetEnded(db, clock()) },
      { name: 'forget old counters', everySeconds: 300, run: () => forgetOldCounters(pool) },
      ...featureChores(parts),
    ],
    async close() {
      openid.close();
      await signEndOfAudit(parts).catch((error: unknown) =>
        log.warn({ err: error }, 'The end of the audit could not be signed'),
      );
      await pool.end();
    },
  };
}
