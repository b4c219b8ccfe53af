import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from './problem.ts';

/**
 * Makes sure of the folder that holds everything Latchkey keeps.
 *
 * @throws Problem when it cannot be made, or when everybody on the machine may write to it (security C-06)
 */
export async function ensureDataFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Problem(`The folder ${dataDir} cannot be made (${code ?? 'unknown'}). Name another one with DATA_DIR.`);
  }
  const { mode } = await stat(dataDir);
  if ((mode & 0o002) !== 0) {
    throw new Problem(
      `Everybody may write to the folder ${dataDir}. Take that right away, or name another one with DATA_DIR.`,
    );
  }
}

/**
 * The path of a file that holds a random key of 32 bytes, made at the first start and kept since.
 *
 * @param name what it is for; a key serves one purpose only
 */
export async function keyFile(dataDir: string, name: string): Promise<string> {
  const folder = join(dataDir, 'keys');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  const kept = await readFile(file, 'utf8').catch(() => '');
  // An empty file is what a full disk or a kill can leave of a key that nobody has used yet.
  if (kept === '') await writeSecretFile(file, randomBytes(32).toString('base64url'));
  return file;
}

/** A secret that lies on the disk only while somebody is about to read it, in a file of each reader's own. */
export interface PassingSecret {
  fileFor: (reader: string) => string;
  /** Puts it there for a process that is about to start. */
  offerTo: (reader: string) => Promise<void>;
  /** Takes it away from one reader, who has it now. */
  withdrawFrom: (reader: string) => Promise<void>;
  /** Takes it away from all. */
  withdraw: () => Promise<void>;
}

/** A secret, new at each start, that is handed to children by files and never kept. */
export async function passingSecret(dataDir: string, name: string): Promise<PassingSecret> {
  const folder = join(dataDir, 'run');
  const clear = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
  };
  await clear();
  const secret = randomBytes(32).toString('base64url');
  const fileFor = (reader: string): string => join(folder, `${name}-for-${reader}`);
  return {
    fileFor,
    offerTo: (reader) => writeSecretFile(fileFor(reader), secret),
    withdrawFrom: (reader) => rm(fileFor(reader), { force: true }),
    withdraw: clear,
  };
}

async function writeSecretFile(file: string, secret: string): Promise<void> {
  await writeFile(`${file}.new`, secret, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
}

/** Where a running Latchkey leaves the address of an embedded database, for commands beside it. */
export const databaseAddressFile = (dataDir: string, database: string): string =>
  join(dataDir, `${database.replaceAll('_', '-')}.address`);
