import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPool } from './pool.ts';
import { aDatabase } from './testing.ts';
import type { TestDatabase } from './testing.ts';

/** A way to the database that can be made to swallow everything, as a machine that hangs does. */
interface Forwarder {
  url: string;
  hang(): void;
  recover(): void;
  close(): Promise<void>;
}

async function forwarderTo(url: string): Promise<Forwarder> {
  const target = new URL(url);
  const folder = target.searchParams.get('host');
  const sockets = new Set<Socket>();
  let hanging = false;
  const server: Server = createServer((near) => {
    const far =
      folder === null
        ? connect(Number(target.port === '' ? 5432 : target.port), target.hostname)
        : connect(`${folder}/.s.PGSQL.5432`);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => void (hanging || to.write(bytes)));
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  through.searchParams.delete('host');
  return {
    url: through.href,
    hang: () => void (hanging = true),
    recover: () => {
      hanging = false;
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

let database: TestDatabase;

beforeEach(async () => {
  database = await aDatabase();
});

afterEach(async () => {
  await database.drop();
});

test(
  'every call ends within 10 s while the database hangs, and the pool is whole afterwards',
  { timeout: 40_000 },
  async () => {
    const forwarder = await forwarderTo(database.url);
    const pool = openPool(forwarder.url, { applicationName: 'test', max: 3 });
    await Promise.all([1, 2, 3].map(() => pool.query('SELECT 1')));

    forwarder.hang();
    const began = Date.now();
    const calls = await Promise.allSettled(Array.from({ length: 6 }, () => pool.query('SELECT 1')));
    expect(calls.every((call) => call.status === 'rejected')).toBe(true);
    expect(Date.now() - began).toBeLessThan(10_000);

    forwarder.recover();
    expect((await pool.query('SELECT 1 AS x')).rows).toEqual([{ x: 1 }]);
    expect(pool.totalCount).toBeLessThanOrEqual(3);
    await pool.end();
    await forwarder.close();
  },
);

test('a call ends within 3 s when nothing answers at the address', async () => {
  const forwarder = await forwarderTo(database.url);
  forwarder.hang();
  const pool = openPool(forwarder.url, { applicationName: 'test' });
  const began = Date.now();
  await expect(pool.query('SELECT 1')).rejects.toThrow(/timeout/);
  expect(Date.now() - began).toBeLessThan(3_000);
  await pool.end();
  await forwarder.close();
});

test('a statement that takes too long is ended by the database, and the connection is used again', async () => {
  const pool = openPool(database.url, { applicationName: 'test', max: 1 });
  await pool.query("SET statement_timeout = '100ms'");
  await expect(pool.query('SELECT pg_sleep(60)')).rejects.toMatchObject({ code: '57014' });
  expect((await pool.query('SELECT 1 AS x')).rows).toEqual([{ x: 1 }]);
  await pool.end();
});

test('an idle connection that breaks is told and replaced', async () => {
  const broken: Error[] = [];
  const pool = openPool(database.url, { applicationName: 'test', onBroken: (error) => broken.push(error) });
  const first = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const other = openPool(database.url, { applicationName: 'other' });
  const gone = new Promise((resolve) => pool.once('remove', resolve));
  await other.query('SELECT pg_terminate_backend($1)', [first.rows[0]?.pid]);
  await gone;
  expect((await pool.query('SELECT 1 AS x')).rows).toEqual([{ x: 1 }]);
  expect(broken).toHaveLength(1);
  await Promise.all([pool.end(), other.end()]);
});
