import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gzipSync } from 'node:zlib';
import { consoleApi } from '@latchkey/contract/console-api/table';
import { allRoutes } from '@latchkey/wire/each-route';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { aLawlessPlatform, type LawlessPlatform } from './testing/lawless-platform.ts';
import { rawRequest } from './testing/raw-request.ts';
import { startConsole, type TestConsole } from './testing/start-console.ts';

let platform: LawlessPlatform;
let console_: TestConsole;
let browser: Browser;
let folder: string;
let port: number;
let host: string;

const index =
  '<!doctype html><html><head><script type="module" nonce="__CSP_NONCE__" src="/assets/app-AbCdEf12.js"></script></head><body></body></html>';
const script = `console.log(${JSON.stringify('x'.repeat(5_000))});\n`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-page-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), index);
  await writeFile(join(folder, 'assets', 'app-AbCdEf12.js'), script);
  await writeFile(join(folder, 'assets', 'app-AbCdEf12.js.map'), '{}');
  await writeFile(join(folder, '.env'), 'SECRET=1');
  platform = await aLawlessPlatform();
  console_ = await startConsole(platform.url, platform.client, { page: folder });
  host = new URL(console_.url).host;
  port = Number(new URL(console_.url).port);
});
afterAll(async () => {
  await console_?.stop();
  await platform?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  browser = new Browser();
  await browser.visit(`${console_.url}/sign-in`, { until: (url) => url.pathname === '/' });
});

const at = (path: string) => `${console_.url}${path}`;
const stay = (init: RequestInit) => browser.fetch(at('/api/session/stay'), { method: 'POST', ...init });
const code = async (response: Response) => ((await response.json()) as { code?: string }).code;
const alive = async () => (await browser.fetch(at('/api/sessions'))).status === 200;

describe('a request that changes something', () => {
  const unsafe = allRoutes(consoleApi).filter(({ route }) => route.method !== 'GET');

  it.each(unsafe.map(({ name, route }) => [name, route] as const))(
    '%s is refused unless the page sent it',
    async (_name, { method, path }) => {
      const url = at(`/api${path.replace(/:\w+/g, '0b7d3a5e-61f2-4f0c-8a1b-6a2f5c9d1e01')}`);
      const { hostname } = new URL(console_.url);
      const forged: Record<string, string>[] = [
        { 'latchkey-request': '' },
        { 'latchkey-request': '0' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'none' },
        { 'sec-fetch-site': 'same-origin', origin: 'null' },
        { 'sec-fetch-site': 'same-origin', origin: `http://${hostname}:1` },
        { 'sec-fetch-site': 'same-origin', origin: console_.url.replace('http:', 'https:') },
        { 'sec-fetch-site': 'same-origin', origin: `${console_.url}.evil.example` },
      ];
      for (const headers of forged) {
        const response = await browser.fetch(url, { method, headers });
        expect(response.status, JSON.stringify(headers)).toBe(403);
        expect(await code(response)).toBe('request.forged');
      }
      expect(await alive()).toBe(true);
    },
  );

  it('without Fetch Metadata needs the console’s own Origin', async () => {
    const cookie = `latchkey=${browser.cookie('localhost', 'latchkey') ?? ''}`;
    const ask = (...origin: string[]) =>
      rawRequest(port, [
        `POST /api/session/stay HTTP/1.1`,
        `Host: ${host}`,
        `Cookie: ${cookie}`,
        'latchkey-request: 1',
        'Content-Length: 0',
        ...origin,
      ]);
    expect((await ask()).status).toBe(403);
    expect((await ask('Origin: null')).status).toBe(403);
    expect((await ask(`Origin: ${console_.url}`)).status).toBe(200);
  });

  it.each([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/json;evil',
    'application/json; charset=utf-16',
    'application/jsonx',
    '',
  ])('is refused with the content type %j', async (type) => {
    const response = await browser.fetch(at('/api/session/stay'), {
      method: 'POST',
      headers: { 'content-type': type },
      body: 'a=b',
    });
    expect(response.status).toBe(415);
    expect(await code(response)).toBe('input.media_type');
  });

  it('is refused with a missing or doubled content type, and compressed', async () => {
    const lines = [
      `POST /api/clients HTTP/1.1`,
      `Host: ${host}`,
      `Cookie: latchkey=${browser.cookie('localhost', 'latchkey') ?? ''}`,
      'latchkey-request: 1',
      `Origin: ${console_.url}`,
    ];
    const ask = (body: string | Buffer, ...more: string[]) =>
      rawRequest(port, [...lines, `Content-Length: ${body.length}`, ...more], body);
    expect((await ask('{}')).status).toBe(415);
    expect((await ask('{}', 'Content-Type: application/json', 'Content-Type: application/json')).status).toBe(415);
    expect((await ask(gzipSync('{}'), 'Content-Type: application/json', 'Content-Encoding: gzip')).status).toBe(415);
    expect(
      (await ask(gzipSync('['.repeat(10_000_000)), 'Content-Type: application/json', 'Content-Encoding: gzip')).status,
    ).toBe(415);
  });

  it('is recorded when it was forged, but not for ever', async () => {
    const count = async () =>
      (await console_.console.parts.pool.query(`SELECT 1 FROM audit_events WHERE action = 'request.forged'`))
        .rowCount ?? 0;
    for (let times = 0; times < 30; times += 1) await stay({ headers: { 'sec-fetch-site': 'cross-site' } });
    expect(await count()).toBeGreaterThan(0);
    expect(await count()).toBeLessThanOrEqual(10);
  });
});

