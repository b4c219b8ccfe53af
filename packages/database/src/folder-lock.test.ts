import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runFile } from '../test/lines.ts';
import { lockFolder } from './folder-lock.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-lock-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('of many that find a dead holder at once exactly one wins, again and again', { timeout: 60_000 }, async () => {
  for (let round = 0; round < 3; round += 1) {
    const contenders = Array.from({ length: 5 }, () => runFile('contender.ts', [folder]));
    const outcomes = await Promise.all(
      contenders.map(async (contender) => await Promise.race([contender.line('won'), contender.line('lost')])),
    );
    expect(outcomes.filter((line) => line === 'won')).toHaveLength(1);
    expect(outcomes.filter((line) => line === 'lost FolderInUse')).toHaveLength(4);
    await Promise.all(contenders.map((contender) => contender.kill()));
  }
  expect(await readdir(folder)).toHaveLength(1);
});

test('a folder that was given free is taken at once', async () => {
  const first = await lockFolder(folder);
  await first.release();
  const second = await lockFolder(folder);
  await second.release();
  expect(await readdir(folder)).toEqual(['lock.2']);
});
