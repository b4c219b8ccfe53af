import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../testing/browser.ts';
import {
  aLawlessPlatform,
  asSharedSecret,
  type IdTokenMaking,
  type LawlessPlatform,
} from '../testing/lawless-platform.ts';
import { apiOf, startConsole, type TestConsole } from '../testing/start-console.ts';

let platform: LawlessPlatform;
let console_: TestConsole;

beforeAll(async () => {
  platform = await aLawlessPlatform();
  console_ = await startConsole(platform.url, platform.client);
});
afterAll(async () => {
  await console_?.stop();
  await platform?.stop();
});
beforeEach(() => {
  platform.idToken = null;
});

const now = () => Math.floor(Date.now() / 1_000);
const with_ = (change: object) => (making: IdTokenMaking) => making.sign({ ...making.claims, ...change });
const stranger = generateKeyPair('RS256');
let oldNonce: string | undefined;

const falseTokens: Record<string, (making: IdTokenMaking) => Promise<string | undefined>> = {
  'none at all': () => Promise.resolve(undefined),
  'another nonce': with_({ nonce: 'another' }),
  'no nonce': ({ claims: { nonce: _nonce, ...claims }, sign }) => sign(claims),
  'the nonce of an earlier sign-in': (making) => with_({ nonce: oldNonce })(making),
  'no signature': ({ claims }) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return Promise.resolve(`${part({ alg: 'none' })}.${part(claims)}.`);
  },
  'a signature by the public key as a shared secret': ({ claims, publicJwk }) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(asSharedSecret(publicJwk)),
  'an unknown key': async ({ claims }) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'two' }).sign((await stranger).privateKey),
  'a known key’s name on a stranger’s signature': async ({ claims }) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign((await stranger).privateKey),
  'another issuer': with_({ iss: 'https://evil.example' }),
  'another audience': with_({ aud: 'somebody' }),
  'a stranger in the audience': ({ claims, clientId, sign }) =>
    sign({ ...claims, aud: [clientId, 'somebody'], azp: clientId }),
  'another authorized party': with_({ azp: 'somebody' }),
  'an end 61 seconds ago': with_({ exp: now() - 61 }),
  'a birth in an hour': with_({ iat: now() + 3_600, exp: now() + 7_200 }),
  'no subject': ({ claims: { sub: _sub, ...claims }, sign }) => sign(claims),
  'another person than the Platform’s API names': with_({ sub: 'person-2' }),
};

describe('an ID token with', () => {
  it.each(Object.keys(falseTokens))('%s lets nobody in', async (what) => {
    platform.idToken = async (making) => {
      oldNonce ??= making.nonce;
      return making.sign(making.claims);
    };
    const before = new Browser();
    await before.visit(`${console_.url}/sign-in`, { until: (url) => url.pathname === '/' });
    expect(await apiOf(before, console_.url).session.read()).not.toBeNull();

    platform.idToken = falseTokens[what] ?? null;
    const browser = new Browser();
    const { response } = await browser.visit(`${console_.url}/sign-in`);
    expect(response.status).toBe(400);
    expect(browser.cookie('localhost', 'latchkey')).toBeUndefined();
    expect(await apiOf(browser, console_.url).session.read()).toBeNull();
  });
});