describe('a body', () => {
  const send = (body: string) =>
    browser.fetch(at('/api/clients'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
      body,
    });

  it('may have 64 KiB and not one byte more', async () => {
    const padded = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    expect((await send(padded(65_536))).status).toBe(400);
    const response = await send(padded(65_537));
    expect([response.status, await code(response)]).toEqual([413, 'input.too_large']);
  });

  it('may have 32 levels and 1,000 members', async () => {
    expect(await code(await send(`${'['.repeat(32)}${']'.repeat(32)}`))).toBe('input.invalid');
    expect(await code(await send(`${'['.repeat(33)}${']'.repeat(33)}`))).toBe('input.too_deep');
    expect(
      await code(await send(JSON.stringify(Object.fromEntries(Array.from({ length: 1_001 }, (_, n) => [`k${n}`, n]))))),
    ).toBe('input.too_deep');
  });

  it.each(['{', '{"a":1,"a":2}', '{"__proto__":{"a":1}}', '1e400', 'nul', '"'])(
    'that is not honest JSON is refused: %s',
    async (body) => {
      expect(await code(await send(body))).toBe('input.not_json');
    },
  );

  it('that does not fit is told field by field, without what was sent', async () => {
    const response = await send(
      JSON.stringify({
        client: { name: 7, lks_canary: 'lks_canary' },
        revealKey: { kty: 'lks_canary' },
        lks_canary: 1,
      }),
    );
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).not.toContain('canary');
    const problem = JSON.parse(text) as {
      code: string;
      remedy: string;
      fields: { field: string; reason: string; message: string; remedy: string }[];
    };
    expect(problem.code).toBe('input.invalid');
    expect(problem.fields).toContainEqual({
      field: 'client.name',
      reason: 'value.wrong_type',
      message: 'This must be a text.',
      remedy: 'Send it in that form.',
    });
    expect(problem.fields).toContainEqual({
      field: 'body',
      reason: 'field.unknown',
      message: 'One field is not known here.',
      remedy: 'Leave it out.',
    });
    expect(problem.fields.every(({ message, remedy }) => message && remedy)).toBe(true);
  });

  it('is not read before the caller may call', async () => {
    platform.permissions = [];
    const other = new Browser();
    await other.visit(at('/sign-in'), { until: (url) => url.pathname === '/' });
    const response = await other.fetch(at('/api/clients'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    platform.permissions = ['oauth:client:view', 'oauth:client:add', 'oauth:client:edit', 'oauth:client:delete'];
    expect([response.status, await code(response)]).toEqual([403, 'permission.missing']);
  });
});

describe('a request', () => {
  it('may have 8 KiB of address and 16 KiB of headers', async () => {
    const ask = (path: string, ...more: string[]) =>
      rawRequest(port, [`GET ${path} HTTP/1.1`, `Host: ${host}`, ...more]);
    expect((await ask(`/api/session?${'x'.repeat(8_000)}`)).status).toBe(200);
    expect((await ask(`/api/session?${'x'.repeat(8_200)}`)).status).toBe(414);
    expect((await ask('/api/session', `X-Long: ${'x'.repeat(15_000)}`)).status).toBe(200);
    expect((await ask('/api/session', `X-Long: ${'x'.repeat(16_400)}`)).status).toBe(431);
    expect((await ask('/api/session', `X-Long: ${'x'.repeat(100_000)}`)).status).toBe(431);
  });

  const routes = allRoutes(consoleApi).map(({ name, route: { path } }) => [name, path.replace(/:\w+/g, 'x')] as const);
  it.each(routes)('to the address of %s acts by the documented methods only', async (_name, path) => {
    const allowed = allRoutes(consoleApi)
      .filter(({ route }) => route.path.replace(/:\w+/g, 'x') === path)
      .map(({ route }) => route.method as string);
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'PURGE'].filter(
      (method) => !allowed.includes(method),
    );
    for (const method of methods) {
      const answer = await rawRequest(port, [
        `${method} /api${path} HTTP/1.1`,
        `Host: ${host}`,
        'Content-Length: 0',
        'X-HTTP-Method-Override: POST',
        'X-Method-Override: POST',
      ]);
      expect([method, answer.status]).toEqual([method, 405]);
      expect(new Set(answer.headers['allow']?.split(', '))).toEqual(new Set(allowed));
    }
    expect(
      (await rawRequest(port, [`TRACE /api${path} HTTP/1.1`, `Host: ${host}`, 'X-Canary: canary'])).body,
    ).not.toContain('canary');
    expect((await rawRequest(port, [`INVENTED /api${path} HTTP/1.1`, `Host: ${host}`])).status).toBe(400);
  });

  it.each([
    '//api/sessions',
    '/api//sessions',
    '/api/./sessions',
    '/x/../api/sessions',
    '/x/..;/api/sessions',
    '/%2e%2e/api/sessions',
    '/api%2fsessions',
    '/api%5csessions',
    '/api/sessions.',
    '/api/sessions/',
    '/API/sessions',
    '/api/Sessions',
    '/api/%73essions',
    '/api/sessions%00',
    '/api/sessions;a.js',
    '/api/sessions/x.css',
    '/api/sessions%2f..',
    '/%252e%252e/api/sessions',
  ])('to %s reaches no other route', async (path) => {
    for (const cookie of [[], [`Cookie: latchkey=${browser.cookie('localhost', 'latchkey') ?? ''}`]]) {
      const answer = await rawRequest(port, [`GET ${path} HTTP/1.1`, `Host: ${host}`, ...cookie]);
      const plain = await rawRequest(port, ['GET /api/sessions HTTP/1.1', `Host: ${host}`, ...cookie]);
      expect([404, 405, plain.status]).toContain(answer.status);
    }
  });

  it('with an address in absolute form, or for another host, gets nothing', async () => {
    expect((await rawRequest(port, [`GET http://evil.example/api/session HTTP/1.1`, `Host: ${host}`])).status).toBe(
      404,
    );
    for (const name of ['evil.example', `${host}.evil.example`, 'localhost', `${host}@evil.example`]) {
      const answer = await rawRequest(port, [
        'GET /sign-in HTTP/1.1',
        `Host: ${name}`,
        'X-Forwarded-Host: evil.example',
        'Forwarded: host=evil.example',
      ]);
      expect(answer.status, name).toBe(421);
      expect(JSON.stringify(answer)).not.toContain('evil');
    }
  });

  it('for two hosts at once gets nothing', async () => {
    for (const hosts of [
      [host, 'evil.example'],
      ['evil.example', host],
      [host, host],
    ]) {
      const answer = await rawRequest(port, ['GET /api/session HTTP/1.1', ...hosts.map((name) => `Host: ${name}`)]);
      expect(answer.status).toBe(400);
    }
  });

  it('for another name of this machine is led to the right one', async () => {
    const answer = await rawRequest(port, ['GET /clients HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Accept: text/html']);
    expect([answer.status, answer.headers['location']]).toEqual([307, `${console_.url}/clients`]);
    const ask = (line: string, name = '127.0.0.1') => rawRequest(port, [`${line} HTTP/1.1`, `Host: ${name}:${port}`]);
    for (const path of ['/', '/clients?q=%20b&state=active', '/clients/a%2Fb', '/sign-in?returnTo=%2Fclients']) {
      const led = await ask(`GET ${path}`, '[::1]');
      expect([led.status, led.headers['location']]).toEqual([307, console_.url + path]);
    }
    for (const path of ['/livez', '/readyz', '/api/openapi.json']) expect((await ask(`GET ${path}`)).status).toBe(200);
    for (const line of ['GET /api/session', 'GET /API', 'POST /clients', 'GET //evil.example/', 'GET /\\evil.example'])
      expect((await ask(line)).status, line).toBe(421);
  });

  it('cannot choose its correlation id, address or scheme', async () => {
    const answer = await rawRequest(port, [
      'GET /sign-in HTTP/1.1',
      `Host: ${host}`,
      'x-correlation-id: canary',
      'X-Forwarded-For: 192.0.2.77',
      'X-Forwarded-Proto: https',
      'X-Forwarded-Host: evil.example',
    ]);
    expect(answer.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers['set-cookie']).not.toContain('Secure');
    expect(answer.headers['location']).toContain(encodeURIComponent(`${console_.url}/sign-in/callback`));
    expect(console_.logged.join('')).not.toContain('192.0.2.77');
  });
});

