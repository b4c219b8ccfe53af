import { allPermissions } from '@latchkey/domain/permission';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApi, aService, subsets, type CallApi, type TestApi } from './testing/an-api.ts';

let api: TestApi;
let admin: CallApi;
let ada: CallApi;
beforeAll(async () => {
  api = await anApi();
  admin = api.as(
    await api.machine([
      ['all', '*'],
      ['given', '*'],
      ['scim', '*'],
    ]),
  );
  ada = api.as(await api.person('ada@example.com', ['users', 'authorization', 'oauth']));
});
afterAll(() => api[Symbol.asyncDispose]());

describe('people', () => {
  it('see themselves, with what they may do and where they are', async () => {
    const plain = (await ada('GET', '/api/v2/users/me')).body;
    expect(plain).toEqual({
      id: 'ada',
      name: 'Ada Admin',
      email: 'ada@example.com',
      username: 'ada@example.com',
      state: 'active',
      version: 1,
      division: { id: 'home', name: 'Home', selfUri: '/api/v2/authorization/divisions/home' },
      selfUri: '/api/v2/users/ada',
    });
    for (const query of ['expand=authorization,organization', 'expand=authorization&expand=organization']) {
      const { body } = await ada('GET', `/api/v2/users/me?${query}`);
      expect(body.authorization.permissions).toEqual([...allPermissions].toSorted());
      expect(body.authorization.roles.map(({ id }: { id: string }) => id).toSorted()).toEqual([
        'all',
        'empty',
        'given',
        'scim',
      ]);
      expect(body.authorization.permissionPolicies).toContainEqual(
        expect.objectContaining({ domain: '*', entityName: '*', actionSet: ['*'] }),
      );
      expect(body.organization).toMatchObject({ id: 'org', name: 'Acme', features: { hipaa: false } });
    }
  });

  it('are listed by name and found by id, either way lists are written', async () => {
    const { body } = await ada('GET', '/api/v2/users?pageSize=2');
    expect(body.entities.map(({ id }: { id: string }) => id)).toEqual(['ada', 'ned']);
    expect(body).toMatchObject({
      total: 3,
      pageCount: 2,
      nextUri: '/api/v2/users?state=active&pageSize=2&pageNumber=2',
    });
    for (const query of ['id=vic,ada', 'id=vic&id=ada']) {
      expect((await ada('GET', `/api/v2/users?${query}`)).body.entities.map(({ id }: { id: string }) => id)).toEqual([
        'ada',
        'vic',
      ]);
    }
    expect((await ada('GET', '/api/v2/users?state=inactive')).body.total).toBe(1);
    expect((await ada('GET', '/api/v2/users?state=any')).body.total).toBe(4);
    expect((await ada('GET', '/api/v2/users?id=%00')).body.total).toBe(0);
    expect((await ada('GET', '/api/v2/users')).text).not.toMatch(/password|scrypt/i);
  });

  it('tell what they may do to themselves and to those who may see grants only', async () => {
    const vic = api.as(await api.person('vic@example.com', ['users']));
    expect((await vic('GET', '/api/v2/users/vic?expand=authorization')).body.authorization.permissions).toEqual([
      'oauth:client:view',
    ]);
    expect((await vic('GET', '/api/v2/users/ada?expand=authorization')).body).not.toHaveProperty('authorization');
    expect((await ada('GET', '/api/v2/users/vic?expand=authorization')).body.authorization.permissions).toEqual([
      'oauth:client:view',
    ]);
    expect((await vic('GET', '/api/v2/users/ada/roles')).status).toBe(403);
    expect((await ada('GET', '/api/v2/users/vic/roles')).body.roles).toEqual([
      { id: 'c1', name: 'Role c1', selfUri: '/api/v2/authorization/roles/c1' },
    ]);
  });

  it('get roles in the home division, of those that the giver holds', async () => {
    const set = (roles: unknown) => ada('PUT', '/api/v2/users/ned/roles', roles);
    const ned = async () =>
      (await ada('GET', '/api/v2/authorization/subjects/ned')).body.grants
        .map(({ role, division }: { role: { id: string }; division: { id: string } }) => `${role.id} ${division.id}`)
        .toSorted();
    expect(await set(['other'])).toMatchObject({
      status: 403,
      body: { code: 'role.not.held', message: expect.stringContaining('[Other Role]') },
    });
    expect(await set(['nobody'])).toMatchObject({ status: 400, body: { code: 'invalid.value' } });
    expect((await set(['given', 'scim'])).body.roles.map(({ id }: { id: string }) => id)).toEqual(['given', 'scim']);
    expect(await ned()).toEqual(['given home', 'given north', 'scim home']);
    expect((await set(['all'])).status).toBe(200);
    expect(await ned()).toEqual(['all home', 'given north']);
  });
});

