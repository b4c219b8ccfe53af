import type PlatformClient from 'purecloud-platform-client-v2';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient } from '../../test/platform.ts';
import { anApi, aService, anApp, type TestApi } from './testing/an-api.ts';

let api: TestApi;
let home: string;
let sdk: typeof PlatformClient;
const environment = { ...process.env };

beforeAll(async () => {
  // A configuration file of whoever runs the tests would redirect the SDK, and a proxy would take the calls.
  home = await mkdtemp(join(tmpdir(), 'latchkey-home-'));
  process.env['HOME'] = home;
  process.env['NO_PROXY'] = process.env['no_proxy'] = '127.0.0.1,localhost';
  sdk = (await import('purecloud-platform-client-v2')).default;
  api = await anApi();
});
afterAll(async () => {
  Object.assign(process.env, environment);
  await api[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

/** The official SDK with nothing but its gateway set. */
async function connected(credentials: { id: string; secret: string }) {
  const client = new sdk.ApiClientClass();
  const { hostname, port } = new URL(api.url);
  client.setGateway({ host: hostname, protocol: 'http', port: Number(port) });
  await client.loginClientCredentialsGrant(credentials.id, credentials.secret);
  return client;
}

const anAdministrator = () =>
  aClient(api, {
    grantTypes: ['CLIENT-CREDENTIALS'],
    redirectUris: [],
    scopes: [],
    roleDivisions: ['all', 'given'].map((roleId) => ({ roleId, divisionId: '*' })),
  });

describe('the official JavaScript SDK', () => {
  it('creates, lists, reads, changes, resets and deletes clients', async () => {
    const oauth = new sdk.OAuthApi(await connected(await anAdministrator()));
    const made = (await oauth.postOauthClients(aService())) as unknown as { id: string; secret: string };
    expect(made.secret).toMatch(/^lks_/);

    const list = await oauth.getOauthClients();
    expect(list.entities?.map(({ id }: { id?: string }) => id)).toContain(made.id);
    expect(list.pageCount).toBe(1);

    const read = await oauth.getOauthClient(made.id);
    expect(read).toMatchObject({ name: 'Order Sync', authorizedGrantType: 'CLIENT-CREDENTIALS', state: 'active' });
    expect(read).not.toHaveProperty('secret');

    const changed = await oauth.putOauthClient(made.id, { ...read, name: 'Renamed' });
    expect(changed.name).toBe('Renamed');

    const reset = (await oauth.postOauthClientSecret(made.id)) as unknown as { secret: string };
    expect(reset.secret).not.toBe(made.secret);
    await expect(connected(made)).rejects.toMatchObject({ response: { status: 401 } });
    const renewed = await connected({ id: made.id, secret: reset.secret });
    expect((await new sdk.OAuthApi(renewed).getOauthScopes()).entities?.length).toBeGreaterThan(0);

    await expect(oauth.deleteOauthClient(made.id)).rejects.toMatchObject({ status: 400, code: 'cannot.delete.client' });
    await oauth.putOauthClient(made.id, { ...changed, state: 'inactive' });
    await oauth.deleteOauthClient(made.id);
    await expect(oauth.getOauthClient(made.id)).rejects.toMatchObject({ status: 404, code: 'not.found' });
  });

  it('restores a client that is pending removal by an ordinary change', async () => {
    const oauth = new sdk.OAuthApi(await connected(await anAdministrator()));
    const { id } = await aClient(api, { dateCreated: new Date('2020-01-01'), scopes: ['users:readonly'] });
    const read = await oauth.getOauthClient(id);
    await oauth.putOauthClient(id, { ...read, state: 'inactive' });
    await oauth.deleteOauthClient(id);
    const pending = await oauth.getOauthClient(id);
    expect([pending.state, typeof pending.dateToDelete]).toEqual(['inactive', 'string']);
    expect(await oauth.putOauthClient(id, { ...pending, state: 'active' })).toMatchObject({ state: 'active' });
  });

  it('reads errors in its own form, by code and by correlation id', async () => {
    const oauth = new sdk.OAuthApi(await connected(await anAdministrator()));
    const error = await oauth
      .postOauthClients(anApp({ name: '', registeredRedirectUri: ['http://a.example/'] }))
      .catch((refused: unknown) => refused);
    expect(error).toMatchObject({
      status: 400,
      code: 'constraint.validation',
      contextId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      details: [{ fieldName: 'name' }, { fieldName: 'registeredRedirectUri.0' }],
    });
    const viewer = await aClient(api, {
      grantTypes: ['CLIENT-CREDENTIALS'],
      redirectUris: [],
      scopes: [],
      roleDivisions: [{ roleId: 'c1', divisionId: 'home' }],
    });
    await expect(new sdk.OAuthApi(await connected(viewer)).postOauthClients(aService())).rejects.toMatchObject({
      status: 403,
      code: 'missing.permissions',
      message: expect.stringContaining('[oauth:client:add]'),
    });
  });

  it('looks up roles, divisions, people and the organization', async () => {
    const client = await connected(await anAdministrator());
    const authorization = new sdk.AuthorizationApi(client);
    const roles = await authorization.getAuthorizationRoles({
      pageSize: 100,
      id: ['given', 'other'],
      userCount: false,
    });
    expect(roles.entities?.map(({ id }: { id?: string }) => id)).toEqual(['given', 'other']);
    expect((await authorization.getAuthorizationDivisionsHome()).id).toBe('home');
    expect((await authorization.getAuthorizationDivisionsQuery({ pageSize: '2' })).entities).toHaveLength(2);
    expect((await new sdk.UsersApi(client).getUser('ada')).name).toBe('Ada Admin');
    expect((await new sdk.OrganizationApi(client).getOrganizationsMe()).name).toBe('Acme');
    await expect(new sdk.UsersApi(client).getUsersMe()).rejects.toMatchObject({ status: 403 });
    const person = new sdk.ApiClientClass();
    const { hostname, port } = new URL(api.url);
    person.setGateway({ host: hostname, protocol: 'http', port: Number(port) });
    person.setAccessToken(await api.person('ada@example.com', ['users']));
    const me = await new sdk.UsersApi(person).getUsersMe({ expand: ['authorization', 'organization'] });
    expect(me).toMatchObject({ name: 'Ada Admin', organization: { name: 'Acme' } });
    expect(me.authorization?.permissions).toContain('oauth:client:add');
  });
});
