import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser } from '../../test/browser.ts';
import { aClient, aPlatform } from '../../test/platform.ts';
import type { TestPlatform } from '../../test/platform.ts';
import { authorizeUrl, pkce, walkThrough } from '../../test/sign-in.ts';
import { clients } from '../storage/schema.ts';

let running: TestPlatform;
let url: string;

beforeAll(async () => {
  running = await aPlatform();
  ({ url } = running);
});
afterAll(() => running[Symbol.asyncDispose]());

const web = 'https://yourapp.com/callback';
const tenant = 'https://app.example.com/cb?tenant=42';
const local = 'http://localhost:3000/callback';

/** The table of security 5.1. */
const table: [registered: string, requested: string, verdict: 'allow' | 'refuse'][] = [
  [web, web, 'allow'],
  [web, 'https://yourapp.com/Callback', 'refuse'],
  [web, 'https://yourapp.com/callback/', 'refuse'],
  [web, 'https://yourapp.com/callback?x=1', 'refuse'],
  [web, 'https://yourapp.com/callback#x', 'refuse'],
  [web, 'https://yourapp.com:443/callback', 'refuse'],
  [web, 'https://YOURAPP.com/callback', 'refuse'],
  [web, 'HTTPS://yourapp.com/callback', 'refuse'],
  [web, 'http://yourapp.com/callback', 'refuse'],
  [web, 'https://yourapp.com/callback/../callback', 'refuse'],
  [web, 'https://yourapp.com/%63allback', 'refuse'],
  [web, 'https://yourapp.com/callback%00', 'refuse'],
  [web, 'https://yourapp.com.evil.example/callback', 'refuse'],
  [web, 'https://yourapp.com@evil.example/callback', 'refuse'],
  [web, 'https://evil.example/https://yourapp.com/callback', 'refuse'],
  [web, ` ${web}`, 'refuse'],
  [web, `${web} `, 'refuse'],
  [web, `${web}\t`, 'refuse'],
  [web, `${web}\n`, 'refuse'],
  [tenant, tenant, 'allow'],
  [tenant, 'https://app.example.com/cb', 'refuse'],
  ['http://localhost/callback', 'http://localhost:51004/callback', 'allow'],
  [local, 'http://localhost:4000/callback', 'allow'],
  [local, 'http://127.0.0.1:3000/callback', 'refuse'],
  [local, 'http://localhost:3000/other', 'refuse'],
  [local, 'https://localhost:3000/callback', 'refuse'],
  [local, 'http://localhost:99999/callback', 'refuse'],
  [local, 'http://localhost:3000@evil.example/callback', 'refuse'],
  ['http://[::1]/callback', 'http://[::1]:61023/callback', 'allow'],
  ['https://localhost:8443/callback', 'https://localhost:9443/callback', 'refuse'],
  ['myapp://oauth/callback', 'myapp://oauth/callback', 'allow'],
  ['myapp://oauth/callback', 'myapp://oauth:8080/callback', 'refuse'],
  ['myapp://oauth/callback', 'MYAPP://oauth/callback', 'refuse'],
];

describe('a redirect URI is the registered one byte for byte, but for the port of loopback (5.1)', () => {
  test.each(table)('registered %j, requested %j: %s', async (registered, requested, verdict) => {
    const client = await aClient(running, { redirectUris: [registered] });
    const answer = await new Browser().request(
      authorizeUrl(url, { ...client, redirectUri: requested }, pkce().challenge),
    );
    if (verdict === 'allow') {
      expect(answer.headers.get('location')).toMatch(/^\/sign-in\//);
    } else {
      expect(answer.status).toBe(400);
      expect(answer.headers.get('location')).toBeNull();
    }
  });

  test('it is always required, and a query of its own is kept', async () => {
    const client = await aClient(running, { redirectUris: [tenant] });
    const missing = await new Browser().request(authorizeUrl(url, client, pkce().challenge, { redirect_uri: null }));
    expect([missing.status, missing.headers.get('location')]).toEqual([400, null]);
    const done = await walkThrough(new Browser(), url, authorizeUrl(url, client, pkce().challenge));
    expect(done.headers.get('location')).toMatch(/^https:\/\/app\.example\.com\/cb\?tenant=42&code=/);
  });

  test('one client may have https on loopback, plain loopback and a private scheme side by side', async () => {
    const uris = ['https://localhost:8443/cb', 'http://127.0.0.1/cb', 'myapp://oauth/cb', 'https://app.example.com/cb'];
    const client = await aClient(running, { redirectUris: uris });
    for (const redirectUri of uris) {
      const done = await walkThrough(
        new Browser(),
        url,
        authorizeUrl(url, { ...client, redirectUri }, pkce().challenge),
      );
      expect(done.headers.get('location')).toContain(`${redirectUri}?code=`);
    }
  });
});

describe('a wrong request never redirects (R-10, R-15)', () => {
  test('an unknown client, and one that is switched off, get a page with a number and no more', async () => {
    const off = await aClient(running);
    await running.platform.db.update(clients).set({ state: 'inactive' }).where(eq(clients.id, off.id));
    for (const id of ['unknown', off.id, '<script>alert(1)</script>']) {
      const answer = await new Browser().request(authorizeUrl(url, { ...off, id }, pkce().challenge));
      expect([400, 401]).toContain(answer.status);
      expect(answer.headers.get('location')).toBeNull();
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      const page = await answer.text();
      expect(page).toContain(answer.headers.get('inin-correlation-id') ?? 'missing');
      expect(page).not.toContain('<script');
      expect(page).not.toContain(off.redirectUri);
    }
  });

  test.each(['redirect_uri', 'client_id', 'state', 'response_type', 'code_challenge', 'scope'])(
    'a doubled %s is refused',
    async (name) => {
      const client = await aClient(running);
      const once = new URL(authorizeUrl(url, client, pkce().challenge, { scope: 'oauth' }));
      for (const value of [once.searchParams.get(name) ?? '', 'other']) {
        const answer = await new Browser().request(`${once.href}&${name}=${encodeURIComponent(value)}`);
        const location = answer.headers.get('location');
        expect(location === null || new URL(location).searchParams.get('error') === 'invalid_request').toBe(true);
        if (name === 'redirect_uri' || name === 'client_id') expect(location).toBeNull();
      }
    },
  );
});
