import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Fault } from '@latchkey/contract/faults';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PersonPlatform } from './door.ts';
import { embeddedPlatform } from './embedded.ts';

/** A Platform that answers as a test says; the requests that came are kept. */
let server: Server;
let answer: (req: IncomingMessage, res: ServerResponse) => void;
let seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
let platform: PersonPlatform;
beforeEach(async () => {
  seen = [];
  const take = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    let body = '';
    for await (const part of req) body += String(part);
    if (req.url?.startsWith('/api/v2/users?')) return json(res, { entities: [] });
    seen.push({ method: req.method ?? '', url: req.url ?? '', headers: req.headers, body });
    answer(req, res);
  };
  server = createServer((req, res) => void take(req, res));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  platform = asPerson(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const asPerson = (url: string): PersonPlatform =>
  embeddedPlatform({ baseUrl: new URL(url), extensions: true, consoleToken: async () => 'console' }).asPerson(
    async () => 'person-token',
    'c0ffee00-0000-4000-8000-000000000001',
  );
const json = (res: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}): void =>
  void res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const id = '3f1c9a52-6f0e-4a55-9f5e-0d6a1c7b2e10';
const client = { id, name: 'A', authorizedGrantType: 'CODE', state: 'active', dateCreated: '2026-01-01T00:00:00Z' };
const read = () => platform.clients.read(id);
const settings = {
  name: 'A',
  description: '',
  grantTypes: ['CODE' as const],
  roleDivisions: [],
  scopes: ['users'],
  redirectUris: ['https://a.example/cb'],
  accessTokenValiditySeconds: 3_600,
};
const create = () => platform.clients.create(settings);
const refused = async (promise: Promise<unknown>): Promise<Fault['problem']> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Fault) return error.problem;
  throw new Error('It was not refused', { cause: error });
};
const code = async (promise: Promise<unknown>) => (await refused(promise)).code;

describe('what is sent', () => {
  test('is the person’s token, the correlation id, and nothing else of the caller (Z-15, Z-17)', async () => {
    answer = (_req, res) => json(res, client);
    await read();
    const { host: _host, connection: _connection, ...headers } = seen[0]?.headers ?? {};
    expect(headers).toEqual({
      accept: 'application/json',
      authorization: 'Bearer person-token',
      'inin-correlation-id': 'c0ffee00-0000-4000-8000-000000000001',
    });
  });

  test('is the complete model on a change', async () => {
    answer = (_req, res) => json(res, { ...client, secret: 'x' });
    const { client: before } = await create();
    await platform.clients.update({ ...before, allowedIpRanges: ['10.0.0.0/8'] }, { state: 'inactive' });
    expect(JSON.parse(seen[1]?.body ?? '')).toEqual({
      name: 'A',
      description: '',
      authorizedGrantType: 'CODE',
      authorizedGrantTypes: ['CODE'],
      accessTokenValiditySeconds: 86_400,
      registeredRedirectUri: [],
      scope: [],
      roleDivisions: [],
      state: 'inactive',
      allowedIpRanges: ['10.0.0.0/8'],
    });
  });
});

describe('what comes back', () => {
  test('a secret in the answer to a read is dropped before anything sees it (product 5.4)', async () => {
    answer = (_req, res) => json(res, { ...client, secret: 'canary', clientSecret: 'canary' });
    expect(JSON.stringify(await read())).not.toContain('canary');
  });

  test.each([
    ['HTML', 'text/html', '<h1>Hello</h1>'],
    ['broken JSON', 'application/json', '{"id":'],
    ['an error as success', 'application/json', '{"code":"internal.server.error"}'],
    ['wrong types', 'application/json', JSON.stringify({ ...client, name: 7 })],
    ['a list', 'application/json', '[]'],
    ['nothing', 'application/json', ''],
    ['JSON of another type', 'text/plain', JSON.stringify(client)],
    ['a charset that it is not in', 'application/json', Buffer.from([0x22, 0xff, 0x22])],
  ])('%s cannot be used (F-11)', async (_what, type, body) => {
    answer = (_req, res) => void res.writeHead(200, { 'content-type': type }).end(body);
    expect(['platform.garbled', 'platform.unreachable']).toContain(await code(read()));
    expect(await code(create())).toBe('outcome.unknown');
  });

  test('more than 5 MiB is not read, however it is packed (F-11)', async () => {
    answer = (_req, res) =>
      void res.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(6 * 1024 * 1024)}"`);
    expect(await code(read())).toBe('platform.unreachable');
    answer = (_req, res) =>
      void res
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(Buffer.from([0x1f, 0x8b, 8, 0]));
    expect(await code(read())).toBe('platform.unreachable');
  });

  test('a redirect is not followed, and its token goes nowhere (Z-16)', async () => {
    for (const status of [302, 307, 308]) {
      answer = (_req, res) =>
        json(res, {}, status, { location: `http://localhost:${(server.address() as AddressInfo).port}/stolen` });
      expect(await code(read())).toBe('platform.garbled');
      expect(await code(create())).toBe('outcome.unknown');
    }
    expect(seen.map(({ url }) => url)).not.toContain('/stolen');
  });
});