describe('roles', () => {
  it('are listed by name, filtered and paged', async () => {
    const ids = async (query: string) =>
      (await admin('GET', `/api/v2/authorization/roles?userCount=false&pageSize=100&${query}`)).body.entities.map(
        ({ id }: { id: string }) => id,
      );
    expect((await ids('')).length).toBe(21);
    expect(await ids('name=given')).toEqual(['given']);
    expect(await ids('name=r*role')).toEqual(['other']);
    expect(await ids('id=given,other')).toEqual(['given', 'other']);
    expect(await ids('id=given&id=other')).toEqual(['given', 'other']);
    expect(await ids('defaultRoleId=scimIntegration')).toEqual(['scim']);
    expect(await ids('permission=audits:audit:view')).toEqual(['all', 'other']);
    expect((await ids('sortBy=id'))[0]).toBe('all');
    expect((await admin('GET', '/api/v2/authorization/roles?sortBy=permission_policies')).status).toBe(400);
    const { body } = await admin('GET', '/api/v2/authorization/roles');
    expect([body.entities.length, body.total, body.pageCount]).toEqual([21, 21, 1]);
  });

  it('tell their permissions spelled out, and who has them', async () => {
    const { body } = await admin('GET', '/api/v2/authorization/roles/all');
    expect(body).toMatchObject({
      name: 'Admin',
      permissions: [...allPermissions].toSorted(),
      userCount: 2,
      default: false,
    });
    expect((await admin('GET', '/api/v2/authorization/roles/scim?userCount=false')).body).toMatchObject({
      defaultRoleId: 'scimIntegration',
      default: true,
    });
    expect((await admin('GET', '/api/v2/authorization/roles/scim?userCount=false')).body).not.toHaveProperty(
      'userCount',
    );
    for (const { roleId, permissions } of subsets) {
      expect((await admin('GET', `/api/v2/authorization/roles/${roleId}`)).body.permissions).toEqual(
        [...permissions].toSorted(),
      );
    }
  });
});

describe('divisions', () => {
  it('are listed, the home division first, and walked by cursor both ways', async () => {
    expect((await admin('GET', '/api/v2/authorization/divisions/home')).body).toEqual({
      id: 'home',
      name: 'Home',
      homeDivision: true,
      selfUri: '/api/v2/authorization/divisions/home',
    });
    const { body } = await admin('GET', '/api/v2/authorization/divisions?objectCount=true');
    expect(
      body.entities.map(({ id, objectCounts }: { id: string; objectCounts: object }) => [id, objectCounts]),
    ).toEqual([
      ['home', { USER: 2 }],
      ['north', { USER: 1 }],
      ['south', { USER: 0 }],
    ]);
    const first = (await admin('GET', '/api/v2/authorization/divisions/query?pageSize=2')).body;
    expect(first.entities.map(({ id }: { id: string }) => id)).toEqual(['home', 'north']);
    expect(first).not.toHaveProperty('previousUri');
    const second = (await admin('GET', first.nextUri)).body;
    expect(second.entities.map(({ id }: { id: string }) => id)).toEqual(['south']);
    expect(second).not.toHaveProperty('nextUri');
    expect((await admin('GET', second.previousUri)).body.entities).toEqual(first.entities);
    for (const cursor of ['x', 'aG9tZQ==', '%00'])
      expect((await admin('GET', `/api/v2/authorization/divisions/query?after=${cursor}`)).status).toBe(400);
    expect((await admin('GET', '/api/v2/authorization/divisions/query?pageSize=201')).status).toBe(400);
  });

  it('are those in which one holds a permission', async () => {
    const permitted = async (call: CallApi, permission: string) => {
      const { body } = await call('GET', `/api/v2/authorization/divisionspermitted/paged/me?permission=${permission}`);
      return [body.allDivsPermitted, ...body.entities.map(({ id }: { id: string }) => id)];
    };
    expect(await permitted(ada, 'oauth:client:view')).toEqual([true, 'home', 'north', 'south']);
    const north = api.as(await api.machine([['given', 'north']]));
    expect(await permitted(north, 'integrations:integration:view')).toEqual([false, 'north']);
    expect(await permitted(north, 'oauth:client:view')).toEqual([false]);
  });
});

