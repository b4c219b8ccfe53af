import { Fault } from '@latchkey/contract/faults';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { api, type FeatureHandlers } from './api.ts';
import { openGate, sessionOf } from './gate.ts';
import { bounds } from './http/bounds.ts';
import { compressed } from './http/compressed.ts';
import { correlationId, correlationIdOf } from './http/correlation-id.ts';
import { cspReports } from './http/csp-reports.ts';
import { answerFault } from './http/faults.ts';
import { healthPages, type Health } from './http/health.ts';
import { knownHost } from './http/known-host.ts';
import { requestLog } from './http/request-log.ts';
import { securityHeaders } from './http/security-headers.ts';
import type { Metrics } from './metrics.ts';
import type { Parts } from './parts.ts';
import { browserSession } from './session/browser-session.ts';
import type { SessionEnder } from './session/ending.ts';
import { publicHandlers, sessionHandlers } from './session/session-handlers.ts';
import { signInRoutes, type SignInParts } from './sign-in/routes.ts';

/** What the app is put together from. */
export interface AppParts {
  readonly parts: Parts;
  readonly signIn: SignInParts;
  readonly features: FeatureHandlers;
  /** The built page, see `pageFiles`. */
  readonly page: RequestHandler;
  readonly health: Health;
  readonly metrics: Metrics | null;
}

/** The path of a request through the console, as one list. */
export function createApp({ parts, signIn, features, page, health, metrics }: AppParts): Express {
  const { config, log } = parts;
  const handlers = {
    public: publicHandlers(parts, signIn),
    session: sessionHandlers(parts, signIn, signIn.openid),
    features,
  };
  const session = browserSession(parts);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustProxy);
  app.use(correlationId);
  app.use(requestLog(log, metrics));
  app.use(securityHeaders(config));
  app.use(bounds);
  app.use(healthPages(health));
  app.use(knownHost(config.publicUrl));
  app.use(cspReports(log));
  app.use('/sign-in', session);
  app.use(signInRoutes(parts, signIn));
  app.use('/api', compressed, session, api(openGate(parts, signIn), handlers));
  app.use(page);
  app.use(nothingHere);
  app.use(endRefusedSession(signIn.ender));
  app.use(answerFault(log));
  return app;
}

const nothingHere: RequestHandler = () => {
  throw new Fault('route.not_found');
};

/** When the Platform no longer lets the person in, the session ends here too (security S-26, S-31). */
const endRefusedSession =
  (ender: SessionEnder): ErrorRequestHandler =>
  async (error: unknown, req, res, next) => {
    const context = sessionOf(req);
    if (error instanceof Fault && error.code === 'session.expired' && context !== null) {
      await ender.end([context.session.id], { why: 'platform', requestId: correlationIdOf(res), address: null });
    }
    next(error);
  };
