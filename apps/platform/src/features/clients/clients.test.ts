import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApi, anApp, aService, dump, stateTables, type CallApi, type TestApi } from '../testing/an-api.ts';

const path = '/api/v2/oauth/clients';
let api: TestApi;
let admin: CallApi;
beforeAll(async () => {
  api = await anApi();
  admin = api.as(
    await api.machine([
      ['all', '*'],
      ['given', '*'],
      ['scim', '*'],
      ['empty', '*'],
    ]),
  );
});
afterAll(() => api[Symbol.asyncDispose]());

describe('creating', () => {
  it('answers 200 with the client as it was asked for, and its secret', async () => {
    const { status, body, headers } = await admin('POST', path, aService());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...aService(),
      authorizedGrantTypes: ['CLIENT-CREDENTIALS'],
      registeredRedirectUri: [],
      scope: [],
      state: 'active',
      selfUri: `${path}/${body.id}`,
    });
    expect(body.secret).toMatch(/^lks_/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.dateCreated).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const read = await admin('GET', `${path}/${body.id}`);
    const { secret: _, ...kept } = body;
    expect(read.body).toEqual(kept);
  });

  it("gives the wire's default of 86,400 seconds when no duration is named", async () => {
    const { body } = await admin('POST', path, aService({ accessTokenValiditySeconds: undefined }));
    expect(body.accessTokenValiditySeconds).toBe(86_400);
  });

  it('takes the older roleIds as roles in the home division', async () => {
    const { body } = await admin('POST', path, aService({ roleDivisions: undefined, roleIds: ['given'] }));
    expect(body.roleDivisions).toEqual([{ roleId: 'given', divisionId: 'home' }]);
  });

  it('keeps several grant types, the first of which is the plain one', async () => {
    const both = ['CODE', 'CLIENT-CREDENTIALS'];
    const request = anApp({ authorizedGrantTypes: both, roleDivisions: [{ roleId: 'given', divisionId: '*' }] });
    const { status, body } = await admin('POST', path, request);
    expect(status).toBe(200);
    expect(body).toMatchObject({ authorizedGrantType: 'CODE', authorizedGrantTypes: both });
    expect(await admin('POST', path, { ...request, authorizedGrantType: 'CLIENT-CREDENTIALS' })).toMatchObject({
      status: 400,
      body: { code: 'bad.grant.type' },
    });
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['no grant type', aService({ authorizedGrantType: undefined }), 'grant.type.required', 'authorizedGrantType'],
    [
      'a made-up grant type',
      aService({ authorizedGrantType: 'CLIENT_CREDENTIALS' }),
      'bad.grant.type',
      'authorizedGrantTypes.0',
    ],
    ['implicit', anApp({ authorizedGrantType: 'TOKEN' }), 'bad.grant.type', 'authorizedGrantTypes.0'],
    ['password', anApp({ authorizedGrantType: 'PASSWORD' }), 'bad.grant.type', 'authorizedGrantTypes.0'],
    [
      'a grant type twice',
      anApp({ authorizedGrantTypes: ['CODE', 'CODE'] }),
      'bad.grant.type',
      'authorizedGrantTypes.1',
    ],
    ['no roles', aService({ roleDivisions: [] }), 'missing.client.roles', 'roleDivisions'],
    [
      'an unknown role',
      aService({ roleDivisions: [{ roleId: 'nobody', divisionId: 'home' }] }),
      'constraint.validation',
      'roleDivisions.0.roleId',
    ],
    [
      'an unknown division',
      aService({ roleDivisions: [{ roleId: 'given', divisionId: 'mars' }] }),
      'constraint.validation',
      'roleDivisions.0.divisionId',
    ],
    [
      'roles without Client Credentials',
      anApp({ roleDivisions: [{ roleId: 'given', divisionId: 'home' }] }),
      'constraint.validation',
      'roleDivisions',
    ],
    [
      'redirect URIs with Client Credentials',
      aService({ registeredRedirectUri: ['https://a.example/'] }),
      'constraint.validation',
      'registeredRedirectUri',
    ],
    ['no scopes', anApp({ scope: [] }), 'constraint.validation', 'scope'],
    ['an unknown scope', anApp({ scope: ['users:readonly', 'Users'] }), 'constraint.validation', 'scope.1'],
    ['no redirect URI', anApp({ registeredRedirectUri: [] }), 'constraint.validation', 'registeredRedirectUri'],
    ['an empty name', aService({ name: ' ' }), 'constraint.validation', 'name'],
    ['no name', aService({ name: undefined }), 'constraint.validation', 'name'],
    ['a name that is too long', aService({ name: 'x'.repeat(201) }), 'constraint.validation', 'name'],
    ['a name that reorders text', aService({ name: 'a\u202eb' }), 'constraint.validation', 'name'],
    ['half a character', aService({ name: 'a\ud800' }), 'constraint.validation', 'name'],
    ['the state disabled', aService({ state: 'disabled' }), 'invalid.value', 'state'],
    ['the state inactive', aService({ state: 'inactive' }), 'invalid.value', 'state'],
    [
      'a range that is none',
      aService({ allowedIpRanges: ['10.0.0.0/33'] }),
      'constraint.validation',
      'allowedIpRanges.0',
    ],
    [
      "a range for a person's client",
      anApp({ allowedIpRanges: ['10.0.0.0/8'] }),
      'constraint.validation',
      'allowedIpRanges',
    ],
    ['a name that is a number', aService({ name: 7 }), 'constraint.validation', 'name'],
    ['a body that is a list', [] as never, 'bad.request', ''],
  ])('refuses %s and names the member', async (_, request, code, field) => {
    const before = await dump(api, stateTables);
    const { status, body } = await admin('POST', path, request);
    expect([status, body.code]).toEqual([400, code]);
    if (field !== '') expect(body.details.map(({ fieldName }: { fieldName: string }) => fieldName)).toContain(field);
    expect(await dump(api, stateTables)).toBe(before);
  });

  it('reports all faults together', async () => {
    const { body } = await admin(
      'POST',
      path,
      anApp({
        name: '',
        accessTokenValiditySeconds: 1,
        scope: ['x y'],
        registeredRedirectUri: ['http://a.example/', 'https://b.example/#'],
      }),
    );
    expect(body.details.map(({ fieldName }: { fieldName: string }) => fieldName)).toEqual([
      'name',
      'scope.0',
      'registeredRedirectUri.0',
      'registeredRedirectUri.1',
      'accessTokenValiditySeconds',
    ]);
  });

  it('never repeats what was sent (K-20)', async () => {
    const canary = 'lks_Canary0123456789';
    for (const member of [
      'name',
      'authorizedGrantType',
      'accessTokenValiditySeconds',
      'description',
      'registeredRedirectUri',
      'scope',
      'roleIds',
      'state',
      'allowedIpRanges',
    ]) {
      for (const value of [canary.padEnd(3_000, '!'), [canary], { [canary]: canary }]) {
        const { text } = await admin('POST', path, anApp({ [member]: value }));
        expect(text, member).not.toContain(canary);
      }
    }
    for (const broken of [`{"name":"${canary}`, `"${canary}"`, `[["${canary}"`]) {
      expect((await admin('POST', path, broken)).text).not.toContain(canary);
    }
    expect(api.logged()).not.toContain('Canary0123456789');
  });

  it('takes a name as it stands, in whatever script', async () => {
    for (const name of [
      '=HYPERLINK("x")',
      '<b>bold</b>',
      '名前 😀',
      'é',
      'e\u0301',
      'toString',
      '__proto__',
      'constructor',
    ]) {
      const { status, body } = await admin('POST', path, aService({ name }));
      expect([status, body.name]).toEqual([200, name]);
    }
  });

  it('does not let the caller choose what only the Platform decides (Z-05)', async () => {
    const claims = {
      id: '11111111-1111-4111-8111-111111111111',
      secret: 'chosen-by-caller',
      clientSecret: 'x',
      dateCreated: '2001-01-01T00:00:00Z',
      dateToDelete: '2099-01-01T00:00:00Z',
      dateModified: '2001-01-01T00:00:00Z',
      createdBy: { id: 'ada' },
      organization: { id: 'x' },
      isAdmin: true,
      approved: true,
      version: 9,
      dateLastUsed: '2001-01-01T00:00:00Z',
      built_in: true,
    };
    const { status, body } = await admin('POST', path, aService(claims));
    expect(status).toBe(200);
    expect(body.id).not.toBe(claims.id);
    expect(body.secret).not.toBe(claims.secret);
    expect(body.dateToDelete).toBeUndefined();
    expect(Date.parse(body.dateCreated)).toBeGreaterThan(Date.now() - 60_000);
    expect(body.createdBy.id).not.toBe('ada');
    for (const name of ['organization', 'isAdmin', 'approved', 'version', 'dateLastUsed', 'clientSecret'])
      expect(body).not.toHaveProperty(name);
  });

  it('is refused when the organization has as many clients as it may', async () => {
    await api.platform.db.execute(`INSERT INTO flags (key, value) VALUES ('limit:auth.api:oauth.clients.max', '2')`);
    const { status, body } = await admin('POST', path, aService());
    expect([status, body.code, body.limit]).toEqual([
      400,
      'auth.too.many.clients',
      { namespace: 'auth.api', key: 'oauth.clients.max', value: 2 },
    ]);
    await api.platform.db.execute(`DELETE FROM flags WHERE key LIKE 'limit:%'`);
  });
});

