import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApi, anApp, aService, type CallApi, type TestApi } from './testing/an-api.ts';
import { machineToken } from '../../test/sign-in.ts';

const path = '/api/v2/oauth/clients';
let api: TestApi;
let admin: CallApi;
beforeAll(async () => {
  api = await anApi({ extensions: false });
  admin = api.as(
    await api.machine([
      ['all', '*'],
      ['given', '*'],
    ]),
  );
});
afterAll(() => api[Symbol.asyncDispose]());

describe('without extensions', () => {
  it('a client has nothing but what the plain wire knows', async () => {
    const { body } = await admin('POST', path, aService());
    await api.platform.db.execute(
      `UPDATE clients SET owner = '{"id":"ada","name":"Ada Admin"}' WHERE id = '${body.id}'`,
    );
    const wire = [
      'accessTokenValiditySeconds',
      'authorizedGrantType',
      'createdBy',
      'dateCreated',
      'dateModified',
      'description',
      'id',
      'modifiedBy',
      'name',
      'registeredRedirectUri',
      'roleDivisions',
      'scope',
      'selfUri',
      'state',
    ];
    expect(Object.keys((await admin('GET', `${path}/${body.id}`)).body).toSorted()).toEqual(wire);
    const row = (await admin('GET', path)).body.entities.find(({ id }: { id: string }) => id === body.id);
    expect(Object.keys(row).toSorted()).toEqual(wire);
  });

  it('a client has one grant type', async () => {
    const both = anApp({ authorizedGrantTypes: ['CODE', 'SAML2-BEARER'] });
    expect(await admin('POST', path, both)).toMatchObject({ status: 400, body: { code: 'bad.grant.type' } });
  });

  it('a client has one secret, whatever the body asks', async () => {
    const { id, secret } = (await admin('POST', path, aService())).body;
    const { status, body } = await admin('POST', `${path}/${id}/secret`, { keepPreviousForSeconds: 3_600 });
    expect(status).toBe(200);
    expect((await machineToken(api.url, { id, secret })).status).toBe(401);
    expect((await machineToken(api.url, { id, secret: body.secret })).status).toBe(200);
  });

  it('the rows of extensions are not there, by whatever method', async () => {
    const { id } = (await admin('POST', path, aService())).body;
    for (const [method, tail] of [
      ['GET', 'secrets'],
      ['POST', 'secrets'],
      ['DELETE', 'secrets/x'],
      ['POST', 'tokens/revoke'],
      ['GET', 'tokens/revoke'],
    ]) {
      expect(await admin(method as string, `${path}/${id}/${tail}`)).toMatchObject({
        status: 404,
        body: { code: 'not.found' },
      });
    }
  });

  it('the list has no parameters', async () => {
    const { body } = await admin('GET', `${path}?pageSize=1&pageNumber=2&modifiedAfter=2099-01-01T00:00:00Z`);
    expect(body.entities.length).toBe(body.total);
    expect(body.total).toBeGreaterThan(1);
  });
});
