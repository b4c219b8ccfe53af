import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { databaseOf, openPool } from '@latchkey/database/pool';
import { migrate } from '@latchkey/database/migrate';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { collectSecretUses } from './authorization-server/secret-uses.ts';
import { secretHasher } from './authorization-server/secret-hasher.ts';
import { startAuthorizationServer } from './authorization-server/server.ts';
import type { AuthorizationServer } from './authorization-server/server.ts';
import { bearerTokens } from './bearer.ts';
import type { Config } from './config.ts';
import { refuseBrokenRequest } from './http/broken-request.ts';
import { registerConsoleClient } from './console-client.ts';
import type { Clock, Platform } from './context/platform.ts';
import { deriveKeys } from './keys.ts';
import { limitsOn } from './limits/limits.ts';
import { startPurging } from './purge.ts';
import { knownBrowsers } from './sign-in/known-browser.ts';
import { signInPages } from './sign-in/router.ts';

/** Where the migrations lie. */
export const migrations: URL = new URL('./storage/migrations/', import.meta.url);

/** What the Platform is put together from, besides its settings. */
export interface StartParts {
  readonly log: Logger;
  readonly clock?: Clock;
  /** Everything under `/api/v2`. */
  readonly api: (platform: Platform) => RequestHandler;
  /** Fills an empty database; runs before anything listens. */
  readonly prepare?: (platform: Platform) => Promise<void>;
}

/** A running Platform. */
export interface RunningPlatform {
  /** Its public origin. */
  readonly url: string;
  /** Where it listens itself. */
  readonly localUrl: string;
  readonly platform: Platform;
  readonly authorizationServer: AuthorizationServer;
  /** Stops taking requests at once and ends the running ones within `shutdownMs`. */
  readonly stop: () => Promise<void>;
}

/** The longest a shutdown takes, in milliseconds (security 0.1). */
export const shutdownMs = 15_000;

/** Milliseconds for the parts of a request (security B-07). */
const httpTimes = { headers: 10_000, request: 20_000, keepAlive: 65_000 } as const;

/** Migrates, prepares, listens. Resolves when the Platform answers. */
export async function startPlatform(
  config: Config,
  { log, clock = () => new Date(), api, prepare }: StartParts,
): Promise<RunningPlatform> {
  const keys = deriveKeys(config.secret);
  await migrate(config.databaseUrl, migrations, { log: (line) => log.info(line) });
  const onBroken = (error: Error): void => log.warn({ err: error }, 'a database connection broke');
  const pool = openPool(config.databaseUrl, {
    applicationName: 'latchkey platform',
    max: config.databaseConnections,
    onBroken,
  });
  const db = databaseOf(pool);
  const secrets = secretHasher(keys.clientSecrets);
  const platform: Platform = {
    db,
    clock,
    log,
    secrets,
    callerOf: bearerTokens(pool, clock),
    extensions: config.extensions,
  };
  await prepare?.(platform);
  if (config.console !== null) await registerConsoleClient(db, config.console, secrets);

  const counters = openPool(withoutWaiting(config.databaseUrl), {
    applicationName: 'latchkey platform limits',
    max: 5,
    onBroken,
  });
  const limits = limitsOn(counters, config.tokensPerMinute);
  const uses = collectSecretUses(pool, log);
  const server = createServer({
    maxHeaderSize: 16_384,
    headersTimeout: httpTimes.headers,
    requestTimeout: httpTimes.request,
  });
  server.keepAliveTimeout = httpTimes.keepAlive;
  server.on('clientError', refuseBrokenRequest);
  server.on('request', starting);
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const localUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = config.publicUrl ?? localUrl;

  const authorizationServer = await startAuthorizationServer(
    { issuer, db, clock, log, hasher: secrets, uses, limits, cookieKey: keys.cookies, console: config.console },
    keys.sealing,
  );
  const purging = startPurging(db, log);
  let accepting = true;
  const app = createApp({
    log,
    publicUrl: issuer,
    trustedProxies: config.trustedProxies,
    health: { accepting: () => accepting, probe: async () => void (await pool.query('SELECT 1')) },
    authorizationServer: authorizationServer.handler,
    signIn: signInPages({
      provider: authorizationServer.provider,
      pool,
      limits,
      browsers: knownBrowsers(keys.knownBrowsers, issuer.startsWith('https:')),
    }),
    api: api(platform),
  });
  server.off('request', starting);
  server.on('request', app);

  const stop = async (): Promise<void> => {
    accepting = false;
    authorizationServer.stop();
    await close(server);
    await purging.stop();
    await uses.stop();
    await limits.tokens.stop();
    await counters.end();
    await pool.end();
  };
  let stopping: Promise<void> | undefined;
  return { url: issuer, localUrl, platform, authorizationServer, stop: () => (stopping ??= stop()) };
}

/**
 * The database for counters of limits: a power cut may forget the last of them, so nobody waits for the disk, and
 * requests of one client do not queue up behind each other's commits.
 */
function withoutWaiting(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const given = url.searchParams.get('options');
  url.searchParams.set('options', [given, '-c synchronous_commit=off'].filter(Boolean).join(' '));
  return url.href;
}

/** Answers until everything stands. */
function starting(_req: IncomingMessage, res: ServerResponse): void {
  res.writeHead(503, { 'retry-after': '1', 'cache-control': 'no-store' }).end();
}

/** Lets running requests end, and cuts what is still open near the limit. */
async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // A connection is idle only once its running request is answered.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), shutdownMs - 3_000);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
