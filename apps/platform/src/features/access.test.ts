import { missingFor } from '@latchkey/contract/may-call';
import { platformApi } from '@latchkey/contract/platform-api/table';
import { allPermissions, type Permission } from '@latchkey/domain/permission';
import { allRoutes } from '@latchkey/wire/each-route';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCode, redeem } from '../../test/sign-in.ts';
import { anApi, anApp, aService, dump, stateTables, subsets, type TestApi } from './testing/an-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi();
});
afterAll(() => api[Symbol.asyncDispose]());

/** A request of every row that finds nothing and changes nothing, with a body where one is needed. */
const rows = allRoutes(platformApi).map(({ name, route }) => {
  const path = route.path.replaceAll(/:\w+/g, () => randomUUID());
  const bodies: Record<string, unknown> = {
    'clients.create': aService({ name: '' }),
    'clients.update': aService(),
    'users.setRoles': [],
  };
  const query = name === 'authorization.myDivisions' ? '?permission=oauth:client:view' : '';
  const body = route.body ? (bodies[name] ?? (name.startsWith('authorization') ? { grants: [] } : {})) : undefined;
  return { name, route, body, path: path + query };
});

const codes = { missing: 'missing.permissions', any: 'missing.any.permissions' };

describe('permissions', () => {
  it('decide every row for nobody, for a wrong token and for each of the sixteen sets (Z-01, Z-02)', async () => {
    const callers = await Promise.all(
      subsets.map(async ({ roleId, permissions }) => ({
        permissions: new Set<Permission>(permissions),
        call: api.as(await api.machine([[roleId, '*']])),
      })),
    );
    const everything = { permissions: new Set(allPermissions), call: api.as(await api.machine([['all', '*']])) };
    const before = await dump(api, stateTables);
    const wrong: string[] = [];
    for (const { name, route, path, body } of rows) {
      const nobody = await api.as()(route.method, path, body);
      const stranger = await api.as('made-up-token')(route.method, path, body);
      if (nobody.status !== 401 || nobody.body.code !== 'authentication.required')
        wrong.push(`${name}: nobody ${nobody.status}`);
      if (stranger.status !== 401 || stranger.body.code !== 'bad.credentials')
        wrong.push(`${name}: stranger ${stranger.status}`);
      for (const { permissions, call } of [...callers, everything]) {
        const missing = missingFor(route.permission, { permissions }) ?? [];
        const { status, body: answer } = await call(route.method, path, body);
        const who = `${name} with [${[...permissions].join(' ')}]: ${status} ${answer?.code}`;
        if (route.personOnly) {
          if (status !== 403 || answer.code !== 'not.authorized') wrong.push(who);
        } else if (missing.length > 0) {
          const anyOf = typeof route.permission === 'object' && 'anyOf' in route.permission;
          const said =
            answer.message.includes(`[${missing.join(', ')}]`) && answer.code === (anyOf ? codes.any : codes.missing);
          if (status !== 403 || !said) wrong.push(who);
        } else if (status === 401 || status === 403 || status >= 500) wrong.push(who);
      }
    }
    expect(wrong).toEqual([]);
    expect(await dump(api, stateTables)).toBe(before);
  });

  it('are asked anew with every request', async () => {
    const token = await api.machine([['c1', '*']]);
    expect((await api.as(token)('GET', '/api/v2/oauth/clients')).status).toBe(200);
    await api.platform.db.execute(`UPDATE roles SET permission_policies = '[]' WHERE id = 'c1'`);
    expect((await api.as(token)('GET', '/api/v2/oauth/clients')).status).toBe(403);
    await api.platform.db.execute(
      `UPDATE roles SET permission_policies = '[{"domain":"oauth","entityName":"client","actionSet":["view"]}]' WHERE id = 'c1'`,
    );
  });
});