describe('grants', () => {
  it('of the caller are told, person or client', async () => {
    expect((await ada('GET', '/api/v2/authorization/subjects/me')).body).toMatchObject({
      id: 'ada',
      name: 'Ada Admin',
    });
    const { body } = await api.as(
      await api.machine([
        ['given', 'north'],
        ['c1', '*'],
      ]),
    )('GET', '/api/v2/authorization/subjects/me');
    expect(body.grants).toMatchObject([
      { role: { id: 'given' }, division: { id: 'north' } },
      { role: { id: 'c1' }, division: { id: '*' } },
    ]);
  });

  it('of a client are added, removed and replaced, and one remains', async () => {
    const { id } = (await admin('POST', '/api/v2/oauth/clients', aService())).body;
    const act = (how: string, ...grants: [string, string][]) =>
      admin('POST', `/api/v2/authorization/subjects/${id}/${how}?subjectType=PC_OAUTH_CLIENT`, {
        grants: grants.map(([roleId, divisionId]) => ({ roleId, divisionId })),
      });
    const now = async () =>
      (await admin('GET', `/api/v2/oauth/clients/${id}`)).body.roleDivisions.map(
        ({ roleId, divisionId }: { roleId: string; divisionId: string }) => `${roleId} ${divisionId}`,
      );
    expect((await act('bulkadd', ['given', 'north'], ['given', 'home'], ['given', 'north'])).status).toBe(204);
    expect(await now()).toEqual(['given home', 'given north']);
    expect((await act('bulkremove', ['given', 'home'])).status).toBe(204);
    expect(await act('bulkremove', ['given', 'north'])).toMatchObject({
      status: 400,
      body: { code: 'missing.client.roles' },
    });
    expect(await act('bulkadd', ['other', 'north'])).toMatchObject({ status: 403, body: { code: 'role.not.held' } });
    expect(await act('bulkadd', ['nobody', 'mars'])).toMatchObject({
      status: 400,
      body: {
        code: 'invalid.value',
        details: [{ fieldName: 'grants.0.roleId' }, { fieldName: 'grants.0.divisionId' }],
      },
    });
    expect((await act('bulkreplace', ['scim', '*'])).status).toBe(204);
    expect(await now()).toEqual(['scim *']);
    expect(await act('bulkreplace')).toMatchObject({ status: 400, body: { code: 'missing.client.roles' } });
    const stranger = api.as(await api.machine([['all', '*']]));
    const path = `/api/v2/authorization/subjects/${id}`;
    for (const how of ['bulkadd', 'bulkremove', 'bulkreplace']) {
      expect(
        (
          await stranger('POST', `${path}/${how}?subjectType=PC_OAUTH_CLIENT`, {
            grants: [{ roleId: 'all', divisionId: '*' }],
          })
        ).status,
      ).toBe(403);
    }
  });

  it('of a person are added and removed where the giver holds the role', async () => {
    const act = (call: CallApi, how: string, roleId: string, divisionId: string) =>
      call('POST', `/api/v2/authorization/subjects/vic/${how}`, { grants: [{ roleId, divisionId }] });
    const ned = api.as(await api.person('ned@example.com', ['authorization']));
    expect((await act(ned, 'bulkadd', 'given', 'south')).status).toBe(403);
    expect((await act(ned, 'bulkadd', 'given', '*')).status).toBe(403);
    expect((await act(ned, 'bulkadd', 'given', 'north')).status).toBe(204);
    expect((await act(ned, 'bulkremove', 'given', 'north')).status).toBe(204);
    const { rows } = await api.platform.db.execute(
      `SELECT user_id FROM audit_events WHERE entity_type = 'AuthUser' AND entity_id = 'vic' ORDER BY date`,
    );
    expect(rows).toEqual([{ user_id: 'ned' }, { user_id: 'ned' }]);
    expect((await act(ned, 'bulkadd', 'given', 'north')).status).toBe(204);
    expect((await admin('POST', '/api/v2/authorization/subjects/nobody/bulkadd', { grants: [] })).status).toBe(404);
  });
});

describe('the rest', () => {
  it('tells scopes, the permission catalogue, products, the organization and its limits', async () => {
    const { body: scopes } = await admin('GET', '/api/v2/oauth/scopes');
    expect(scopes).toMatchObject({ total: 6, selfUri: '/api/v2/oauth/scopes' });
    expect((await admin('GET', '/api/v2/oauth/scopes/users:readonly')).body).toEqual({
      id: 'users:readonly',
      description: 'About users:readonly',
      selfUri: '/api/v2/oauth/scopes/users%3Areadonly',
    });
    const { body: catalogue } = await admin('GET', '/api/v2/authorization/permissions?pageSize=100');
    const oauth = catalogue.entities.find(({ domain }: { domain: string }) => domain === 'oauth');
    expect(oauth.permissionMap.client.map(({ action }: { action: string }) => action)).toEqual([
      'view',
      'add',
      'edit',
      'delete',
      'authorize',
    ]);
    expect((await admin('GET', '/api/v2/authorization/products')).body.total).toBe(1);
    expect((await admin('GET', '/api/v2/organizations/me')).body).toMatchObject({
      name: 'Acme',
      thirdPartyOrgName: 'acme',
      domain: 'acme.example',
      state: 'active',
    });
    expect((await admin('GET', '/api/v2/organizations/limits/namespaces/auth.api')).body.entities).toEqual([
      { key: 'oauth.clients.max', namespace: 'auth.api', value: 1_000_000 },
    ]);
    expect((await admin('GET', '/api/v2/organizations/limits/namespaces/constructor')).status).toBe(404);
  });
});
