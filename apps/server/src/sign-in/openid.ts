import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@latchkey/contract/faults';
import * as openidClient from 'openid-client';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Tokens } from '../session/tokens.ts';

/** Where the Platform sends people back to, below `PUBLIC_URL`. */
export const callbackPath = '/sign-in/callback';

/** Seconds by which the clocks of console and Platform may differ. */
const toleratedSeconds = 30;

/** Seconds within which the Platform has to answer (security 0.1). */
const answerSeconds = 10;

/**
 * The Platform's sign-in, behind the only file that knows openid-client; errors of the library leave it as our faults.
 */
export interface OpenId {
  /** Names the Platform in the audit. */
  readonly issuer: string;
  /** Scopes to ask for; empty where the Platform knows none for sign-in. */
  readonly scope: string;
  /** Whether ID tokens exist, so that a nonce can be sent and must be checked. */
  readonly hasIdTokens: boolean;
  /** Whether the Platform has been found. */
  readonly isReady: () => boolean;
  /** @throws platform.unreachable while it has not */
  configuration(): Promise<openidClient.Configuration>;
  /** @throws session.expired when the Platform will not renew; platform.unreachable when it did not answer */
  refresh(refreshToken: string): Promise<Tokens>;
  /** Ends a token at the Platform (RFC 7009); one that is over already counts as ended. @throws platform.unreachable */
  revoke(token: string, kind: 'access_token' | 'refresh_token'): Promise<void>;
  /** A token of the console's own client, for what it does by itself. @throws platform.unreachable */
  consoleToken(): Promise<string>;
  /** Where the browser ends its session at the Platform. */
  signOutUrl(): string;
  /** Stops looking for the Platform. */
  close(): void;
}

/** Begins to look for the Platform in the background; never fails by itself. */
export function openOpenId(config: Config, log: Log, clock: () => Date): OpenId {
  const { platform, client } = config;
  const embedded = platform.kind === 'embedded';
  const stop = new AbortController();
  let found: openidClient.Configuration | null = embedded ? null : withoutDiscovery(config);
  let looking: Promise<openidClient.Configuration> | null = null;

  const look = () => {
    looking ??= discover(config)
      .then((discovered) => (found = discovered))
      .finally(() => (looking = null));
    return looking;
  };
  const keepLooking = async () => {
    for (let wait = 250; found === null && !stop.signal.aborted; wait = Math.min(wait * 2, 5_000)) {
      await look().catch((error: unknown) => log.debug({ err: error }, 'The Platform is not there yet'));
      if (found === null) await pause(wait, undefined, { signal: stop.signal }).catch(() => undefined);
    }
    if (found !== null) log.info({ platform: platform.loginUrl.origin }, 'The Platform was found');
  };
  if (embedded) void keepLooking();

  let own: { token: Promise<Tokens>; until: number } | null = null;
  const askForOwn = async () =>
    tokensFrom(await openidClient.clientCredentialsGrant(await configuration()).catch(unreachable), new Date());
  const consoleToken = async (): Promise<string> => {
    if (own === null || Date.now() > own.until) {
      const asked = { token: askForOwn(), until: Date.now() + answerSeconds * 1_000 };
      own = asked;
      asked.token.then(
        ({ accessEndsAt }) => (asked.until = accessEndsAt.getTime() - 60_000),
        () => (asked.until = 0),
      );
    }
    return (await own.token).access;
  };

  const configuration = async () => found ?? (await look().catch(unreachable));
  return {
    issuer: platform.loginUrl.origin,
    scope: embedded ? 'openid' : '',
    hasIdTokens: embedded,
    isReady: () => found !== null,
    configuration,
    async refresh(refreshToken) {
      const answer = await openidClient.refreshTokenGrant(await configuration(), refreshToken).catch(refreshFault);
      return tokensFrom(answer, clock());
    },
    async revoke(token, kind) {
      const known = await configuration();
      await openidClient.tokenRevocation(known, token, { token_type_hint: kind }).catch(unreachable);
    },
    consoleToken,
    signOutUrl() {
      const back = new URL('/signed-out', config.publicUrl).href;
      const url = new URL(found?.serverMetadata().end_session_endpoint ?? new URL('/logout', platform.loginUrl));
      url.searchParams.set('client_id', client.id);
      url.searchParams.set(embedded ? 'post_logout_redirect_uri' : 'redirect_uri', back);
      return url.href;
    },
    close: () => stop.abort(),
  };
}

/** What a token answer means for us; a token without an end is taken to last five minutes. */
export function tokensFrom(answer: openidClient.TokenEndpointResponse, now: Date): Tokens {
  return {
    access: answer.access_token,
    refresh: answer.refresh_token ?? null,
    accessEndsAt: new Date(now.getTime() + (answer.expires_in ?? 300) * 1_000),
  };
}

async function discover({ platform, client }: Config): Promise<openidClient.Configuration> {
  const insecure = platform.loginUrl.protocol === 'http:' ? [openidClient.allowInsecureRequests] : [];
  // The library takes the tolerance of clocks from this symbol among the client's metadata.
  const metadata = { [openidClient.clockTolerance]: toleratedSeconds };
  const discovered = await openidClient.discovery(
    platform.loginUrl,
    client.id,
    metadata,
    authentication(client.secret),
    {
      execute: insecure,
      timeout: answerSeconds,
    },
  );
  // Without this the library trusts TLS instead of checking the ID token's signature (security S-05).
  openidClient.enableNonRepudiationChecks(discovered);
  return discovered;
}

/** Genesys Cloud has no discovery document (product 1.1). */
function withoutDiscovery({ platform, client }: Config): openidClient.Configuration {
  const at = (path: string) => new URL(path, platform.loginUrl).href;
  const server = {
    issuer: platform.loginUrl.origin,
    authorization_endpoint: at('/oauth/authorize'),
    token_endpoint: at('/oauth/token'),
    revocation_endpoint: at('/oauth/revoke'),
  };
  const known = new openidClient.Configuration(
    server,
    client.id,
    {},
    client.secret === null ? openidClient.None() : plainBasic(client.secret),
  );
  known.timeout = answerSeconds;
  // `readConfig` knows regions by https only; a test may put one on loopback.
  if (platform.loginUrl.protocol === 'http:') openidClient.allowInsecureRequests(known);
  return known;
}

const authentication = (secret: string | null) =>
  secret === null ? openidClient.None() : openidClient.ClientSecretBasic(secret);

/** RFC 6749 percent-encodes id and secret first, hyphens included; Genesys Cloud takes them as they are (platform-api 1.3). */
const plainBasic =
  (secret: string): openidClient.ClientAuth =>
  (_server, { client_id }, _body, headers) => {
    headers.set('authorization', `Basic ${Buffer.from(`${client_id}:${secret}`).toString('base64')}`);
  };

function unreachable(cause: unknown): never {
  throw new Fault('platform.unreachable', { remedy: 'Try again in a moment.' }, { cause });
}

/** Only the Platform's clear no ends a session; silence and disorder do not (security S-31). */
function refreshFault(error: unknown): never {
  const refused =
    error instanceof openidClient.ResponseBodyError &&
    ['invalid_grant', 'invalid_client', 'unauthorized_client'].includes(error.error);
  if (refused)
    throw new Fault('session.expired', { detail: 'The Platform no longer renews your access.' }, { cause: error });
  return unreachable(error);
}