describe('token duration', () => {
  const scim = { roleDivisions: [{ roleId: 'scim', divisionId: '*' }] };
  it.each([
    [299, {}, 400],
    [300, {}, 200],
    [172_800, {}, 200],
    [172_801, {}, 400],
    [299, scim, 400],
    [172_801, scim, 200],
    [38_880_000, scim, 200],
    [38_880_001, scim, 400],
    [172_801, { name: 'SCIM Integration', roleDivisions: [{ roleId: 'empty', divisionId: '*' }] }, 400],
    [172_801, { name: 'SCIM' }, 400],
  ])('of %d seconds (%o) is answered with %d', async (accessTokenValiditySeconds, change, expected) => {
    expect((await admin('POST', path, aService({ ...change, accessTokenValiditySeconds }))).status).toBe(expected);
    const made = (await admin('POST', path, aService(change))).body;
    expect((await admin('PUT', `${path}/${made.id}`, { ...made, accessTokenValiditySeconds })).status).toBe(expected);
  });

  it.each([
    '"3600"',
    '3600.5',
    '-1',
    '0',
    'null',
    'true',
    '[]',
    '{}',
    '1e400',
    '9007199254740993',
    '"0x12c"',
    '" 300"',
  ])('refuses %s', async (text) => {
    const body = JSON.stringify(aService({ accessTokenValiditySeconds: 4_711 })).replace('4711', text);
    expect((await admin('POST', path, body)).status).toBe(400);
  });

  it('takes 300.0 and 3e2 for the whole number that they are', async () => {
    for (const text of ['300.0', '3e2']) {
      const body = JSON.stringify(aService({ accessTokenValiditySeconds: 4_711 })).replace('4711', text);
      expect((await admin('POST', path, body)).body.accessTokenValiditySeconds).toBe(300);
    }
  });

  it('keeps the SCIM role on a client with a long token (T-04)', async () => {
    const long = (await admin('POST', path, aService({ ...scim, accessTokenValiditySeconds: 38_880_000 }))).body;
    const without = { ...long, roleDivisions: [{ roleId: 'given', divisionId: 'home' }] };
    expect((await admin('PUT', `${path}/${long.id}`, without)).status).toBe(400);
    const grants = { grants: [{ roleId: 'given', divisionId: 'home' }] };
    const replace = `/api/v2/authorization/subjects/${long.id}/bulkreplace?subjectType=PC_OAUTH_CLIENT`;
    expect(await admin('POST', replace, grants)).toMatchObject({
      status: 400,
      body: { code: 'constraint.validation' },
    });
    expect((await admin('PUT', `${path}/${long.id}`, { ...without, accessTokenValiditySeconds: 3_600 })).status).toBe(
      200,
    );
  });
});

