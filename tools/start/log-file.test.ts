import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLogFile } from './log-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-log-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('lines are added in their order, readable for the owner alone', async () => {
  const path = join(folder, 'deep/app.log');
  const log = await openLogFile(path);
  for (let line = 0; line < 1_000; line += 1) log.write(String(line));
  await log.flushed();
  expect(await readFile(path, 'utf8')).toBe(Array.from({ length: 1_000 }, (_, line) => `${line}\n`).join(''));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a full file is put aside', async () => {
  const path = join(folder, 'app.log');
  await writeFile(path, 'x'.repeat(10_000_001));
  const log = await openLogFile(path);
  log.write('new');
  await log.flushed();
  expect(await readFile(path, 'utf8')).toBe('new\n');
  expect((await stat(`${path}.1`)).size).toBe(10_000_001);
});
