import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { aClient, aPlatform } from '../../test/platform.ts';
import type { TestPlatform } from '../../test/platform.ts';
import { aCode, post, redeem, who } from '../../test/sign-in.ts';
import type { FlowClient } from '../../test/sign-in.ts';
import { lifetimes } from './lifetimes.ts';

let running: TestPlatform;
let url: string;
let client: FlowClient;

beforeAll(async () => {
  running = await aPlatform();
  ({ url } = running);
  client = await aClient(running);
});
afterAll(() => running[Symbol.asyncDispose]());

const refresh = (token: string, fields: Record<string, string> = {}, as: FlowClient | null = client) =>
  post(url, '/oauth/token', { grant_type: 'refresh_token', refresh_token: token, ...fields }, as);

const aRefreshToken = async (): Promise<string> =>
  (await redeem(url, client, await aCode(url, client))).body.refresh_token;

test('each refresh gives a new refresh token', async () => {
  const first = await aRefreshToken();
  const answer = await refresh(first);
  expect(answer.status).toBe(200);
  expect(answer.body.refresh_token).not.toBe(first);
  expect((await who(url, answer.body.access_token)).status).toBe(200);
});

test('a refresh token that is used twice ends the whole family', async () => {
  const first = await aRefreshToken();
  const second = await refresh(first);
  expect((await refresh(first)).body.error).toBe('invalid_grant');
  expect((await who(url, second.body.access_token)).status).toBe(401);
  expect((await refresh(second.body.refresh_token)).body.error).toBe('invalid_grant');
});

test('of many refreshes at once at most one succeeds', async () => {
  const first = await aRefreshToken();
  const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(first)));
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
});

test('rotation does not move the end of the family', async () => {
  const first = await aRefreshToken();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + (lifetimes.refreshFamily - 60) * 1_000 });
  try {
    const late = await refresh(first);
    expect(late.status).toBe(200);
    vi.setSystemTime(Date.now() + 61_000);
    expect((await refresh(late.body.refresh_token)).body.error).toBe('invalid_grant');
  } finally {
    vi.useRealTimers();
  }
});

test('a refresh token is worth nothing to another client or without the secret', async () => {
  const token = await aRefreshToken();
  const other = await aClient(running);
  expect((await refresh(token, {}, other)).body.error).toBe('invalid_grant');
  expect(await refresh(token, { client_id: client.id }, null)).toMatchObject({
    status: 401,
    body: { error: 'invalid_client' },
  });
  expect((await refresh(token)).status).toBe(200);
});

test('a refresh can ask for fewer scopes and never for more', async () => {
  const given = await redeem(url, client, await aCode(url, client, { params: { scope: 'users:readonly' } }));
  expect((await refresh(given.body.refresh_token, { scope: 'users:readonly oauth' })).body.error).toBe('invalid_scope');
  const all = await redeem(url, client, await aCode(url, client));
  const narrow = await refresh(all.body.refresh_token, { scope: 'users:readonly' });
  expect(narrow.body['scope']).toBe('users:readonly');
});