describe("scopes of a person's token", () => {
  const clients = '/api/v2/oauth/clients';
  it('admit reads by either variant and writes by the full one', async () => {
    const full = api.as(await api.person('ada@example.com', ['oauth']));
    const readonly = api.as(await api.person('ada@example.com', ['oauth:readonly']));
    const other = api.as(await api.person('ada@example.com', ['users']));
    const statusOf = async (call: typeof full) => [
      (await call('GET', clients)).status,
      (await call('POST', clients, anApp())).status,
      (await call('GET', '/api/v2/users/me')).status,
    ];
    expect(await statusOf(full)).toEqual([200, 200, 200]);
    expect(await statusOf(readonly)).toEqual([200, 403, 200]);
    expect(await statusOf(other)).toEqual([403, 403, 200]);
    expect((await other('GET', clients)).body.message).toContain('[oauth or oauth:readonly]');
  });

  it('never give what the person may not', async () => {
    const viewer = api.as(await api.person('vic@example.com', ['oauth']));
    expect([(await viewer('GET', clients)).status, (await viewer('POST', clients, anApp())).status]).toEqual([
      200, 403,
    ]);
  });

  it('do not count when the organization does not enforce them', async () => {
    const other = api.as(await api.person('ada@example.com', ['users']));
    await api.platform.db.execute(`UPDATE organization SET features = '{"scopeEnforcement": false}'`);
    expect((await other('GET', clients)).status).toBe(200);
    await api.platform.db.execute(`UPDATE organization SET features = '{}'`);
    expect((await other('GET', clients)).status).toBe(403);
  });

  it("are not asked of the console's own client, through which a person has all their rights", async () => {
    const client = { id: 'console', secret: 'x'.repeat(40), redirectUri: 'http://localhost:3000/sign-in/callback' };
    const own = await anApi({ console: { ...client, postLogoutRedirectUri: 'http://localhost:3000/signed-out' } });
    try {
      const tokenOf = async (email: string) => {
        const code = await aCode(own.url, client, { email, params: { scope: 'openid' } });
        return (await redeem(own.url, client, code)).body.access_token;
      };
      const admin = own.as(await tokenOf('ada@example.com'));
      expect((await admin('POST', clients, anApp())).status).toBe(200);
      expect((await admin('GET', clients)).body.total).toBe(1);
      const viewer = own.as(await tokenOf('vic@example.com'));
      expect((await viewer('POST', clients, anApp())).status).toBe(403);
    } finally {
      await own[Symbol.asyncDispose]();
    }
  });

  it('narrow a client too, if it has some', async () => {
    const narrowed = api.as(await api.machine([['all', '*']], ['users']));
    expect((await narrowed('GET', clients)).status).toBe(403);
  });
});