describe('giving roles', () => {
  it('is for roles that the caller holds, where they hold them, and the refusal names the others (Z-07, Z-08)', async () => {
    const north = api.as(
      await api.machine([
        ['c15', 'home'],
        ['given', 'north'],
      ]),
    );
    const give = (roleId: string, divisionId: string) =>
      north('POST', path, aService({ roleDivisions: [{ roleId, divisionId }] }));
    expect((await give('given', 'north')).status).toBe(200);
    for (const [role, division] of [
      ['given', 'south'],
      ['given', '*'],
      ['other', 'north'],
    ] as const) {
      const { status, body } = await give(role, division);
      expect([status, body.code]).toEqual([403, 'role.not.held']);
      expect(body.message).toContain(role === 'given' ? '[Given Role]' : '[Other Role]');
    }
    expect((await give('given', 'mars')).status).toBe(400);
  });

  it('stands in the way of every change of a client whose roles one lacks (Z-09)', async () => {
    const made = (await admin('POST', path, aService())).body;
    const editor = api.as(await api.machine([['c15', '*']]));
    const at = `${path}/${made.id}`;
    const before = await dump(api, stateTables);
    const attempts = [
      await editor('PUT', at, { ...made, description: 'changed' }),
      await editor('PUT', at, { ...made, roleDivisions: [{ roleId: 'c15', divisionId: '*' }] }),
      await editor('POST', `${at}/secret`),
      await editor('POST', `${at}/tokens/revoke`),
    ];
    expect(attempts.map(({ status, body }) => [status, body.code])).toEqual(attempts.map(() => [403, 'role.not.held']));
    expect(await dump(api, stateTables)).toBe(before);
    // Parking and deleting only take away; the right to delete is enough.
    expect((await editor('PUT', at, { ...made, state: 'inactive' })).status).toBe(200);
    const parked = await dump(api, stateTables);
    expect((await editor('PUT', at, { ...made, state: 'active' })).status).toBe(403);
    expect(await dump(api, stateTables)).toBe(parked);
  });
});

