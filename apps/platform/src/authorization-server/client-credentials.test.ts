import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { aMachine, aPlatform } from '../../test/platform.ts';
import type { TestPlatform } from '../../test/platform.ts';
import { machineToken, post, who } from '../../test/sign-in.ts';
import { clients } from '../storage/schema.ts';

let running: TestPlatform;
let url: string;

beforeAll(async () => {
  running = await aPlatform();
  ({ url } = running);
});
afterAll(() => running[Symbol.asyncDispose]());

test('a token of a machine carries its roles and divisions, no person, no refresh and no ID token (O-06)', async () => {
  const answer = await machineToken(url, await aMachine(running));
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.body).toSorted()).toEqual(['access_token', 'expires_in', 'token_type']);
  expect(answer.body).toMatchObject({ token_type: 'bearer', expires_in: 3_600 });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('inin-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(await who(url, answer.body.access_token)).toMatchObject({
    kind: 'client',
    grants: [{ roleId: 'viewer', divisionId: 'home' }],
    permissions: ['oauth:client:view'],
    scopes: [],
    organizationId: 'org-1',
  });
});

describe('scopes only narrow (ruling 8)', () => {
  test('a machine with scopes gets them, fewer on request, and no others', async () => {
    const machine = await aMachine(running, { scopes: ['oauth:readonly', 'users:readonly'] });
    expect((await machineToken(url, machine)).body['scope']).toBe('oauth:readonly users:readonly');
    expect((await machineToken(url, machine, { scope: 'users:readonly' })).body['scope']).toBe('users:readonly');
    for (const scope of ['oauth', 'openid', 'nonsense', 'users:readonly oauth']) {
      expect((await machineToken(url, machine, { scope })).body.error).toBe('invalid_scope');
    }
  });

  test('a scope that is taken off the client works no more, and the token never becomes wider', async () => {
    const machine = await aMachine(running, { scopes: ['oauth:readonly', 'users:readonly'] });
    const { body } = await machineToken(url, machine);
    const set = (scopes: string[]) =>
      running.platform.db.update(clients).set({ scopes }).where(eq(clients.id, machine.id));
    await set(['users:readonly']);
    expect(await who(url, body.access_token)).toMatchObject({ scopes: ['users:readonly'] });
    await set(['oauth']);
    expect(await who(url, body.access_token)).toMatchObject({ scopes: ['none'] });
  });

  test('a machine without scopes may ask for a narrow token', async () => {
    const answer = await machineToken(url, await aMachine(running), { scope: 'oauth:readonly' });
    expect(answer.body['scope']).toBe('oauth:readonly');
  });
});

test('grant_type may stand in the query when the body is empty (platform-api 1.3)', async () => {
  const { id, secret } = await aMachine(running);
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  for (const headers of [{ authorization }, { authorization, 'content-type': 'application/x-www-form-urlencoded' }]) {
    const answer = await fetch(`${url}/oauth/token?grant_type=client_credentials`, { method: 'POST', headers });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ token_type: 'bearer' });
  }
});

test('address ranges bind a machine to where it may run', async () => {
  const [inside, outside] = [
    await aMachine(running, { allowedIpRanges: ['127.0.0.0/8'] }),
    await aMachine(running, { allowedIpRanges: ['10.0.0.0/8', '2001:db8::/32'] }),
  ];
  expect((await machineToken(url, inside)).status).toBe(200);
  expect(await machineToken(url, outside)).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
});

test.each([300, 38_880_000])(
  'a token of %i seconds works to its end and not a second longer (T-06)',
  async (seconds) => {
    const { body } = await machineToken(url, await aMachine(running, { accessTokenValiditySeconds: seconds }));
    expect(body['expires_in']).toBe(seconds);
    const issued = Math.floor(Date.now() / 1_000) * 1_000;
    const introspector = await aMachine(running);
    vi.useFakeTimers({ toFake: ['Date'], now: issued + (seconds - 1) * 1_000 });
    try {
      expect((await who(url, body.access_token)).status).toBe(200);
      vi.setSystemTime(issued + (seconds + 2) * 1_000);
      expect(await who(url, body.access_token)).toMatchObject({ status: 401, refused: 'credentials.expired' });
      expect((await post(url, '/oauth/introspect', { token: body.access_token }, introspector)).body).toEqual({
        active: false,
      });
    } finally {
      vi.useRealTimers();
    }
  },
);

test('a shorter life of the client holds for its next token (T-07)', async () => {
  const machine = await aMachine(running);
  await running.platform.db.update(clients).set({ accessTokenValiditySeconds: 300 }).where(eq(clients.id, machine.id));
  expect((await machineToken(url, machine)).body['expires_in']).toBe(300);
});
