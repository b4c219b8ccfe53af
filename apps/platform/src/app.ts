import express from 'express';
import type { Express, RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import { correlationId } from './http/correlation-id.ts';
import { apiFaults } from './http/faults.ts';
import { healthPages } from './http/health.ts';
import type { Health } from './http/health.ts';
import { requestLog } from './http/request-log.ts';
import { securityHeaders } from './http/security-headers.ts';
import { shortAddress } from './http/short-address.ts';
import { nothingHere } from './http/not-found.ts';

/** The parts that `createApp` puts in their order. */
export interface AppParts {
  readonly log: Logger;
  readonly publicUrl: string;
  /** How many reverse proxies are trusted to name the caller's address. */
  readonly trustedProxies: number;
  readonly health: Health;
  /** `/oauth/…`, `/.well-known/…`, `/logout`: the authorization server; it reads bodies itself. */
  readonly authorizationServer: RequestHandler;
  /** The sign-in and consent pages. */
  readonly signIn: Router;
  /** Everything under `/api/v2`; it reads bodies itself and throws `PlatformFault`. Mounted at the root: rows hold whole paths. */
  readonly api: RequestHandler;
}

/** The path of a request through the Platform, as one list. */
export function createApp({
  log,
  publicUrl,
  trustedProxies,
  health,
  authorizationServer,
  signIn,
  api,
}: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', trustedProxies === 0 ? false : trustedProxies);
  app.use(correlationId);
  app.use(securityHeaders(publicUrl));
  app.use(requestLog(log));
  app.use(shortAddress);
  app.use(healthPages(health));
  app.use(authorizationServer);
  app.use(signIn);
  app.use(api);
  app.use(nothingHere);
  app.use(apiFaults(log));
  return app;
}