describe('an answer', () => {
  const everywhere = [
    '/',
    '/assets/app-AbCdEf12.js',
    '/assets/unknown.js',
    '/api/session',
    '/api/sessions',
    '/api/openapi.json',
    '/api/nothing',
    '/sign-in/callback',
    '/livez',
    '/readyz',
    '/robots.txt',
    '/nothing.php',
  ];

  it.each(everywhere)('from %s protects itself', async (path) => {
    const { headers } = await browser.fetch(at(path), { headers: { accept: path === '/' ? 'text/html' : '*/*' } });
    const policy = headers.get('content-security-policy') ?? '';
    for (const part of [
      "default-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      `form-action 'self' ${platform.url}`,
      "connect-src 'self'",
    ])
      expect(policy).toContain(part);
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w-]{22}';style-src 'self' 'nonce-[\w-]{22}'/);
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    if (path.startsWith('/api')) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-type')).toMatch(/json/);
      expect(headers.get('etag')).toBeNull();
    }
  });

  it.each(['null', 'https://evil.example', 'http://localhost'])('never allows the origin %s', async (origin) => {
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await fetch(at('/api/session'), {
        method,
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'latchkey-request',
        },
      });
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('that refuses says what happened, what to do, and where to find it in the log', async () => {
    const response = await fetch(at('/api/sessions'));
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const problem = (await response.json()) as { correlationId: string };
    expect(problem).toMatchObject({
      code: 'session.missing',
      status: 401,
      title: 'Sign in to continue',
      remedy: 'Sign in and try again.',
    });
    expect(problem.correlationId).toBe(response.headers.get('x-correlation-id'));
    expect(console_.logged.join('')).toContain(problem.correlationId);
  });

  it('never shows what went wrong inside', async () => {
    const response = await fetch(at('/api/%E0%A4%A'));
    expect(response.status).toBe(404);
    expect(await response.text()).not.toMatch(/at .*\.(ts|js)|node_modules|URIError/);
  });
});

