import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text as allOf } from 'node:stream/consumers';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { aDatabase } from '@latchkey/database/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser } from '../test/browser.ts';
import { aClient, aPlatform } from '../test/platform.ts';
import type { TestPlatform } from '../test/platform.ts';
import { authorizeUrl, machineToken, pkce } from '../test/sign-in.ts';

let running: TestPlatform;

beforeAll(async () => {
  running = await aPlatform();
});
afterAll(() => running[Symbol.asyncDispose]());

test('every answer has a number of its own, which the caller cannot choose, and the headers of every answer', async () => {
  for (const path of ['/livez', '/readyz', '/nothing', '/oauth/jwks', '/sign-in/abc', '/api/v2/nothing', '/logout']) {
    const answer = await fetch(`${running.url}${path}`, { headers: { 'inin-correlation-id': 'mine' } });
    expect(answer.headers.get('inin-correlation-id'), path).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(answer.headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(answer.headers.get('x-powered-by'), path).toBeNull();
    expect(answer.headers.get('cross-origin-opener-policy'), path).toBe('same-origin');
  }
});

test.each([
  ['a method that does not exist', 'FOO / HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['two lengths', 'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
  ['a length and chunks', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
  ['headers without an end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`, 431],
  ['no HTTP at all', '\u0016\u0003\u0001\r\n\r\n', 400],
])('%s is refused with a number too, and the connection is closed (I-02)', async (_, sent, status) => {
  const socket = connect(Number(new URL(running.localUrl).port), '127.0.0.1');
  socket.write(sent, 'latin1');
  const answer = await allOf(socket);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toMatch(/^inin-correlation-id: [0-9a-f-]{36}\r$/m);
});

test('an address that does not exist is told in the envelope of the wire', async () => {
  const answer = await fetch(`${running.url}/nothing`);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({
    code: 'not.found',
    status: 404,
    contextId: answer.headers.get('inin-correlation-id'),
  });
});

test('it is alive and ready until it is told to stop, and ends the requests that run', async () => {
  await using own = await aPlatform();
  expect((await fetch(`${own.url}/livez`)).status).toBe(200);
  expect((await fetch(`${own.url}/readyz`)).status).toBe(200);
  // A failed authentication takes its time, and is logged before it is answered.
  const last = machineToken(own.url, { id: 'nobody', secret: 'wrong' });
  await expect.poll(own.logged, { interval: 5 }).toContain('oauth refused');
  const begun = performance.now();
  await own.stop();
  expect((await last).status).toBe(401);
  expect(performance.now() - begun).toBeLessThan(5_000);
  await expect(fetch(`${own.url}/livez`)).rejects.toThrow();
});

test("a broken form, a huge body and a foreign content type are the caller's fault", async () => {
  const post = (body: string, type: string) =>
    fetch(`${running.url}/oauth/token`, { method: 'POST', body, headers: { 'content-type': type } });
  expect((await post('grant_type=x'.repeat(10_000), 'application/x-www-form-urlencoded')).status).toBe(400);
  expect((await post('{}', 'application/json')).status).toBe(400);
  const pollution = await post(
    'grant_type=client_credentials&__proto__[x]=1&constructor=2',
    'application/x-www-form-urlencoded',
  );
  expect(pollution.status).toBe(401);
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});

test('an address of more than 8 KiB is not read', async () => {
  expect((await fetch(`${running.url}/livez?${'x'.repeat(8_200)}`)).status).toBe(414);
});

test('behind TLS all links are those of the public address, and cookies are for https only (H-03, H-12)', async () => {
  await using own = await aPlatform({ publicUrl: 'https://platform.example.com' });
  const client = await aClient(own);
  const at = authorizeUrl(own.localUrl, client, pkce().challenge);
  const answer = await fetch(at, { redirect: 'manual', headers: { 'x-forwarded-proto': 'http' } });
  const cookies = answer.headers.getSetCookie();
  expect(cookies.length).toBeGreaterThanOrEqual(2);
  for (const cookie of cookies) expect(cookie).toMatch(/; secure/i);
  expect(answer.headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
  const metadata = (await (await fetch(`${own.localUrl}/.well-known/openid-configuration`)).json()) as {
    token_endpoint: string;
  };
  expect(metadata.token_endpoint).toBe('https://platform.example.com/oauth/token');
});

describe('as a process', () => {
  const start = async (env: Record<string, string>, channel: boolean) => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
      env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
      stdio: channel ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += String(chunk)));
    return { child, text: () => text };
  };

  test('it hands generated passwords to its parent, keeps them out of its output, signs in with them, and stops on SIGTERM', async () => {
    await using database = await aDatabase();
    const secret = randomBytes(32).toString('base64');
    const client = {
      id: 'console-1',
      secret: `lks_${'c'.repeat(49)}`,
      redirectUri: 'http://localhost:3000/sign-in/callback',
    };
    const { child, text } = await start(
      {
        PLATFORM_DATABASE_URL: database.url,
        PLATFORM_SECRET: secret,
        PLATFORM_PORT: '0',
        CONSOLE_CLIENT_ID: client.id,
        CONSOLE_CLIENT_SECRET: client.secret,
        PUBLIC_URL: 'http://localhost:3000',
      },
      true,
    );
    const messages: { type: string; url?: string; people?: { email: string; password: string; role: string }[] }[] = [];
    child.on('message', (message) => messages.push(message as never));
    await expect
      .poll(() => messages.find(({ type }) => type === 'ready')?.url ?? text(), { timeout: 20_000 })
      .toMatch(/^http/);
    const url = messages.find(({ type }) => type === 'ready')?.url ?? '';
    const people = messages.find(({ type }) => type === 'first-start')?.people ?? [];
    expect(people.length).toBeGreaterThanOrEqual(4);
    const [person] = people;
    const browser = new Browser();
    const page = await (await browser.open(authorizeUrl(url, client, pkce().challenge))).text();
    const answer = await browser.submit(page, url, '/login', {
      email: person?.email ?? '',
      password: person?.password ?? '',
    });
    expect(answer.headers.get('location')).toContain(`${client.redirectUri}?code=`);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    for (const { password } of people) expect(text()).not.toContain(password);
    for (const line of text().trim().split('\n')) expect(() => JSON.parse(line) as unknown, line).not.toThrow();
    expect(text()).not.toContain(client.secret);
  });

  test('it refuses unsafe settings by name and ends', async () => {
    const { child, text } = await start({ PLATFORM_SECRET: 'short-secret' }, false);
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(1);
    expect(text()).toContain('PLATFORM_SECRET must have at least 32 bytes');
    expect(text()).toContain('PLATFORM_DATABASE_URL is missing');
    expect(text()).not.toContain('short-secret');
  });
});
