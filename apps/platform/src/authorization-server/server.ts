import type { NextFunction, RequestHandler } from 'express';
import express from 'express';
import type { Provider } from 'oidc-provider';
import { scopes } from '../storage/schema.ts';
import { createProvider } from './provider.ts';
import type { ProviderFacts, ProviderParts } from './provider.ts';
import { defaultScope, logoutWords, programRequests, queryAsForm } from './requests.ts';
import { loadSigningKeys } from './signing-keys.ts';

/** The authorization server as the app mounts it. */
export interface AuthorizationServer {
  readonly handler: RequestHandler;
  /** The library's provider as it is now; it changes when scopes or signing keys do. */
  readonly provider: () => Provider;
  /** Reads scopes and signing keys again. */
  readonly refresh: () => Promise<void>;
  readonly stop: () => void;
}

/** Milliseconds until a new scope or signing key made elsewhere is known here. */
const refreshEvery = 15_000;

/** Every path that belongs to the library; anything else goes on to the next part of the app. */
const paths = [
  '/oauth/{*rest}',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/logout',
  '/logout/{*rest}',
];

/** Starts the authorization server. Call it when the organization is loaded. */
export async function startAuthorizationServer(
  parts: ProviderParts,
  sealing: Uint8Array,
): Promise<AuthorizationServer> {
  const facts = async (): Promise<ProviderFacts> => ({
    keys: await loadSigningKeys(parts.db, sealing, parts.clock()),
    scopes: (await parts.db.select({ id: scopes.id }).from(scopes).orderBy(scopes.id)).map(({ id }) => id),
  });
  let known = await facts();
  let provider = createProvider(parts, known);
  let callback = provider.callback();
  const refresh = async (): Promise<void> => {
    const found = await facts();
    if (signature(found) === signature(known)) return;
    known = found;
    provider = createProvider(parts, known);
    callback = provider.callback();
  };
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => parts.log.warn({ err: error }, 'scopes and signing keys could not be read'));
  }, refreshEvery);
  timer.unref();

  const router = express.Router({ caseSensitive: true, strict: true });
  const [host, protocol] = [new URL(parts.issuer).host, new URL(parts.issuer).protocol.slice(0, -1)];
  const own: RequestHandler = (req, res, next) => {
    // Whatever a caller or a proxy claims, links and cookies are those of the public address (security H-11, H-12).
    const address = req.ip ?? '';
    req.headers.host = host;
    req.headers['x-forwarded-proto'] = protocol;
    req.headers['x-forwarded-for'] = address;
    delete req.headers['x-forwarded-host'];
    void answer(callback(queryAsForm(req), res), next);
  };
  router.all(paths, programRequests, logoutWords, defaultScope(parts.db.$client), own);
  return { handler: router, provider: () => provider, refresh, stop: () => clearInterval(timer) };
}

/** Hands what went wrong to the app's last step. */
async function answer(running: Promise<void>, next: NextFunction): Promise<void> {
  try {
    await running;
  } catch (error) {
    next(error);
  }
}

const signature = ({ keys, scopes: ids }: ProviderFacts): string => JSON.stringify([keys.map(({ kid }) => kid), ids]);