describe('the page', () => {
  const page = (path: string, headers: Record<string, string> = {}) =>
    fetch(at(path), { headers: { accept: 'text/html', ...headers } });

  it('is never stored, and carries the nonce of its answer', async () => {
    const [first, second] = [await page('/'), await page('/clients/0b7d3a5e-61f2-4f0c-8a1b-6a2f5c9d1e01')];
    expect(first.headers.get('cache-control')).toBe('no-store');
    const nonces = await Promise.all(
      [first, second].map(async (one) => /nonce="([\w-]{22})"/.exec(await one.text())?.[1]),
    );
    expect(new Set(nonces).size).toBe(2);
    expect(first.headers.get('content-security-policy')).toContain(`'nonce-${nonces[0]}'`);
  });

  it('is where it should be for whoever takes HTML, and elsewhere only for a browser that goes there', async () => {
    const told = async (path: string, accept?: string) =>
      (
        await rawRequest(port, [
          `GET ${path} HTTP/1.1`,
          `Host: ${host}`,
          ...(accept === undefined ? [] : [`Accept: ${accept}`]),
        ])
      ).status;
    const pages = ['/', '/clients', '/clients/new', '/clients/0b7d3a5e-61f2-4f0c-8a1b-6a2f5c9d1e01', '/signed-out'];
    for (const path of pages) {
      for (const accept of [undefined, '*/*', 'text/*', 'text/html', 'application/json, */*;q=0.1'])
        expect([path, accept, await told(path, accept)]).toEqual([path, accept, 200]);
      for (const accept of ['application/json', 'text/html;q=0, */*']) expect(await told(path, accept)).toBe(404);
    }
    expect(await told('/admin', '*/*')).toBe(404);
    expect(await told('/admin', 'text/html,*/*;q=0.8')).toBe(200);
    for (const accept of ['*/*', 'text/html']) {
      for (const path of ['/assets/x', '/clients/x.css', '/clients.json', '/api', '/sign-in/x'])
        expect([path, await told(path, accept)]).toEqual([path, 404]);
    }
  });

  it('knows every address of the page’s own table of pages', async () => {
    const table = await readFile(new URL('../../web/src/app/pages.tsx', import.meta.url), 'utf8');
    const paths = [...table.matchAll(/\bpath: '(\/[^']*)'/g)].map(([, path = '']) => path.replace(/\$\w+/g, 'x'));
    expect(paths).toContain('/clients/x');
    for (const path of paths) expect([path, (await fetch(at(path))).status]).toEqual([path, 200]);
  });

  it('loads files that never change, compressed', async () => {
    const response = await fetch(at('/assets/app-AbCdEf12.js'), { headers: { 'accept-encoding': 'br' } });
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('vary')).toBe('accept-encoding');
    expect(response.headers.get('content-encoding')).toBe('br');
    expect(await response.text()).toBe(script);
    const raw = await rawRequest(port, ['GET /assets/app-AbCdEf12.js HTTP/1.1', `Host: ${host}`]);
    expect(raw.body).toBe(script);
    expect(brotliDecompressSync).toBeTypeOf('function');
  });

  it('is not found where there is none', async () => {
    const paths = [
      '/assets/unknown.js',
      '/assets/',
      '/assets/app-AbCdEf12.js.map',
      '/index.html',
      '/.env',
      '/.git/config',
      '/admin.php',
      '/wp-login.php',
      '/server-status',
      '/assets/../.env',
      '/assets/%2e%2e/.env',
      '/debug',
      '/api/clients/x.css',
    ];
    for (const path of paths) {
      const response = await fetch(at(path), { headers: { accept: '*/*' } });
      expect([404, 401], path).toContain(response.status);
    }
    expect((await page('/assets/unknown.js')).status).toBe(404);
    expect((await page('/.env')).status).toBe(404);
  });

  it('is only read', async () => {
    for (const path of ['/', '/assets/app-AbCdEf12.js']) {
      const response = await fetch(at(path), { method: 'POST', headers: { accept: 'text/html' } });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
  });

  it('keeps crawlers out', async () => {
    expect(await (await fetch(at('/robots.txt'))).text()).toBe('User-agent: *\nDisallow: /\n');
  });
});

describe('health', () => {
  it('says yes or no and nothing else', async () => {
    expect(await (await fetch(`http://127.0.0.1:${port}/livez`)).json()).toEqual({ live: true });
    expect(await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()).toEqual({ ready: true });
  });
});

describe('the OpenAPI document', () => {
  it('describes every row of the table and nothing else', async () => {
    const document = (await (await fetch(at('/api/openapi.json'))).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    const described = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(described.toSorted()).toEqual(
      allRoutes(consoleApi)
        .map(({ name }) => name)
        .toSorted(),
    );
  });
});
