import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseOf, openPool } from './pool.ts';
import type { Database } from './pool.ts';
import { migrate } from './migrate.ts';
import { aDatabase } from './testing.ts';
import type { TestDatabase } from './testing.ts';
import { sqlState, transaction } from './transaction.ts';

let database: TestDatabase;
let db: Database;

beforeEach(async () => {
  database = await aDatabase();
  await migrate(database.url, new URL('../test/migrations', import.meta.url), {
    afterwards: async (client) => {
      await client.query('CREATE TABLE accounts (name text PRIMARY KEY, amount int NOT NULL)');
    },
  });
  db = databaseOf(openPool(database.url, { applicationName: 'test', max: 8 }));
  await db.execute(sql`INSERT INTO accounts VALUES ('a', 0), ('b', 0)`);
});

afterEach(async () => {
  await db.$client.end();
  await database.drop();
});

const amounts = async (): Promise<unknown> => (await db.execute(sql`SELECT * FROM accounts ORDER BY name`)).rows;

describe('a transaction', () => {
  test('keeps everything or nothing', async () => {
    await transaction(db, (tx) => tx.execute(sql`UPDATE accounts SET amount = 1`));
    const failing = transaction(db, async (tx) => {
      await tx.execute(sql`UPDATE accounts SET amount = 2`);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await amounts()).toEqual([
      { name: 'a', amount: 1 },
      { name: 'b', amount: 1 },
    ]);
  });

  test('is begun again when it lost against another, so that no addition is lost', async () => {
    const addOne = (): Promise<unknown> =>
      transaction(
        db,
        async (tx) => {
          const read = await tx.execute<{ amount: number }>(sql`SELECT amount FROM accounts WHERE name = 'a'`);
          await tx.execute(sql`UPDATE accounts SET amount = ${(read.rows[0]?.amount ?? 0) + 1} WHERE name = 'a'`);
        },
        { isolation: 'serializable', attempts: 20 },
      );
    await Promise.all(Array.from({ length: 8 }, addOne));
    expect(await amounts()).toContainEqual({ name: 'a', amount: 8 });
  });

  test('survives a deadlock', async () => {
    let arrived = 0;
    let open: () => void;
    const bothHold = new Promise<void>((resolve) => (open = resolve));
    const touch = (first: string, second: string): Promise<void> =>
      transaction(db, async (tx) => {
        await tx.execute(sql`UPDATE accounts SET amount = amount + 1 WHERE name = ${first}`);
        arrived += 1;
        if (arrived >= 2) open();
        await bothHold;
        await tx.execute(sql`UPDATE accounts SET amount = amount + 1 WHERE name = ${second}`);
      });
    await Promise.all([touch('a', 'b'), touch('b', 'a')]);
    expect(await amounts()).toEqual([
      { name: 'a', amount: 2 },
      { name: 'b', amount: 2 },
    ]);
  });

  test('tells the name of an error that drizzle wrapped', async () => {
    const error = await db.execute(sql`INSERT INTO accounts VALUES ('a', 1)`).catch((thrown: unknown) => thrown);
    expect(sqlState(error)).toBe('23505');
    expect(sqlState(new Error('other'))).toBeUndefined();
  });

  test('gives no connection back that broke in the middle', async () => {
    const broken = transaction(db, (tx) => tx.execute(sql`SELECT pg_terminate_backend(pg_backend_pid())`));
    await expect(broken).rejects.toThrow();
    expect(await amounts()).toHaveLength(2);
  });
});
