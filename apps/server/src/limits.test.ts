import { openPool } from '@latchkey/database/pool';
import { aDatabase, type TestDatabase } from '@latchkey/database/testing';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from './build.ts';
import { networkOf, openLimits } from './limits.ts';

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await aDatabase({ migrations });
  pool = openPool(database.url, { applicationName: 'limits test' });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

describe('a limit', () => {
  it('lets N through and refuses the next with the seconds to wait, for this caller only', async () => {
    const { signInStart } = openLimits(pool, { signInLimit: 10 });
    for (let times = 0; times < 10; times += 1) await signInStart.take('198.51.100.7');
    const refusal: unknown = await signInStart.take('198.51.100.7').catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'rate.limited' });
    expect((refusal as { problem: { retryAfterSeconds: number } }).problem.retryAfterSeconds).toBeGreaterThan(500);
    await signInStart.take('198.51.100.8');
  });

  it('holds across replicas and restarts', async () => {
    const replicas = [openLimits(pool, { signInLimit: 10 }), openLimits(pool, { signInLimit: 10 })];
    const allowed = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        (replicas[at % 2] as (typeof replicas)[0]).signInStart.allows('203.0.113.1'),
      ),
    );
    expect(allowed.filter(Boolean)).toHaveLength(10);
    expect(await openLimits(pool, { signInLimit: 10 }).signInStart.allows('203.0.113.1')).toBe(false);
  });

  it('lets nobody through while it cannot count', async () => {
    const broken = openPool('postgresql://nobody@127.0.0.1:1/none', { applicationName: 'limits test' });
    await expect(openLimits(broken, { signInLimit: 10 }).signInStart.take('a')).rejects.toMatchObject({
      code: 'storage.unavailable',
    });
    await broken.end();
  });
});

describe('a network', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:ffff::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