describe('a request', () => {
  const clients = '/api/v2/oauth/clients';
  it("is refused in the wire's envelope, with the id of the header", async () => {
    const { status, body, headers } = await api.as()('GET', clients);
    expect(status).toBe(401);
    expect(body).toEqual({
      message: expect.any(String),
      code: 'authentication.required',
      status: 401,
      details: [],
      errors: [],
      contextId: headers.get('inin-correlation-id'),
    });
    expect(headers.get('content-type')).toContain('application/json');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is counted, and stopped beyond the limit with the time to wait', async () => {
    const limited = await anApi({}, { limits: { ordinary: 3, builtIn: 3 } });
    try {
      const call = limited.as(await limited.machine([['all', '*']]));
      const seen = [];
      for (let times = 0; times < 4; times += 1) seen.push(await call('GET', '/api/v2/oauth/scopes'));
      expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
      const last = seen[3];
      expect(last?.headers.get('inin-ratelimit-allowed')).toBe('3');
      expect(last?.headers.get('inin-ratelimit-count')).toBe('4');
      expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(last?.body.message).toMatch(/\[\d+\] seconds$/);
      const other = limited.as(await limited.machine([['all', '*']]));
      expect((await other('GET', '/api/v2/oauth/scopes')).status).toBe(200);
    } finally {
      await limited[Symbol.asyncDispose]();
    }
  });

  it('with an address that is not there is told so, whoever asks', async () => {
    for (const path of [
      '/api/v2/nothing',
      '/api/v2/oauth/Clients',
      '/api/v2/oauth/clients/',
      '/API/v2/oauth/clients',
      '/api/v2//oauth/clients',
      '/api/v2/oauth/clients/x/y/z',
    ]) {
      const { status, body } = await api.as()('GET', path);
      expect([path, status, body.code]).toEqual([path, 404, 'not.found']);
    }
  });

  it('with another method is answered by the methods that act (Z-12)', async () => {
    const call = api.as(
      await api.machine([
        ['all', '*'],
        ['given', '*'],
      ]),
    );
    const { id } = (await call('POST', clients, aService())).body;
    const before = await dump(api, stateTables);
    for (const [path, allowed] of [
      [clients, 'GET, POST'],
      [`${clients}/${id}`, 'GET, PUT, DELETE'],
      [`${clients}/${id}/secret`, 'POST'],
      ['/api/v2/users/me', 'GET'],
    ] as const) {
      for (const method of ['HEAD', 'PATCH', 'OPTIONS', 'PUT', 'DELETE', 'POST', 'GET']) {
        if (allowed.split(', ').includes(method)) continue;
        const answer = await call(method, path, undefined, { 'x-http-method-override': 'DELETE' });
        expect([method, path, answer.status, answer.headers.get('allow')]).toEqual([method, path, 405, allowed]);
      }
    }
    expect(await dump(api, stateTables)).toBe(before);
  });

  it('for something that is not there is answered alike, whatever the id looks like (Z-04)', async () => {
    const call = api.as(
      await api.machine([
        ['all', '*'],
        ['given', '*'],
      ]),
    );
    const { id } = (await call('POST', clients, aService())).body as { id: string };
    const ids = [
      randomUUID(),
      id.toUpperCase(),
      `${id}%20`,
      `%20${id}`,
      `${id}%00`,
      '%00',
      '%F0%9F%98%80',
      'a%2Fb',
      '..%2f..',
      'given',
      'x'.repeat(500),
      "'%20OR%201=1--",
    ];
    for (const one of ids) {
      for (const [method, tail, body] of [
        ['GET', '', undefined],
        ['PUT', '', aService()],
        ['DELETE', '', undefined],
        ['POST', '/secret', undefined],
        ['GET', '/secrets', undefined],
        ['DELETE', `/secrets/${one}`, undefined],
        ['POST', '/tokens/revoke', undefined],
      ] as const) {
        const { status, body: answer } = await call(method, `${clients}/${one}${tail}`, body);
        expect([one, method, tail, status, answer.code]).toEqual([one, method, tail, 404, 'not.found']);
      }
      for (const path of [
        '/api/v2/users/',
        '/api/v2/authorization/roles/',
        '/api/v2/oauth/scopes/',
        '/api/v2/authorization/subjects/',
        '/api/v2/organizations/limits/namespaces/',
      ]) {
        if (one === 'given') continue;
        expect((await call('GET', path + one)).status, path + one).toBe(404);
      }
    }
    expect((await call('GET', `${clients}/%E0%A4%A`)).status).toBe(400);
  });
});

