// @vitest-environment node
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { onSessionGone, send, type SessionFault } from './send.ts';

let server: Server;
let base: string;
let seen: IncomingHttpHeaders;
let answer: { status: number; body: object };

beforeAll(async () => {
  server = createServer((req, res) => {
    seen = req.headers;
    res.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  answer = { status: 200, body: {} };
  vi.useRealTimers();
});

it('sends the header that only this page can send', async () => {
  await send(`${base}/api/clients`, { method: 'GET' });
  expect(seen['latchkey-request']).toBe('1');
  expect(seen['latchkey-background']).toBeUndefined();
});

it('gives every change an idempotency key of its own, unless it has one', async () => {
  await send(`${base}/api/clients`, { method: 'POST' });
  const first = seen['idempotency-key'];
  await send(`${base}/api/clients`, { method: 'POST' });
  expect(first).toMatch(/^[\da-f-]{36}$/);
  expect(seen['idempotency-key']).not.toBe(first);
  await send(`${base}/api/clients`, { method: 'POST', headers: { 'idempotency-key': 'mine' } });
  expect(seen['idempotency-key']).toBe('mine');
});

it('marks a read as polling when nobody has touched the page for a while', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
  await send(`${base}/api/clients`, { method: 'GET' });
  expect(seen['latchkey-background']).toBe('1');
  await send(`${base}/api/session/stay`, { method: 'POST' });
  expect(seen['latchkey-background']).toBeUndefined();
});

it('tells why the session is gone, and only that', async () => {
  const told: SessionFault[] = [];
  const stop = onSessionGone((fault) => told.push(fault));
  answer = { status: 401, body: { code: 'session.expired' } };
  const response = await send(`${base}/api/clients`, { method: 'GET' });
  expect(await response.json()).toEqual({ code: 'session.expired' });
  answer = { status: 401, body: { code: 'something.else' } };
  await send(`${base}/api/clients`, { method: 'GET' });
  stop();
  answer = { status: 401, body: { code: 'session.missing' } };
  await send(`${base}/api/clients`, { method: 'GET' });
  expect(told).toEqual(['session.expired']);
});
