import { desc } from 'drizzle-orm';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aClient, aPlatform } from '../../test/platform.ts';
import type { TestPlatform } from '../../test/platform.ts';
import { aCode, authorizeUrl, redeem, who } from '../../test/sign-in.ts';
import { deriveKeys } from '../keys.ts';
import { scopes, signingKeys } from '../storage/schema.ts';
import { keyDays, loadSigningKeys } from './signing-keys.ts';

let running: TestPlatform;
let url: string;

beforeAll(async () => {
  running = await aPlatform();
  ({ url } = running);
});
afterAll(() => running[Symbol.asyncDispose]());

const metadata = async (at = url) =>
  (await fetch(`${at}/.well-known/openid-configuration`)).json() as Promise<Record<string, unknown>>;
const keySet = async (at = url) =>
  ((await (await fetch(`${at}/oauth/jwks`)).json()) as { keys: Record<string, unknown>[] }).keys;

test('the metadata says what is offered and nothing else (O-12)', async () => {
  const found = await metadata();
  expect({ ...found, id_token_signing_alg_values_supported: undefined }).toEqual({
    issuer: url,
    authorization_endpoint: `${url}/oauth/authorize`,
    token_endpoint: `${url}/oauth/token`,
    revocation_endpoint: `${url}/oauth/revoke`,
    introspection_endpoint: `${url}/oauth/introspect`,
    userinfo_endpoint: `${url}/oauth/userinfo`,
    jwks_uri: `${url}/oauth/jwks`,
    end_session_endpoint: `${url}/logout`,
    response_types_supported: ['code'],
    response_modes_supported: ['form_post', 'fragment', 'query'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    authorization_response_iss_parameter_supported: true,
    scopes_supported: ['openid', 'profile', 'email', 'oauth', 'oauth:readonly', 'users:readonly'],
    claims_supported: ['sub', 'name', 'preferred_username', 'email', 'sid', 'auth_time', 'iss'],
    claims_parameter_supported: false,
    request_uri_parameter_supported: false,
    claim_types_supported: ['normal'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: undefined,
  });
  expect(new Set(found['id_token_signing_alg_values_supported'] as string[])).toEqual(new Set(['RS256', 'ES256']));
});

test('a header that names another host changes no address (H-12)', async () => {
  const answer = await fetch(`${url}/.well-known/openid-configuration`, {
    headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  });
  expect(JSON.stringify(await answer.json())).not.toContain('evil.example');
});

test.each([
  ['POST', '/oauth/reg'],
  ['POST', '/reg'],
  ['GET', '/interaction/abc'],
  ['POST', '/oauth/request'],
  ['POST', '/oauth/device/auth'],
  ['GET', '/oauth/nothing'],
])('%s %s does not exist', async (method, path) => {
  expect((await fetch(`${url}${path}`, { method })).status).toBe(404);
});

test('published keys have no private part and are not the ones of the library', async () => {
  const keys = await keySet();
  expect(new Set(keys.map(({ alg }) => alg))).toEqual(new Set(['ES256', 'RS256']));
  for (const key of keys) {
    for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(name);
    expect(key['kid']).not.toBe('keystore-CHANGE-ME');
  }
});

test('replicas share keys, tokens and sessions (O-13)', async () => {
  const replica = await running.replica();
  expect(await keySet(replica.localUrl)).toEqual(await keySet());
  const client = await aClient(running);
  const { body } = await redeem(replica.localUrl, client, await aCode(url, client, { params: { scope: 'openid' } }));
  expect((await who(url, body.access_token)).status).toBe(200);
  const { payload } = await jwtVerify(String(body['id_token']), createRemoteJWKSet(new URL(`${url}/oauth/jwks`)), {
    issuer: url,
    audience: client.id,
  });
  expect(payload.sub).toBe('ada');
});

test('no private key lies in the database as it is', async () => {
  const rows = await running.platform.db.select().from(signingKeys);
  expect(rows).toHaveLength(2);
  for (const { sealed } of rows) expect(sealed.split('.')).toHaveLength(5);
});

test('keys come up for renewal with an overlap, and another secret cannot open them', async () => {
  await using own = await aPlatform();
  const { db } = own.platform;
  const sealing = deriveKeys(own.config.secret).sealing;
  const day = 86_400_000;
  const before = (await loadSigningKeys(db, sealing, new Date())).map(({ kid }) => kid);
  const later = new Date(Date.now() + keyDays.sign * day);
  const during = (await loadSigningKeys(db, sealing, later)).map(({ kid }) => kid);
  expect(during).toHaveLength(4);
  expect(new Set(during.slice(2))).toEqual(new Set(before));
  const after = (await loadSigningKeys(db, sealing, new Date(later.getTime() + keyDays.publishedAfter * day))).map(
    ({ kid }) => kid,
  );
  expect(after).toEqual(during.slice(0, 2));
  await expect(loadSigningKeys(db, deriveKeys('another secret of thirty-two bytes').sealing, later)).rejects.toThrow(
    'PLATFORM_SECRET',
  );
  expect(await db.select().from(signingKeys).orderBy(desc(signingKeys.dateCreated))).toHaveLength(2);
});

test('a new scope is known without a restart', async () => {
  await using own = await aPlatform();
  await own.platform.db.insert(scopes).values({ id: 'routing', description: 'Route' });
  await own.authorizationServer.refresh();
  expect((await metadata(own.url))['scopes_supported']).toContain('routing');
});

test('another origin may call only what browsers need, and only for its own public client (O-17)', async () => {
  const client = await aClient(running);
  const ask = (origin: string, path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, { redirect: 'manual', ...init, headers: { origin } });
  const form = () => ({
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: 'x',
      client_id: client.id,
      redirect_uri: client.redirectUri,
    }),
  });
  const own = 'https://app.example.com';
  expect((await ask(own, '/oauth/token', form())).headers.get('access-control-allow-origin')).toBe(own);
  for (const origin of [
    'null',
    'https://evil.example',
    'https://app.example.com.evil.example',
    'http://app.example.com',
  ]) {
    expect((await ask(origin, '/oauth/token', form())).headers.get('access-control-allow-origin'), origin).toBeNull();
  }
  for (const path of [authorizeUrl('', client, 'a'.repeat(43)), '/logout', '/sign-in/abc', '/livez', '/api/v2/who']) {
    expect((await ask(own, path)).headers.get('access-control-allow-origin'), path).toBeNull();
  }
  expect((await fetch(`${url}/oauth/token`, form())).headers.get('access-control-allow-origin')).toBeNull();
});
