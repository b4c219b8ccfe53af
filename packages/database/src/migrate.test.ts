import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runFile } from '../test/lines.ts';
import { migrate } from './migrate.ts';
import { withClient } from './provision.ts';
import { aDatabase } from './testing.ts';
import type { TestDatabase } from './testing.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await aDatabase();
  folder = await mkdtemp(join(tmpdir(), 'latchkey-migrations-'));
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function given(files: Record<string, string>): Promise<void> {
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql);
}

async function rows(question: string): Promise<unknown[]> {
  return await withClient(database.url, async (client) => (await client.query<Record<string, unknown>>(question)).rows);
}

test('applies files in the order of their names, once', async () => {
  await given({
    '0002_b.sql': 'ALTER TABLE a ADD y int;',
    '0001_a.sql': 'CREATE TABLE a (x int); INSERT INTO a VALUES (1);',
  });
  const log: string[] = [];
  await migrate(database.url, folder, { log: (line) => log.push(line) });
  await migrate(database.url, folder, { log: (line) => log.push(line) });
  expect(log).toEqual(['Applied the migration 0001_a.sql', 'Applied the migration 0002_b.sql']);
  expect(await rows('SELECT * FROM a')).toEqual([{ x: 1, y: null }]);
});

test('five processes that migrate an empty database at once make one schema', { timeout: 30_000 }, async () => {
  await given({
    '0001_a.sql': 'CREATE TABLE a (x int); SELECT pg_sleep(0.2);',
    '0002_b.sql': 'INSERT INTO a VALUES (1);',
  });
  const racers = Array.from({ length: 5 }, () => runFile('migrator.ts', [database.url, folder]));
  await Promise.all(racers.map((racer) => racer.line('done')));
  expect(racers.flatMap((racer) => racer.seen).filter((line) => line.startsWith('Applied'))).toHaveLength(2);
  expect(await rows('SELECT * FROM a')).toEqual([{ x: 1 }]);
});

test(
  'a process killed at any point leaves whole migrations, and the next one finishes',
  { timeout: 60_000 },
  async () => {
    const files = Array.from({ length: 10 }, (_, n) => [
      `${1000 + n}.sql`,
      `CREATE TABLE t${n} (x int); SELECT pg_sleep(0.03); INSERT INTO t${n} VALUES (${n}); ${n > 0 ? `DROP TABLE t${n - 1};` : ''}`,
    ]);
    await given(Object.fromEntries(files) as Record<string, string>);
    for (let kill = 0; kill < 8; kill += 1) {
      const migrator = runFile('migrator.ts', [database.url, folder]);
      if (kill > 1) await Promise.race([migrator.line('Applied'), migrator.line('done')]);
      await pause(kill * 7);
      await migrator.kill();
    }
    await migrate(database.url, folder);
    expect(await rows('SELECT * FROM t9')).toEqual([{ x: 9 }]);
    expect(await rows('SELECT count(*)::int AS n FROM schema_migrations')).toEqual([{ n: 10 }]);
  },
);

test('a migration that fails leaves nothing of itself and names itself', async () => {
  await given({ '0001_a.sql': 'CREATE TABLE a (x int);', '0002_b.sql': 'CREATE TABLE b (x int); SELECT 1 / 0;' });
  await expect(migrate(database.url, folder)).rejects.toThrow('The migration 0002_b.sql failed: division by zero');
  expect(await rows("SELECT to_regclass('a') IS NOT NULL AS a, to_regclass('b') IS NULL AS b")).toEqual([
    { a: true, b: true },
  ]);
});

test('a migration changed after it was applied is refused, one of a newer version is left alone', async () => {
  await given({ '0001_a.sql': 'CREATE TABLE a (x int);', '0002_b.sql': 'CREATE TABLE b (x int);' });
  await migrate(database.url, folder);
  await rm(join(folder, '0002_b.sql'));
  await migrate(database.url, folder);
  await given({ '0001_a.sql': 'CREATE TABLE a (x text);' });
  await expect(migrate(database.url, folder)).rejects.toThrow('0001_a.sql was changed');
});

test('a migration may take the right to change rows away from the app', async () => {
  const revoke = "EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM %I', session_user)";
  await given({ '0001_a.sql': `CREATE TABLE audit (x int); DO $$ BEGIN ${revoke}; END $$;` });
  await migrate(database.url, folder);
  await rows('INSERT INTO audit VALUES (1)');
  for (const change of ['UPDATE audit SET x = 2', 'DELETE FROM audit', 'TRUNCATE audit', 'DROP TABLE audit']) {
    await expect(rows(change)).rejects.toThrow(/permission denied|must be owner/);
  }
});

test('afterwards runs with the right to make tables, which the app may then use', async () => {
  await migrate(database.url, folder, {
    afterwards: async (client) => {
      await client.query('CREATE SCHEMA IF NOT EXISTS jobs; CREATE TABLE IF NOT EXISTS jobs.queue (x int)');
    },
  });
  await rows('INSERT INTO jobs.queue VALUES (1)');
  expect(await rows('SELECT * FROM jobs.queue')).toEqual([{ x: 1 }]);
});