describe('changing', () => {
  it('replaces the whole: what is left out becomes empty or the default', async () => {
    const made = (await admin('POST', path, aService({ scope: ['users'] }))).body;
    const { roleDivisions, name } = made;
    const { status, body } = await admin('PUT', `${path}/${made.id}`, {
      name,
      authorizedGrantType: 'CLIENT-CREDENTIALS',
      roleDivisions,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ scope: [], accessTokenValiditySeconds: 86_400, state: 'active' });
    expect(body).not.toHaveProperty('description');
    expect(body).not.toHaveProperty('secret');
  });

  it('takes a client as it was read, read-only members and all', async () => {
    const made = (await admin('POST', path, anApp())).body;
    const read = (await admin('GET', `${path}/${made.id}`)).body;
    const { status, body } = await admin('PUT', `${path}/${made.id}`, read);
    expect([status, body]).toEqual([200, read]);
  });

  it('turns Client Credentials into Authorization Code', async () => {
    const made = (await admin('POST', path, aService())).body;
    const { status, body } = await admin('PUT', `${path}/${made.id}`, anApp({ name: made.name }));
    expect(status).toBe(200);
    expect(body).toMatchObject({ authorizedGrantTypes: ['CODE'], roleDivisions: [] });
  });

  it('keeps address ranges of a caller who does not know them', async () => {
    const made = (await admin('POST', path, aService({ allowedIpRanges: ['203.0.113.0/24', '2001:db8::/32'] }))).body;
    const { allowedIpRanges, authorizedGrantTypes: _, ...plain } = made;
    expect((await admin('PUT', `${path}/${made.id}`, plain)).body.allowedIpRanges).toEqual(allowedIpRanges);
    expect((await admin('PUT', `${path}/${made.id}`, { ...plain, allowedIpRanges: [] })).body.allowedIpRanges).toEqual(
      [],
    );
  });

  it('says who changed it and when, and records each property without secrets', async () => {
    const made = (await admin('POST', path, aService())).body;
    const token = await api.person('ada@example.com', ['oauth']);
    const { body } = await api.as(token)('PUT', `${path}/${made.id}`, { ...made, name: 'Renamed' });
    expect(body.modifiedBy).toEqual({ id: 'ada', selfUri: '/api/v2/users/ada' });
    expect(body.dateModified > made.dateModified).toBe(true);
    expect(body.dateCreated).toBe(made.dateCreated);
    const { rows } = await api.platform.db.execute(
      `SELECT action, user_id, entity_name, status, property_changes AS changes, context->>'operation' AS operation FROM audit_events WHERE entity_id = '${made.id}' ORDER BY date`,
    );
    expect(rows).toMatchObject([
      { action: 'Create', user_id: null, status: 'SUCCESS' },
      {
        action: 'Update',
        user_id: 'ada',
        operation: 'edit',
        entity_name: 'Renamed',
        changes: [{ property: 'name', oldValues: ['Order Sync'], newValues: ['Renamed'] }],
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain(made.secret);
  });

  it('cannot set a state that only the Platform sets, nor change a client that has it', async () => {
    const made = (await admin('POST', path, aService())).body;
    const at = `${path}/${made.id}`;
    for (const state of ['disabled', 'deleted', 'ACTIVE', ''])
      expect((await admin('PUT', at, { ...made, state })).body.code).toBe('invalid.value');
    await api.platform.db.execute(`UPDATE clients SET state = 'disabled' WHERE id = '${made.id}'`);
    for (const state of ['active', 'inactive', 'disabled', undefined]) {
      expect(await admin('PUT', at, { ...made, state })).toMatchObject({
        status: 409,
        body: { code: 'conflict', details: [{ errorCode: 'client.disabled' }] },
      });
    }
    expect(await admin('DELETE', at)).toMatchObject({ status: 409 });
  });
});

describe('an implicit client', () => {
  it('can be read, narrowed, parked and reactivated, and never widened', async () => {
    const made = (
      await admin(
        'POST',
        path,
        anApp({
          scope: ['users', 'users:readonly'],
          registeredRedirectUri: ['https://a.example/', 'https://b.example/'],
        }),
      )
    ).body;
    await api.platform.db.execute(`UPDATE clients SET grant_types = '{TOKEN}' WHERE id = '${made.id}'`);
    const at = `${path}/${made.id}`;
    const implicit = { ...made, authorizedGrantType: 'TOKEN', authorizedGrantTypes: ['TOKEN'] };
    expect((await admin('PUT', at, { ...implicit, scope: ['users', 'oauth'] })).status).toBe(400);
    expect(
      (
        await admin('PUT', at, {
          ...implicit,
          registeredRedirectUri: [...made.registeredRedirectUri, 'https://c.example/'],
        })
      ).status,
    ).toBe(400);
    expect(
      (
        await admin('PUT', at, {
          ...implicit,
          scope: ['users:readonly'],
          registeredRedirectUri: ['https://a.example/'],
        })
      ).status,
    ).toBe(200);
    const narrowed = { ...implicit, scope: ['users:readonly'], registeredRedirectUri: ['https://a.example/'] };
    expect((await admin('PUT', at, { ...narrowed, state: 'inactive' })).status).toBe(200);
    expect((await admin('PUT', at, { ...implicit, state: 'active' })).status).toBe(400);
    expect((await admin('PUT', at, { ...narrowed, state: 'active' })).status).toBe(200);
    expect((await admin('POST', `${at}/secret`)).status).toBe(409);
    expect(
      (await admin('PUT', at, { ...narrowed, authorizedGrantType: 'CODE', authorizedGrantTypes: ['CODE'] })).status,
    ).toBe(200);
    expect((await admin('PUT', at, narrowed)).body.code).toBe('bad.grant.type');
  });
});

describe('the right to delete alone', () => {
  it('may switch an active client off and change nothing else', async () => {
    const made = (await admin('POST', path, anApp())).body;
    const at = `${path}/${made.id}`;
    const lead = api.as(await api.machine([['c9', '*']]));
    for (const change of [
      { name: 'x' },
      { state: 'inactive', description: 'x' },
      { state: 'inactive', scope: ['users'] },
      { state: 'inactive', accessTokenValiditySeconds: 300 },
      {},
    ]) {
      expect(await lead('PUT', at, { ...made, ...change })).toMatchObject({
        status: 403,
        body: { code: 'missing.permissions' },
      });
    }
    const off = await lead('PUT', at, { ...made, state: 'inactive' });
    expect([off.status, off.body.state, off.body.dateToDelete]).toEqual([200, 'inactive', undefined]);
    expect(await lead('PUT', at, { ...made, state: 'active' })).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('[oauth:client:edit]') },
    });
    expect((await lead('DELETE', at)).status).toBe(204);
    expect((await lead('GET', at)).status).toBe(404);
  });
});

describe("the console's own client", () => {
  it("is nobody's to see, change or delete", async () => {
    await api.platform.db.execute(
      `INSERT INTO clients (id, name, grant_types, built_in) VALUES ('console', 'Console', '{CODE}', true)`,
    );
    for (const [method, tail] of [
      ['GET', ''],
      ['PUT', ''],
      ['DELETE', ''],
      ['POST', '/secret'],
      ['GET', '/secrets'],
      ['POST', '/tokens/revoke'],
    ] as const) {
      const { status } = await admin(method, `${path}/console${tail}`, method === 'PUT' ? anApp() : undefined);
      expect([method, tail, status]).toEqual([method, tail, 404]);
    }
    expect((await admin('GET', path)).text).not.toContain('"console"');
    expect((await admin('GET', '/api/v2/authorization/subjects/console')).status).toBe(404);
  });
});
