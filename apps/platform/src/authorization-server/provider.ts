import { matchesRedirectUri } from '@latchkey/domain/redirect-uri';
import type { JWK } from 'jose';
import { errors, Provider } from 'oidc-provider';
import type { Adapter, Client, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { ConsoleClient } from '../config.ts';
import type { Clock } from '../context/platform.ts';
import type { Database } from '@latchkey/database/pool';
import { correlationHeader } from '../http/correlation-id.ts';
import type { Limits } from '../limits/limits.ts';
import { findPerson } from './accounts.ts';
import { challengeWasUsed, PostgresAdapter } from './adapter.ts';
import { shapeAnswers } from './answers.ts';
import { registerClientCredentials } from './client-credentials.ts';
import { clientMetadata, openIdScopes, ownProperties } from './client-metadata.ts';
import { readClient } from './client-row.ts';
import { compareSecret, matchedSecret, rememberSecrets } from './compare-secret.ts';
import { existingGrant } from './grants.ts';
import { lifetimes } from './lifetimes.ts';
import { endTokensAtLogout, logoutPage, signedOutPage } from './logout.ts';
import { guardPages, renderError } from './pages.ts';
import { signInPolicy } from './policy.ts';
import { rateLimitText } from './rate-limit-text.ts';
import type { SecretHasher } from './secret-hasher.ts';
import type { SecretUses } from './secret-uses.ts';

/** What the authorization server is made of. */
export interface ProviderParts {
  readonly issuer: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly hasher: SecretHasher;
  readonly uses: SecretUses;
  readonly limits: Limits;
  readonly cookieKey: string;
  readonly console: ConsoleClient | null;
}

/** What is read from the database and fixed for the life of one `Provider`. */
export interface ProviderFacts {
  readonly keys: readonly JWK[];
  readonly scopes: readonly string[];
}

/** oidc-provider, told all of this Platform's rules. It keeps nothing in memory but caches. */
export function createProvider(parts: ProviderParts, facts: ProviderFacts): Provider {
  const { issuer, db, clock, log, hasher, uses, limits } = parts;
  const knownScopes = new Set(facts.scopes);
  const provider = new Provider(issuer, configuration(parts, facts));
  // Addresses and the protocol come from Express, which alone knows the trusted proxies.
  provider.proxy = true;
  useOwnClientRules(provider, compareSecret({ hasher, clock, uses, ...limitTokens(limits) }));
  registerClientCredentials(provider, knownScopes);
  endTokensAtLogout(provider, db);
  guardPages(provider);
  shapeAnswers(provider, limits, log);
  provider.on('grant.success', (ctx) => {
    const clientId = ctx.oidc.client?.clientId;
    if (clientId !== undefined && matchedSecret(ctx) === null) uses.note({ clientId, secretId: null, at: clock() });
  });
  logFailures(provider, log);
  return provider;
}

function configuration(parts: ProviderParts, { keys, scopes }: ProviderFacts): Configuration {
  const pool = parts.db.$client;
  return {
    adapter: adapterFactory(parts, new Set(scopes)),
    findAccount: findPerson(pool),
    loadExistingGrant: existingGrant,
    jwks: { keys: [...keys] },
    scopes: [...openIdScopes, ...scopes],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email'] },
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    routes: {
      authorization: '/oauth/authorize',
      token: '/oauth/token',
      revocation: '/oauth/revoke',
      introspection: '/oauth/introspect',
      userinfo: '/oauth/userinfo',
      jwks: '/oauth/jwks',
      end_session: '/logout',
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: { enabled: true, logoutSource: logoutPage, postLogoutSuccessSource: signedOutPage },
    },
    // `org`, `provider` and `target` come with the wire's sign-in links (platform-api 1.2); one organization ignores them.
    extraParams: {
      org: null,
      provider: null,
      target: (ctx: KoaContextWithOIDC) => checkRequest(ctx, pool, new Set(scopes)),
    },
    interactions: { policy: signInPolicy(), url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    issueRefreshToken: (_ctx, client) => client.clientAuthMethod !== 'none' && client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: () => true,
    // Tokens outlive the browser session and end when the person signs out (platform-api 1.4).
    expiresWithSession: () => false,
    extraClientMetadata: { properties: [...ownProperties], validator: () => undefined },
    extraTokenClaims: (ctx) => authTimeOf(ctx),
    clientBasedCORS: (ctx, origin, client) =>
      (ctx.oidc.route === 'userinfo' || client.clientAuthMethod === 'none') &&
      (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin),
    cookies: {
      keys: [parts.cookieKey],
      names: { session: 'latchkey_platform', interaction: 'latchkey_sign_in', resume: 'latchkey_resume' },
      long: { httpOnly: true, sameSite: 'lax', signed: true },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    ttl: {
      AccessToken: (_ctx, _token, client) => Number(client['access_token_validity_seconds']),
      ClientCredentials: (_ctx, _token, client) => Number(client['access_token_validity_seconds']),
      AuthorizationCode: lifetimes.code,
      RefreshToken: (ctx) => ctx.oidc.entities.RotatedRefreshToken?.remainingTTL ?? lifetimes.refreshFamily,
      Grant: lifetimes.grant,
      IdToken: lifetimes.idToken,
      Interaction: lifetimes.interaction,
      Session: (_ctx, session) => sessionLeft((session as { loginTs?: number }).loginTs),
    },
    clockTolerance: lifetimes.clockTolerance,
    renderError: (ctx, out, error) => renderError(ctx, out, error),
  };
}

/** Seconds until the absolute end of a session; moving about does not prolong it. */
const sessionLeft = (signedInAt: number | undefined): number =>
  signedInAt === undefined
    ? lifetimes.interaction
    : Math.max(1, signedInAt + lifetimes.session - Math.floor(Date.now() / 1_000));

/** Keeps with a person's token when they proved who they are, for rules that want a fresh proof (product 2.5). */
function authTimeOf(ctx: KoaContextWithOIDC): { auth_time: number } | undefined {
  const { AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc.entities;
  const at = code?.authTime ?? refresh?.authTime;
  return at === undefined ? undefined : { auth_time: at };
}

function adapterFactory(parts: ProviderParts, knownScopes: ReadonlySet<string>): (model: string) => Adapter {
  const pool = parts.db.$client;
  return (model) => {
    const adapter = new PostgresAdapter(model, pool, parts.clock);
    if (model !== 'Client') return adapter;
    adapter.find = async (id) => {
      const client = await readClient(pool, id);
      if (client === undefined) return undefined;
      const ctx = Provider.ctx;
      rememberSecrets(ctx, client);
      const postLogoutRedirectUris =
        client.builtIn && parts.console !== null ? [parts.console.postLogoutRedirectUri] : client.redirectUris;
      return clientMetadata(client, { knownScopes, postLogoutRedirectUris, ctx });
    };
    return adapter;
  };
}

/** What the library does not ask of a request for authorization: known scopes, and a code challenge of its own. */
async function checkRequest(ctx: KoaContextWithOIDC, pool: Pool, knownScopes: ReadonlySet<string>): Promise<void> {
  const { client, params } = ctx.oidc;
  // The library has dropped unknown scopes from its own copy by now.
  const asked = String(ctx.query['scope'] ?? '')
    .split(' ')
    .filter(Boolean);
  const known = (scope: string): boolean =>
    knownScopes.has(scope) || (openIdScopes as readonly string[]).includes(scope);
  const foreign = asked.find((scope) => !known(scope) && scope !== 'offline_access');
  if (foreign !== undefined) throw new errors.InvalidScope('requested scope is not known', foreign);
  const challenge: unknown = params?.['code_challenge'];
  if (client === undefined || typeof challenge !== 'string') return;
  if (await challengeWasUsed(pool, client.clientId, challenge)) {
    throw new errors.InvalidRequest('code_challenge was used before');
  }
}

/**
 * Redirect URIs obey the domain's rules, at registration and here (security 5.1); the library's own, which tell native
 * from web applications, would refuse clients that have both.
 */
function useOwnClientRules(provider: Provider, compareClientSecret: (presented: string) => Promise<boolean>): void {
  const own = provider.Client as unknown as {
    prototype: Record<string, unknown>;
    Schema: { prototype: { redirectUris: () => void; postLogoutRedirectUris: () => void } };
  };
  own.Schema.prototype.redirectUris = () => undefined;
  own.Schema.prototype.postLogoutRedirectUris = () => undefined;
  const matching = (list: 'redirectUris' | 'postLogoutRedirectUris') =>
    function allowed(this: Client, requested: unknown): boolean {
      return typeof requested === 'string' && (this[list] ?? []).some((uri) => matchesRedirectUri(uri, requested));
    };
  own.prototype['redirectUriAllowed'] = matching('redirectUris');
  own.prototype['postLogoutRedirectUriAllowed'] = matching('postLogoutRedirectUris');
  own.prototype['compareClientSecret'] = compareClientSecret;
}

/** Only a client that has proved who it is counts, so that nobody can use up another's limit. */
const limitTokens = ({ tokens }: Limits) => ({
  async afterMatch(ctx: KoaContextWithOIDC, clientId: string): Promise<void> {
    if (ctx.oidc.route !== 'token') return;
    const wait = await tokens.count(clientId);
    if (wait !== null) throw new errors.InvalidRequest(rateLimitText(wait));
  },
});

const idOf = (ctx: KoaContextWithOIDC): string => String(ctx.res.getHeader(correlationHeader));

/** Refusals with their reason, never with what was sent; faults of our own with their stack. */
function logFailures(provider: Provider, log: Logger): void {
  const refused = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError): void => {
    const { error: code, error_description: description, error_detail: detail } = error;
    const { clientId } = ctx.oidc.client ?? {};
    log.info(
      { correlationId: idOf(ctx), route: ctx.oidc.route, ip: ctx.ip, clientId, code, description, detail },
      'oauth refused',
    );
  };
  for (const event of [
    'authorization.error',
    'grant.error',
    'revocation.error',
    'introspection.error',
    'end_session.error',
  ] as const) {
    provider.on(event as 'grant.error', refused);
  }
  provider.on('server_error', (ctx, error) =>
    log.error({ correlationId: idOf(ctx), route: ctx.oidc?.route, err: error }, 'oauth failed'),
  );
  // Koa would write to the console what it cannot answer.
  provider.on('error' as 'server_error', (error: unknown) => log.error({ err: error }, 'oauth failed'));
}
