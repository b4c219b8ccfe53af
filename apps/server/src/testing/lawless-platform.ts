import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';

/** What an ID token is made from, so that a test can make a false one. */
export interface IdTokenMaking {
  readonly issuer: string;
  readonly clientId: string;
  readonly subject: string;
  readonly nonce: string | undefined;
  readonly key: CryptoKey;
  readonly publicJwk: JWK;
  /** The claims that a lawful one has. */
  readonly claims: JWTPayload;
  readonly sign: (claims: JWTPayload, header?: { alg: string; kid?: string }) => Promise<string>;
}

/**
 * A Platform that breaks the rules when told to: for what the embedded one never does. Signs in whoever comes.
 */
export interface LawlessPlatform {
  readonly url: string;
  readonly client: { readonly id: string; readonly secret: string };
  /** Permissions of the person who signs in next and is asked for from now on. */
  permissions: string[];
  person: { id: string; name: string; email: string };
  hipaa: boolean;
  /** Life of access tokens in seconds. */
  accessSeconds: number;
  /** Makes the ID token; null makes the lawful one. */
  idToken: ((making: IdTokenMaking) => Promise<string | undefined>) | null;
  /** What `iss` says on the way back; null leaves it out. */
  issuerSaid: string | null;
  /** Refuses to renew. */
  refusesRefresh: boolean;
  /** Cuts every connection, as if it were not there. */
  down: boolean;
  /** What token requests wait for before they are answered. */
  holdTokens: Promise<unknown> | null;
  /** Refuses every API call with 401. */
  refusesTokens: boolean;
  readonly seen: {
    tokenCalls: number;
    refreshes: number;
    readonly revoked: string[];
    readonly verifiers: string[];
    /** How the console proved itself at the token endpoint. */
    readonly authorizations: (string | undefined)[];
    /** Every token that was handed out. */
    readonly tokens: string[];
    readonly apiHeaders: Record<string, string | string[] | undefined>[];
  };
  stop(): Promise<void>;
}

