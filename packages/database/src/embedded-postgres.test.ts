import { chown, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runFile } from '../test/lines.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';
import { isThere, processMark } from './process-mark.ts';
import { withClient } from './provision.ts';

const asRoot = process.getuid?.() === 0;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-embedded-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function started(dataDir: string, log: string[] = []): Promise<EmbeddedPostgres> {
  return await startEmbeddedPostgres({ dataDir, log: (line) => log.push(line) });
}

async function answer(url: string, question: string): Promise<unknown> {
  const rows = await withClient(url, async (client) => (await client.query<{ answer: unknown }>(question)).rows);
  return rows[0]?.answer;
}

/** The numbers that are in the table after a restart, once the database was stopped again. */
async function numbersIn(dataDir: string): Promise<number[]> {
  const postgres = await started(dataDir);
  try {
    const all = 'SELECT array_agg(id::int ORDER BY id) AS answer FROM numbers';
    return ((await answer(postgres.url('counting'), all)) as number[] | null) ?? [];
  } finally {
    await postgres.stop();
  }
}

function keptBy(lines: string[]): number[] {
  return lines.filter((line) => line.startsWith('kept ')).map((line) => Number(line.slice(5)));
}

describe('the embedded database', () => {
  test('starts, keeps what it was told over a stop, and sorts and folds Unicode', async () => {
    const first = await started(folder);
    await first.ensureDatabase('shop');
    await first.ensureDatabase('shop');
    await withClient(first.adminUrl().replace('/postgres?', '/shop?'), async (client) => {
      await client.query("CREATE TABLE words AS SELECT 'ÄÖÜ' AS word");
    });
    await first.stop();
    expect(await processMark(first.pid)).toBeNull();

    const second = await started(folder);
    const lower = 'SELECT lower(word) AS answer FROM words';
    expect(await answer(second.adminUrl().replace('/postgres?', '/shop?'), lower)).toBe('äöü');
    await second.stop();
  });

  test('writes to the disk before it acknowledges', async () => {
    const postgres = await started(folder);
    const question = "SELECT current_setting('fsync') || current_setting('synchronous_commit') AS answer";
    expect(await answer(postgres.adminUrl(), question)).toBe('onon');
    await postgres.stop();
  });

  test('opens no port, and its folder is for its owner alone', async () => {
    const postgres = await started(folder);
    expect(await answer(postgres.adminUrl(), "SELECT current_setting('listen_addresses') AS answer")).toBe('');
    const cluster = await stat(join(folder, 'cluster'));
    expect(cluster.mode & 0o777).toBe(0o700);
    await postgres.stop();
  });

  test("gives the app's role no superuser's rights and no right to make tables", async () => {
    const postgres = await started(folder);
    await postgres.ensureDatabase('shop');
    expect(await answer(postgres.url('shop'), "SELECT current_setting('is_superuser') AS answer")).toBe('off');
    await expect(answer(postgres.url('shop'), 'CREATE TABLE mine ()')).rejects.toThrow('permission denied');
    await postgres.stop();
  });

  test('is reached in a folder whose path is longer than a socket may have', async () => {
    const long = join(folder, 'a'.repeat(90), 'b'.repeat(90));
    const postgres = await started(long);
    expect(await answer(postgres.adminUrl(), 'SELECT 1 AS answer')).toBe(1);
    await postgres.stop();
  });

  test('runs again by itself after it was killed', async () => {
    const log: string[] = [];
    const postgres = await started(folder, log);
    const killed = postgres.pid;
    process.kill(killed, 'SIGKILL');
    while (!log.includes('The database runs again')) await pause(20);
    expect(postgres.pid).not.toBe(killed);
    expect(await answer(postgres.adminUrl(), 'SELECT 1 AS answer')).toBe(1);
    await postgres.stop();
  });

  test('refuses a second opener with a clear message and touches nothing', async () => {
    const first = await started(folder);
    const before = await readdir(folder);
    const error = await started(folder).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'FolderInUse', message: expect.stringContaining('DATA_DIR') as string });
    expect(await readdir(folder)).toEqual(before);
    expect(await answer(first.adminUrl(), 'SELECT 1 AS answer')).toBe(1);
    await first.stop();
  });

  test('waits for an opener that is about to leave', async () => {
    const first = await started(folder);
    const leaving = first.stop();
    const second = await started(folder);
    await leaving;
    expect(await answer(second.adminUrl(), 'SELECT 1 AS answer')).toBe(1);
    await second.stop();
  });

  test('takes over a folder whose starter was killed and whose server was left running', async () => {
    const starter = runFile('starter.ts', [folder, 'count']);
    const left = Number((await starter.line('ready ')).slice(6));
    await starter.line('kept 20');
    await starter.kill();
    expect(isThere(left)).toBe(true);

    const kept = keptBy(starter.seen);
    expect(await numbersIn(folder)).toEqual(expect.arrayContaining(kept));
    expect(await processMark(left)).toBeNull();
  });

  test(
    'loses no acknowledged row when the starter and the server are killed together',
    { timeout: 60_000 },
    async () => {
      const kept: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        const starter = runFile('starter.ts', [folder, 'count']);
        const server = Number((await starter.line('ready ')).slice(6));
        await starter.line('kept ');
        await pause(40 + round * 60);
        process.kill(server, 'SIGKILL');
        await starter.kill();
        kept.push(...keptBy(starter.seen));
      }
      expect(kept.length).toBeGreaterThan(5);
      expect(await numbersIn(folder)).toEqual(expect.arrayContaining(kept));
    },
  );

  test('begins anew when it was killed while the database was being made', { timeout: 60_000 }, async () => {
    for (const after of [5, 150, 400]) {
      const starter = runFile('starter.ts', [folder]);
      await starter.line('log Making the database');
      await pause(after);
      await starter.kill();
    }
    expect(await numbersIn(folder).catch((error: Error) => error.message)).toMatch(/does not exist/);
  });

  test.runIf(asRoot)('runs for an ordinary user as well', async () => {
    const theirs = join(folder, 'theirs');
    await mkdir(theirs, { mode: 0o700 });
    await chown(theirs, 65_534, 65_534);
    await chown(folder, 65_534, 65_534);
    const starter = runFile('starter.ts', [theirs, 'count'], { uid: 65_534, gid: 65_534 });
    await starter.line('kept 3');
    starter.process.kill('SIGTERM');
    expect(await starter.ended).toBe(0);
    expect(starter.seen.at(-1)).toBe('stopped');
    expect((await numbersIn(theirs)).length).toBeGreaterThanOrEqual(3);
  });

  test('says what is wrong when the database was made by another version', async () => {
    const postgres = await started(folder);
    await postgres.stop();
    const version = join(folder, 'cluster', 'PG_VERSION');
    expect((await readFile(version, 'utf8')).trim()).toBe('18');
    await writeFile(version, '16\n');
    await expect(started(folder)).rejects.toThrow('made by PostgreSQL 16');
  });
});