describe('a body', () => {
  const clients = '/api/v2/oauth/clients';
  let call: ReturnType<TestApi['as']>;
  beforeAll(async () => {
    call = api.as(
      await api.machine([
        ['all', '*'],
        ['given', '*'],
      ]),
    );
  });
  const text = (padding: string) => JSON.stringify(aService({ x: padding }));

  it('is at most 64 KiB, 32 levels deep and 1,000 members wide (I-04)', async () => {
    const room = 65_536 - text('').length;
    expect((await call('POST', clients, text('x'.repeat(room)))).status).toBe(200);
    expect(await call('POST', clients, text('x'.repeat(room + 1)))).toMatchObject({
      status: 413,
      body: { code: 'request.entity.too.large' },
    });
    const deep = (levels: number) =>
      JSON.stringify(aService()).replace(/\}$/, `,"x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`);
    expect((await call('POST', clients, deep(32))).status).toBe(200);
    expect((await call('POST', clients, deep(33))).status).toBe(400);
    const wide = (members: number) => {
      const given = JSON.parse(JSON.stringify(aService())) as Record<string, unknown>;
      const rest = members - Object.keys(given).length - 2;
      return { ...given, ...Object.fromEntries(Array.from({ length: rest }, (_, index) => [`m${index}`, 0])) };
    };
    expect((await call('POST', clients, wide(1_000))).status).toBe(200);
    expect((await call('POST', clients, wide(1_001))).status).toBe(400);
    const begun = performance.now();
    expect((await call('POST', clients, '['.repeat(65_000))).status).toBe(400);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('cannot reach for prototypes by %s (I-03)', async (name) => {
    for (const body of [`{"${name}":{"isAdmin":true}}`, `{"name":"x","y":[{"${name}":1}]}`]) {
      expect(await call('POST', clients, body)).toMatchObject({ status: 400, body: { code: 'invalid.property' } });
    }
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });

  it('is JSON in UTF-8 and says so (I-05)', async () => {
    const body = JSON.stringify(aService());
    for (const type of ['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON;charset="UTF-8"']) {
      expect([type, (await call('POST', clients, body, { 'content-type': type })).status]).toEqual([type, 200]);
    }
    for (const type of [
      'text/plain',
      'application/json;evil',
      'application/json; charset=latin1',
      'application/x-www-form-urlencoded',
      'application/json, text/plain',
      'application/jsonx',
    ]) {
      expect([type, (await call('POST', clients, body, { 'content-type': type })).body.code]).toEqual([
        type,
        'unsupported.media.type',
      ]);
    }
    expect((await call('POST', clients, body, { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await call('POST', clients, Buffer.from([0x22, 0xff, 0x22]))).status).toBe(400);
    for (const broken of ['{', '{"name":}', 'nul', '"text"', '7', 'null', '[]', '']) {
      expect([broken, (await call('POST', clients, broken)).status]).toEqual([broken, 400]);
    }
  });

  it('is not needed where the wire has none, whatever the content type says', async () => {
    const json = { 'content-type': 'application/json' };
    const made = (await call('POST', clients, aService())).body;
    const at = `${clients}/${made.id}`;
    expect((await call('GET', clients, undefined, json)).status).toBe(200);
    expect((await call('GET', at, undefined, json)).status).toBe(200);
    expect((await call('POST', `${at}/secret`, undefined, json)).status).toBe(200);
    expect((await call('POST', `${at}/secret`, undefined, { ...json, 'content-length': '0' })).status).toBe(200);
    expect((await call('POST', `${at}/tokens/revoke`, undefined, json)).status).toBe(204);
    await call('PUT', at, { ...made, state: 'inactive' });
    expect((await call('DELETE', at, undefined, json)).status).toBe(204);
  });

  it('is read only from those who may send it', async () => {
    const huge = 'x'.repeat(70_000);
    expect((await api.as()('POST', clients, huge)).status).toBe(401);
    expect((await api.as(await api.machine([['c1', '*']]))('POST', clients, huge)).status).toBe(403);
  });
});

describe('a query', () => {
  it.each([
    'pageSize=0',
    'pageSize=-1',
    'pageSize=10001',
    'pageSize=1e9',
    'pageSize=x',
    'pageSize=1&pageSize=2',
    'pageNumber=0',
    'pageNumber=1.5',
    'modifiedAfter=yesterday',
    'modifiedAfter=',
  ])('with %s is refused (I-13)', async (query) => {
    const call = api.as(await api.machine([['all', '*']]));
    expect(await call('GET', `/api/v2/oauth/clients?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid.query.param.value' },
    });
  });
});