/** Starts one on `127.0.0.1`. */
export async function aLawlessPlatform(): Promise<LawlessPlatform> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const codes = new Map<string, { challenge: string; nonce: string | undefined; personId: string }>();
  const living = new Set<string>();
  const refreshable = new Set<string>();
  const app = express();
  const server = createServer((req, res) => (platform.down ? req.socket.destroy() : app(req, res)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const platform: LawlessPlatform = {
    url,
    client: { id: 'console', secret: randomBytes(32).toString('base64url') },
    permissions: ['oauth:client:view', 'oauth:client:add', 'oauth:client:edit', 'oauth:client:delete'],
    person: { id: 'person-1', name: 'Ada Admin', email: 'ada@example.com' },
    hipaa: false,
    accessSeconds: 1_800,
    idToken: null,
    issuerSaid: url,
    refusesRefresh: false,
    down: false,
    refusesTokens: false,
    holdTokens: null,
    seen: { tokenCalls: 0, refreshes: 0, revoked: [], verifiers: [], authorizations: [], tokens: [], apiHeaders: [] },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };

  const handOut = () => {
    const [access, refresh] = [randomBytes(24).toString('base64url'), randomBytes(24).toString('base64url')];
    living.add(access);
    refreshable.add(refresh);
    platform.seen.tokens.push(access, refresh);
    return { access_token: access, refresh_token: refresh, token_type: 'bearer', expires_in: platform.accessSeconds };
  };

  const idToken = async (personId: string, nonce: string | undefined) => {
    const now = Math.floor(Date.now() / 1_000);
    const claims: JWTPayload = {
      iss: url,
      aud: platform.client.id,
      sub: personId,
      iat: now,
      exp: now + 300,
      ...(nonce && { nonce }),
    };
    const sign: IdTokenMaking['sign'] = (given, header = { alg: 'RS256', kid: 'one' }) =>
      new SignJWT(given).setProtectedHeader(header).sign(privateKey);
    const making = {
      issuer: url,
      clientId: platform.client.id,
      subject: personId,
      nonce,
      key: privateKey,
      publicJwk: jwk,
      claims,
      sign,
    };
    const made = platform.idToken ? await platform.idToken(making) : await sign(claims);
    if (made) platform.seen.tokens.push(made);
    return made;
  };

  app.get('/.well-known/openid-configuration', (_req, res) => {
    res.json({
      issuer: url,
      authorization_endpoint: `${url}/oauth/authorize`,
      token_endpoint: `${url}/oauth/token`,
      revocation_endpoint: `${url}/oauth/revoke`,
      end_session_endpoint: `${url}/logout`,
      jwks_uri: `${url}/oauth/jwks`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    });
  });
  app.get('/oauth/jwks', (_req, res) => void res.json({ keys: [jwk] }));
  app.get('/oauth/authorize', (req, res) => {
    const { redirect_uri, state, code_challenge, nonce } = req.query as Record<string, string>;
    const code = randomUUID();
    codes.set(code, { challenge: code_challenge ?? '', nonce, personId: platform.person.id });
    const back = new URL(redirect_uri ?? '');
    back.searchParams.set('code', code);
    if (state) back.searchParams.set('state', state);
    if (platform.issuerSaid !== null) back.searchParams.set('iss', platform.issuerSaid);
    res.redirect(303, back.href);
  });
  app.post('/oauth/token', express.urlencoded(), async (req, res) => {
    platform.seen.tokenCalls += 1;
    platform.seen.authorizations.push(req.headers.authorization);
    await platform.holdTokens;
    const body = req.body as Record<string, string>;
    if (body['grant_type'] === 'client_credentials') return void res.json(handOut());
    if (body['grant_type'] === 'refresh_token') {
      platform.seen.refreshes += 1;
      if (platform.refusesRefresh || !refreshable.delete(body['refresh_token'] ?? ''))
        return void res.status(400).json({ error: 'invalid_grant' });
      return void res.json(handOut());
    }
    const known = codes.get(body['code'] ?? '');
    codes.delete(body['code'] ?? '');
    platform.seen.verifiers.push(body['code_verifier'] ?? '');
    const challenge = createHash('sha256')
      .update(body['code_verifier'] ?? '')
      .digest('base64url');
    if (!known || known.challenge !== challenge) return void res.status(400).json({ error: 'invalid_grant' });
    res.json({ ...handOut(), id_token: await idToken(known.personId, known.nonce) });
  });
  app.post('/oauth/revoke', express.urlencoded(), (req, res) => {
    const { token = '' } = req.body as Record<string, string>;
    platform.seen.revoked.push(token);
    living.delete(token);
    refreshable.delete(token);
    res.status(200).end();
  });
  app.use('/api/v2', (req, res, next) => {
    platform.seen.apiHeaders.push(req.headers);
    const token = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
    if (platform.refusesTokens || !living.has(token))
      return void res.status(401).json({ code: 'bad.credentials', status: 401 });
    next();
  });
  app.get('/api/v2/users/me', (_req, res) => {
    const organization = { id: 'org', name: 'Example', features: { hipaa: platform.hipaa } };
    res.json({
      ...platform.person,
      username: platform.person.email,
      state: 'active',
      version: 1,
      authorization: { permissions: platform.permissions },
      organization,
    });
  });
  app.get('/api/v2/authorization/subjects/me', (_req, res) => {
    res.json({ id: platform.person.id, name: platform.person.name, grants: [] });
  });
  app.get('/api/v2/authorization/roles', (_req, res) => {
    res.json({
      entities: [{ id: 'role-1', name: 'Master Admin', permissions: ['authorization:grant:add'] }],
      total: 1,
      pageCount: 1,
    });
  });
  return platform;
}

/** The bytes of a lawful key, as an attacker who knows only the public half would use them. */
export const asSharedSecret = (jwk: JWK): Uint8Array => new TextEncoder().encode(JSON.stringify(jwk));