describe('what goes wrong', () => {
  test.each([
    [
      400,
      {
        code: 'constraint.validation',
        details: [{ errorCode: 'redirect_uri.wildcard', fieldName: 'registeredRedirectUri.3' }],
      },
      { code: 'input.invalid', fields: [{ field: 'redirectUris.3', reason: 'redirect_uri.wildcard' }] },
    ],
    [400, { code: 'missing.client.roles' }, { code: 'input.invalid', fields: [{ field: 'roleDivisions' }] }],
    [400, { code: 'auth.too.many.clients' }, { code: 'platform.limit' }],
    [400, { code: 'something.new' }, { code: 'platform.refused' }],
    [401, { code: 'credentials.expired' }, { code: 'session.expired' }],
    [
      403,
      { code: 'missing.permissions', message: 'You need [oauth:client:add, oauth:client:edit:some-division]' },
      { code: 'permission.missing', permissions: ['oauth:client:add', 'oauth:client:edit'] },
    ],
    [
      403,
      { code: 'role.not.held', details: [{ entityId: 'r1', entityName: 'Payroll' }] },
      { code: 'role.not_held', roles: ['Payroll'] },
    ],
    [404, { code: 'not.found' }, { code: 'client.not_found' }],
    [409, { code: 'conflict', details: [{ errorCode: 'client.pending_removal' }] }, { code: 'client.pending_removal' }],
    [
      429,
      { code: 'too.many.requests', message: 'Retry the request in [17] seconds' },
      { code: 'platform.busy', retryAfterSeconds: 17 },
    ],
    [500, { code: 'internal.server.error' }, { code: 'outcome.unknown' }],
    [503, {}, { code: 'platform.busy' }],
    [504, { code: 'request.timeout' }, { code: 'outcome.unknown' }],
  ])('%i %j is said in the console’s words', async (status, body, expected) => {
    answer = (_req, res) => json(res, body, status);
    expect(await refused(create())).toMatchObject(expected);
    expect(seen).toHaveLength(1);
  });

  test('nothing of the Platform’s text is passed on', async () => {
    answer = (_req, res) =>
      json(
        res,
        {
          code: 'constraint.validation',
          message: '<script>canary</script>',
          details: [{ errorCode: 'canary\n<b>', fieldName: 'name', entityName: 'canary' }],
        },
        400,
      );
    expect(JSON.stringify(await refused(create()))).not.toContain('canary');
  });

  test('a read is tried three times at most, and a change once (F-10)', async () => {
    answer = (_req, res) => json(res, {}, 503);
    expect(await code(read())).toBe('platform.busy');
    expect(seen).toHaveLength(3);
    expect(await code(create())).toBe('platform.busy');
    expect(seen).toHaveLength(4);
  });

  test('Retry-After is waited for when it is short, and handed on when it is long', async () => {
    let times = 0;
    answer = (_req, res) => ((times += 1) === 1 ? json(res, {}, 429, { 'retry-after': '1' }) : json(res, client));
    const begun = performance.now();
    expect((await read()).id).toBe(id);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(990);
    answer = (_req, res) => json(res, {}, 429, { 'retry-after': '60' });
    expect(await refused(read())).toMatchObject({ code: 'platform.busy', retryAfterSeconds: 60 });
  });

  test('a connection that is cut is tried again for a read, and for a change nobody knows', async () => {
    let times = 0;
    answer = (req, res) => ((times += 1) === 1 ? void req.socket.destroy() : json(res, client));
    expect((await read()).id).toBe(id);
    answer = (req) => void req.socket.destroy();
    expect(await code(create())).toBe('outcome.unknown');
    answer = (_req, res) =>
      void res
        .writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
        .write('{"id":', () => res.destroy());
    expect(await code(create())).toBe('outcome.unknown');
  });

  test('nobody there is said at once, and nothing was done', async () => {
    platform = asPerson('http://127.0.0.1:9');
    expect(await code(read())).toBe('platform.unreachable');
    expect(await code(create())).toBe('platform.unreachable');
  });

  test('ten seconds are the end, also when every second brings one byte (F-09)', async () => {
    answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => res.write(' '), 1_000);
      res.on('close', () => clearInterval(drip));
    };
    const begun = performance.now();
    expect(await Promise.all([code(read()), code(create())])).toEqual(['platform.unreachable', 'outcome.unknown']);
    expect(performance.now() - begun).toBeLessThan(10_800);
  }, 15_000);
});
