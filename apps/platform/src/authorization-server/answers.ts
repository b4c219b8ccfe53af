import { setTimeout as pause } from 'node:timers/promises';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import { addressKey } from '../limits/limiter.ts';
import type { Limits } from '../limits/limits.ts';
import { rateLimitText } from './rate-limit-text.ts';

/** The endpoints that programs call. */
export const programPaths: ReadonlySet<string> = new Set(['/oauth/token', '/oauth/revoke', '/oauth/introspect']);

/** Milliseconds that a failed authentication takes at least, whatever failed (security O-05, B-05). */
export const failureFloorMs = 100;

/** What the library says when an `Authorization` header cannot hold a right secret (security K-05). */
const unusableCredentials =
  /authorization header|no client authentication mechanism|client_secret must be provided|not properly encoded/i;

const corsHeaders = ['access-control-allow-origin', 'access-control-expose-headers'];

interface ErrorAnswer {
  error: string;
  error_description?: string;
  scope?: string;
}

/**
 * Gives the answers of the token, revocation and introspection endpoints the wire's form (platform-api 1.4, 1.5):
 * `description` beside `error_description`, `bearer` in lower case, and one answer for every way in which a client
 * fails to authenticate, never sooner than `failureFloorMs`.
 */
export function shapeAnswers(provider: Provider, limits: Limits, log: Logger): void {
  provider.use(async (ctx, next) => {
    if (!programPaths.has(ctx.path)) {
      await next();
      return;
    }
    const begun = performance.now();
    await next();
    // Only browsers send an origin, and only they need to be told (security O-17).
    if (ctx.get('origin') === '') for (const name of corsHeaders) ctx.remove(name);
    const body: unknown = ctx.body;
    if (isError(body)) {
      if (ctx.status === 401 || unusableCredentials.test(body.error_description ?? '')) {
        await refuseClient(ctx as KoaContextWithOIDC, limits, log, begun);
      } else {
        ctx.body = errorBody(wordOf(body), body.error_description ?? body.error);
      }
    } else if (isToken(body)) {
      ctx.body = { ...body, token_type: 'bearer' };
    } else if (ctx.status === 404) {
      ctx.status = 405;
      ctx.set('allow', 'POST');
      ctx.body = errorBody('invalid_request', 'send a POST request');
    }
  });
}

async function refuseClient(ctx: KoaContextWithOIDC, limits: Limits, log: Logger, begun: number): Promise<void> {
  const clientId = presentedClientId(ctx);
  const key = `${clientId.slice(0, 100)} ${addressKey(ctx.ip)}`;
  const wait = await limits.wrongSecrets.count(key);
  ctx.status = wait === null ? 401 : 400;
  ctx.body =
    wait === null
      ? errorBody('invalid_client', 'authentication failed')
      : errorBody('invalid_request', rateLimitText(wait));
  if (wait !== null) log.warn({ clientId, ip: ctx.ip }, 'too many failed authentications of a client');
  ctx.set('cache-control', 'no-store');
  if (ctx.status === 401 && ctx.headers.authorization !== undefined)
    ctx.set('www-authenticate', 'Basic realm="Latchkey"');
  else ctx.remove('www-authenticate');
  await pause(Math.max(0, failureFloorMs * (wait === null ? 1 : 10) - (performance.now() - begun)));
}

function presentedClientId(ctx: KoaContextWithOIDC): string {
  const basic = /^basic ([A-Za-z0-9+/=]+)$/i.exec(ctx.headers.authorization ?? '')?.[1];
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString('utf8').split(':')[0] ?? '';
  const sent: unknown = ctx.oidc?.params?.['client_id'];
  return typeof sent === 'string' ? sent : '';
}

const wordOf = ({ error, error_description: text }: ErrorAnswer): string =>
  text === 'requested grant type is not allowed for this client' ? 'unauthorized_client' : error;

const errorBody = (error: string, text: string) => ({ error, description: text, error_description: text });

const isError = (body: unknown): body is ErrorAnswer =>
  typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string';

const isToken = (body: unknown): body is { token_type: string } =>
  typeof body === 'object' && body !== null && 'token_type' in body;
