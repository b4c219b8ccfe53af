import { Fault } from '@latchkey/contract/faults';
import { route, type Table } from '@latchkey/contract/route';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { connect } from './connect.ts';
import { mount } from './mount.ts';

const table = {
  things: {
    read: route({
      method: 'GET',
      path: '/things/:id',
      permission: 'oauth:client:view',
      summary: 'One thing',
      params: z.object({ id: z.string().max(5) }),
      query: z.object({ size: z.coerce.number().int().max(100).default(7), tag: z.array(z.string()).optional() }),
      output: z.object({ id: z.string(), size: z.int(), tags: z.array(z.string()) }),
    }),
    make: route({
      method: 'POST',
      path: '/things',
      permission: 'anyone',
      summary: 'Make a thing',
      body: z.strictObject({ name: z.string().min(1) }),
      output: z.object({ name: z.string() }),
      status: 201,
    }),
    remove: route({
      method: 'DELETE',
      path: '/things/:id',
      permission: 'anyone',
      summary: 'Remove a thing',
      params: z.object({ id: z.string() }),
      output: z.undefined(),
      status: 204,
    }),
  },
} satisfies Table;

let server: Server;
let base: string;
let api: ReturnType<typeof connect<typeof table>>;
const gated: string[] = [];

beforeAll(async () => {
  const app = express().use(express.json());
  mount(
    app,
    table,
    {
      things: {
        read: async ({ params, query }) => ({
          id: params.id,
          size: query.size,
          tags: query.tag ?? [],
          hash: 'never promised',
        }),
        make: async ({ body }) => body,
        remove: async () => undefined,
      },
    },
    {
      gate: async (req, _res, _route, name) => {
        gated.push(name);
        if (req.header('x-nobody')) throw new Fault('session.missing');
        return {};
      },
      misfit: (misfits) =>
        new Fault('input.invalid', {
          fields: misfits.flatMap(({ part, issues }) =>
            issues.map(({ path, message }) => ({ field: [part, ...path].join('.'), reason: 'x', message, remedy: '' })),
          ),
        }),
      wrongMethod: () => new Fault('method.not_allowed'),
    },
  );
  app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
    if (!(error instanceof Fault)) throw error;
    res.status(error.problem.status).type('application/problem+json').send(JSON.stringify(error.problem));
  });
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  api = connect(table, base);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('a table, served and called', () => {
  it('carries parameters, defaults and answers through both ends', async () => {
    expect(await api.things.read({ params: { id: 'a/b' } })).toEqual({ id: 'a/b', size: 7, tags: [] });
    expect(await api.things.make({ body: { name: 'n' } })).toEqual({ name: 'n' });
    expect(await api.things.remove({ params: { id: '1' } })).toBeUndefined();
  });

  it('carries lists of none, one and several', async () => {
    for (const tag of [[], ['a'], ['a', 'b,c']]) {
      expect(await api.things.read({ params: { id: '1' }, query: { tag } })).toMatchObject({ tags: tag });
    }
  });

  it('strips what the contract does not promise', async () => {
    const answer = await fetch(`${base}/things/1`).then((response) => response.json());
    expect(answer).not.toHaveProperty('hash');
  });

  it('names every part that does not fit, at once', async () => {
    const refused = api.things.read({ params: { id: 'too-long' }, query: { size: 101 } });
    await expect(refused).rejects.toMatchObject({ code: 'input.invalid' });
    const fault = await refused.catch((error: Fault) => error);
    expect((fault as Fault).extra.fields?.map(({ field }) => field)).toEqual(['params.id', 'query.size']);
  });

  it('asks the gate before it reads anything', async () => {
    gated.length = 0;
    const refused = await fetch(`${base}/things/far-too-long`, { headers: { 'x-nobody': '1' } });
    expect(refused.status).toBe(401);
    expect(gated).toEqual(['things.read']);
  });

  it('answers a known address with a wrong method by 405 and the methods that act', async () => {
    for (const method of ['PUT', 'PATCH', 'HEAD', 'OPTIONS']) {
      const response = await fetch(`${base}/things/1`, { method });
      expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, 'GET, DELETE']);
    }
  });

  it('turns a stopped server and an answer that is no problem document into faults', async () => {
    await expect(connect(table, 'http://127.0.0.1:1').things.make({ body: { name: 'n' } })).rejects.toMatchObject({
      code: 'platform.unreachable',
    });
    const html = connect(
      table,
      base,
      async () => new Response('<html>', { status: 500, headers: { 'x-correlation-id': 'c' } }),
    );
    await expect(html.things.make({ body: { name: 'n' } })).rejects.toMatchObject({
      code: 'server.failed',
      extra: { correlationId: 'c' },
    });
  });
});
