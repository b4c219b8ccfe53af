import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aDatabase } from '@latchkey/database/testing';
import type { TestDatabase } from '@latchkey/database/testing';
import { openPool } from '@latchkey/database/pool';
import { migrations } from '../start.ts';
import { frugal } from './frugal.ts';
import { limiter } from './limiter.ts';

let database: TestDatabase;
let pool: ReturnType<typeof openPool>;
const limit = { name: 'test', points: 40, seconds: 60 };

beforeAll(async () => {
  database = await aDatabase({ migrations });
  pool = openPool(database.url, { applicationName: 'limits' });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const aProcess = () => frugal(limiter(pool, limit), limit);

describe('counting frugally', () => {
  test('lets exactly as many through as the limit says, and asks far fewer times', async () => {
    let asked = 0;
    const shared = limiter(pool, limit);
    const counting = frugal({ consume: (key, events) => ((asked += 1), shared.consume(key, events)) }, limit);
    const waits = [];
    for (let event = 0; event < 42; event += 1) waits.push(await counting.count('one'));
    expect(waits.slice(0, 40)).toEqual(Array<null>(40).fill(null));
    expect(waits.slice(40).every((wait) => wait !== null && wait > 0 && wait <= 60)).toBe(true);
    expect(asked).toBeLessThan(30);
    await counting.stop();
  });

  test('two processes and a restart in between have one limit together', async () => {
    const [first, second] = [aProcess(), aProcess()];
    for (let event = 0; event < 15; event += 1) expect(await first.count('two')).toBeNull();
    await first.stop();
    for (let event = 0; event < 15; event += 1) expect(await second.count('two')).toBeNull();
    await second.stop();
    const third = aProcess();
    let passed = 0;
    while ((await third.count('two')) === null) passed += 1;
    expect(passed).toBe(10);
    await third.stop();
  });

  test('processes that burst at the same time overshoot by no more than what each may keep to itself', async () => {
    const processes = [aProcess(), aProcess(), aProcess(), aProcess()];
    const waits = await Promise.all(
      Array.from({ length: 80 }, async (_, event) => processes[event % 4]?.count('three') ?? null),
    );
    expect(waits.filter((wait) => wait === null).length).toBeLessThanOrEqual(40 + 4 * 5);
    for (const process of processes) await process.stop();
    expect(await aProcess().count('three')).not.toBeNull();
  });
});
