import { randomUUID } from 'node:crypto';
import { link, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { processMark } from './process-mark.ts';

/** A folder held by this process alone. */
export interface FolderLock {
  /** Says that the holder is on its way out: another opener waits for it instead of giving up. */
  leaving: () => Promise<void>;
  /** Gives the folder free. */
  release: () => Promise<void>;
}

/** Thrown when a living process holds the folder; the message names it and is meant for a person. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

const Holder = z.object({ pid: z.number(), mark: z.string(), state: z.enum(['held', 'leaving', 'free']) });
type Holder = z.infer<typeof Holder>;

/**
 * Takes a folder for this process (security F-04), before anything in it is touched.
 *
 * The lock is a file `lock.<n>` that names its holder. Numbers only grow: whoever finds the newest holder dead links the
 * next number, which the file system grants to one contender only, so two that meet a dead holder at the same moment
 * cannot both win, and no living lock is ever removed by another.
 *
 * @param patience milliseconds to wait for a living holder that does not say it is leaving; 1500 unless told
 * @throws FolderInUse when a living process holds it and does not leave in time
 */
export async function lockFolder(folder: string, { patience = 1_500 } = {}): Promise<FolderLock> {
  const mark = await processMark(process.pid);
  const mine: Holder = { pid: process.pid, mark: mark ?? `${process.pid} ${randomUUID()}`, state: 'held' };
  const began = Date.now();
  for (;;) {
    const newest = await newestLock(folder);
    const holder = newest === 0 ? null : await holderOf(folder, newest);
    if (holder === null || holder.state === 'free' || (await processMark(holder.pid)) !== holder.mark) {
      if (await linkNext(folder, newest + 1, mine)) return held(folder, newest + 1, mine);
    } else if (Date.now() - began >= (holder.state === 'leaving' ? 20_000 : patience)) {
      throw new FolderInUse(
        `The folder ${folder} is in use by another Latchkey (process ${holder.pid}). ` +
          'Stop that one, or give this one a folder of its own with DATA_DIR.',
      );
    }
    await pause(50);
  }
}

function held(folder: string, number: number, mine: Holder): FolderLock {
  const say = async (state: Holder['state']): Promise<void> => {
    const text = await written(folder, { ...mine, state });
    await rename(text, join(folder, `lock.${number}`));
  };
  return { leaving: () => say('leaving'), release: () => say('free') };
}

async function linkNext(folder: string, number: number, mine: Holder): Promise<boolean> {
  const text = await written(folder, mine);
  try {
    await link(text, join(folder, `lock.${number}`));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(text, { force: true });
  }
  // A slow contender may link a number that is long past: then a higher one is there, and it steps back.
  if ((await newestLock(folder)) > number) {
    await rm(join(folder, `lock.${number}`), { force: true });
    return false;
  }
  const numbers = await lockNumbers(folder);
  await Promise.all(numbers.filter((n) => n < number).map((n) => rm(join(folder, `lock.${n}`), { force: true })));
  return true;
}

async function written(folder: string, holder: Holder): Promise<string> {
  const text = join(folder, `.lock-${randomUUID()}`);
  await writeFile(text, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
  return text;
}

async function holderOf(folder: string, number: number): Promise<Holder | null> {
  try {
    return Holder.parse(JSON.parse(await readFile(join(folder, `lock.${number}`), 'utf8')));
  } catch {
    return null;
  }
}

async function newestLock(folder: string): Promise<number> {
  return Math.max(0, ...(await lockNumbers(folder)));
}

async function lockNumbers(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .map((name) => /^lock\.(\d+)$/.exec(name)?.[1])
    .filter((n) => n !== undefined)
    .map(Number);
}
