import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chown,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readFile,
  readdir,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { realpathSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lockFolder } from './folder-lock.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import type { Account, PostgresBinaries } from './postgres-binaries.ts';
import { isThere } from './process-mark.ts';
import { provisionDatabase } from './provision.ts';

/** What `startEmbeddedPostgres` needs. */
export interface EmbeddedPostgresSettings {
  /** The folder that holds the database, its log and its lock. Made when missing. */
  dataDir: string;
  /** Takes one line at a time about what happens to the server, for a person. */
  log: (line: string) => void;
  /** Settings of PostgreSQL that differ from those of the product, for tests that can lose everything. */
  settings?: Record<string, string>;
}

/** A running PostgreSQL that belongs to this process. */
export interface EmbeddedPostgres {
  /** The address of a database for the app of the same name, without a password: the socket lets in this user only. */
  url: (database: string) => string;
  /** The address of the superuser's connection, for making databases and for backups. */
  adminUrl: () => string;
  /** Makes sure that a database of that name and its roles are there (see `provisionDatabase`). */
  ensureDatabase: (name: string) => Promise<void>;
  /** Ends all connections, writes everything out and stops the server; within 15 s. */
  stop: () => Promise<void>;
  /** The number of the server's main process; another one after a restart. */
  readonly pid: number;
}

/**
 * Starts a real PostgreSQL from the programs that came with the installation, as a child process (architecture 3).
 *
 * - Nobody but this user reaches it: no port, one Unix socket in a folder of mode 0700, and the kernel tells the server
 *   who calls.
 * - PostgreSQL refuses to run as root; then it runs as `nobody`, which owns the data folder and nothing else.
 * - A server that was left running when an earlier Latchkey was killed is stopped cleanly first.
 * - When the server dies, it is started again until `stop` is called; the pools of the apps find it by themselves.
 *
 * @throws FolderInUse when another living Latchkey uses the folder: nothing in it was touched
 * @throws NoPostgresHere when this machine cannot run it
 */
export async function startEmbeddedPostgres(given: EmbeddedPostgresSettings): Promise<EmbeddedPostgres> {
  const dataDir = resolve(given.dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(dataDir);
  try {
    return await startLocked({ ...given, dataDir: realpathSync(dataDir) }, lock.leaving, lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startLocked(
  { dataDir, log, settings = {} }: EmbeddedPostgresSettings,
  leaving: () => Promise<void>,
  release: () => Promise<void>,
): Promise<EmbeddedPostgres> {
  const cluster = join(dataDir, 'cluster');
  const account = await accountFor(cluster);
  const binaries = await postgresBinaries(account);
  await stopLeftover(cluster, log);
  await makeCluster(dataDir, binaries, account, log);
  await letInThisUserOnly(cluster, account);

  let stopping = false;
  const wake = new AbortController();
  const start = (): Promise<ChildProcess> => startServer({ dataDir, cluster, binaries, account, settings });
  let server = await start();

  const keepRunning = async (): Promise<void> => {
    for (let failures = 0; ;) {
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      if (stopping) return;
      log(`The database stopped by itself (${server.signalCode ?? `exit code ${server.exitCode}`}); starting it again`);
      try {
        await stopLeftover(cluster, log);
        server = await start();
        if (stopping) server.kill('SIGINT');
        else log('The database runs again');
        failures = 0;
      } catch (error) {
        failures += 1;
        log(error instanceof Error ? error.message : String(error));
        await pause(Math.min(250 * failures, 2_000), undefined, { signal: wake.signal }).catch(() => undefined);
      }
    }
  };
  const kept = keepRunning();

  const socket = await socketFolder(cluster);
  const address = (user: string, database: string): string =>
    `postgresql://${user}@localhost:${settings['port'] ?? productSettings.port}/${database}?host=${encodeURIComponent(socket.path)}`;
  const adminUrl = (): string => address('postgres', 'postgres');
  // Tidy-up services remove old things from temporary folders: the way to the socket is renewed before it gets old.
  const renewal = setInterval(() => void socket.renew().catch(() => undefined), 3_600_000).unref();

  return {
    url: (database) => address(database, database),
    adminUrl,
    ensureDatabase: (name) => provisionDatabase(adminUrl(), name),
    get pid() {
      return server.pid ?? 0;
    },
    async stop() {
      if (stopping) return await kept;
      stopping = true;
      wake.abort();
      clearInterval(renewal);
      server.ref();
      await leaving();
      for (const [signal, patience] of gentleToHard) {
        server.kill(signal);
        if (await Promise.race([kept.then(() => true), pause(patience, false, { ref: false })])) break;
      }
      await kept;
      await socket.remove();
      await release();
    },
  };
}

/** PostgreSQL's fast, immediate and last way out, each with the time given to it in milliseconds. */
const gentleToHard = [
  ['SIGINT', 9_000],
  ['SIGQUIT', 3_000],
  ['SIGKILL', 1_000],
] as const satisfies [NodeJS.Signals, number][];

const nobody: Account = { uid: 65_534, gid: 65_534 };

async function accountFor(cluster: string): Promise<Account | null> {
  const owner = await stat(cluster).catch(() => null);
  if (process.getuid?.() === 0) {
    return owner === null || owner.uid === 0 ? nobody : { uid: owner.uid, gid: owner.gid };
  }
  if (owner !== null && owner.uid !== process.getuid?.()) {
    throw new Error(
      `The database in ${cluster} belongs to another user of this machine (number ${owner.uid}). ` +
        'Start Latchkey as the user that started it first, or give this one a folder of its own with DATA_DIR.',
    );
  }
  return null;
}

/**
 * How the programs name the data folder. On Linux they are started inside it and name it by the kernel's link to the
 * present folder, so that it may lie in places which their account cannot walk to, such as root's home.
 */
function fromInside(cluster: string): string {
  return process.platform === 'linux' ? '/proc/self/cwd' : cluster;
}

/** Nothing of this process' surroundings steers PostgreSQL, and no secret of it is handed on. */
const surroundings = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

async function makeCluster(
  dataDir: string,
  { initdb }: PostgresBinaries,
  account: Account | null,
  log: (line: string) => void,
): Promise<void> {
  const cluster = join(dataDir, 'cluster');
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => null);
  if (version?.trim() === '18') return;
  if (version !== null) {
    throw new Error(
      `The database in ${cluster} was made by PostgreSQL ${version.trim()}, and this Latchkey brings PostgreSQL 18. ` +
        'Restore a backup into a new DATA_DIR.',
    );
  }
  log('Making the database');
  // Made under another name and renamed when complete, so that a kill in between leaves nothing half made.
  await removeHalfMade(dataDir);
  const making = await mkdtemp(join(dataDir, halfMade));
  if (account !== null) await chown(making, account.uid, account.gid);
  const options = ['--username=postgres', '--auth=peer', '--encoding=UTF8', '--locale=C', '--no-instructions'];
  const collation = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const child = spawn(initdb, ['-D', fromInside(making), ...options, ...collation], {
    ...account,
    cwd: making,
    env: surroundings,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The database could not be made in ${dataDir}: ${complaint.trim()}`);
  await rename(making, cluster);
  const folder = await open(dataDir);
  await folder.sync();
  await folder.close();
}

const halfMade = 'cluster.new-';

async function removeHalfMade(dataDir: string): Promise<void> {
  const left = (await readdir(dataDir)).filter((name) => name.startsWith(halfMade)).map((name) => join(dataDir, name));
  for (const folder of left) {
    // The program that was making it may have outlived the Latchkey that asked for it.
    if (process.platform === 'linux') {
      for (const pid of await processesIn(folder)) if (isThere(pid)) process.kill(pid, 'SIGKILL');
      await gone(folder, (working) => working.length === 0, 5_000);
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The kernel vouches for the caller on a Unix socket, so no password exists anywhere. */
async function letInThisUserOnly(cluster: string, account: Account | null): Promise<void> {
  await write(cluster, 'pg_hba.conf', 'local all all peer map=latchkey\n', account);
  await write(cluster, 'pg_ident.conf', `latchkey "${userInfo().username}" all\n`, account);
}

async function write(folder: string, name: string, text: string, account: Account | null): Promise<void> {
  const file = join(folder, name);
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  if (account !== null) await chown(`${file}.new`, account.uid, account.gid);
  await rename(`${file}.new`, file);
}

interface Server {
  dataDir: string;
  cluster: string;
  binaries: PostgresBinaries;
  account: Account | null;
  settings: Record<string, string>;
}

const productSettings = {
  listen_addresses: '',
  unix_socket_directories: '.',
  unix_socket_permissions: '0700',
  port: '5432',
  max_connections: '100',
  shared_buffers: '128MB',
  max_wal_size: '512MB',
  fsync: 'on',
  synchronous_commit: 'on',
  // After a failed write the process stops rather than trust what the system says it has (security F-06).
  data_sync_retry: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
  // What a statement carried stays out of the log: it may be personal, and it may be a secret.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};

async function startServer({ dataDir, cluster, binaries, account, settings }: Server): Promise<ChildProcess> {
  const logFile = join(dataDir, 'postgres.log');
  const before = await stat(logFile).catch(() => null);
  if (before !== null && before.size > 10_000_000) await rename(logFile, `${logFile}.1`);
  const record = await open(logFile, 'a', 0o600);
  const from = (await record.stat()).size;
  const options = Object.entries({ ...productSettings, ...settings }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ]);
  const server = spawn(binaries.postgres, ['-D', fromInside(cluster), ...options], {
    ...account,
    cwd: cluster,
    env: surroundings,
    // A log file instead of a pipe, and a group of its own: Ctrl-C is for us, and the server outlives us without harm.
    stdio: ['ignore', record.fd, record.fd],
    detached: true,
  });
  let failure: Error | undefined;
  server.on('error', (error) => (failure = error));
  // Whether this process goes on is decided by its own work, not by the server's.
  server.unref();
  await record.close();
  const deadline = Date.now() + 120_000;
  while ((await saidReady(cluster)) !== server.pid) {
    if (failure !== undefined) throw failure;
    const ended = server.exitCode !== null || server.signalCode !== null;
    if (ended || Date.now() > deadline) {
      if (!ended) server.kill('SIGQUIT');
      const text = (await readFile(logFile)).subarray(from).toString('utf8').trim();
      throw new Error(`The database does not start. Its log ${logFile} ends with:\n${lastLines(text, 8)}`);
    }
    await pause(10);
  }
  return server;
}

function lastLines(text: string, count: number): string {
  return text.split('\n').slice(-count).join('\n');
}

/** The process number in the server's own file, once that file says that connections are taken. */
async function saidReady(cluster: string): Promise<number | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  return lines[7]?.trim() === 'ready' ? Number(lines[0]) : null;
}

/**
 * Stops a server that still runs on this folder although the Latchkey that started it is gone. To be called by the holder
 * of the folder's lock alone.
 */
export async function stopLeftover(cluster: string, log: (line: string) => void): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  // Elsewhere PostgreSQL's own check of its lock file must do: it refuses to start beside a living server.
  if (process.platform !== 'linux') return;
  if ((await processesIn(cluster)).includes(pid)) {
    log('Stopping a database that an earlier Latchkey left running');
    for (const [signal, patience] of [['SIGCONT', 0], ...gentleToHard] as const) {
      process.kill(pid, signal);
      if (await gone(cluster, (left) => !left.includes(pid), patience)) break;
    }
  }
  // Its workers end by themselves soon after it; a new server beside them would be refused.
  if (!(await gone(cluster, (left) => left.length === 0, 10_000))) return;
  // Nothing works on the folder any more, so a number that is still there is a dead process not yet collected, or has
  // come to mean another process. PostgreSQL cannot tell, and would not start.
  if (!isThere(pid)) return;
  await rm(file, { force: true });
  await rm(join(cluster, '.s.PGSQL.5432.lock'), { force: true });
}

async function gone(cluster: string, enough: (left: number[]) => boolean, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  for (;;) {
    if (enough(await processesIn(cluster))) return true;
    if (Date.now() >= deadline) return false;
    await pause(10);
  }
}

/** The numbers of the living PostgreSQL processes that work in a folder (Linux). */
async function processesIn(cluster: string): Promise<number[]> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    numbers.map(async (number) => {
      // A dead process that was not yet collected has neither link any more.
      const works = await readlink(`/proc/${number}/cwd`).catch(() => '');
      if (works !== cluster) return false;
      const program = await readlink(`/proc/${number}/exe`).catch(() => '');
      return /\/(postgres|initdb)( \(deleted\))?$/.test(program);
    }),
  );
  return numbers.filter((_, index) => found[index] === true).map(Number);
}

interface SocketFolder {
  path: string;
  renew: () => Promise<void>;
  remove: () => Promise<void>;
}

/** The kernel takes at most about 100 characters for the path of a socket. */
const longestSocketPath = 100;

/**
 * Where clients find the socket. It always lies in the data folder; when that path is too long for the kernel, a link
 * with a short name in a private folder leads to it.
 */
async function socketFolder(cluster: string): Promise<SocketFolder> {
  const nothing = async (): Promise<void> => undefined;
  if (Buffer.byteLength(join(cluster, '.s.PGSQL.5432')) <= longestSocketPath) {
    return { path: cluster, renew: nothing, remove: nothing };
  }
  const name = createHash('sha256').update(cluster).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `latchkey-${process.getuid?.() ?? 0}-${name}`);
  const path = join(folder, 'db');
  const renew = async (): Promise<void> => {
    await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
    const is = await lstat(folder);
    if (!is.isDirectory() || is.uid !== process.getuid?.() || (is.mode & 0o077) !== 0) {
      throw new Error(`The folder ${folder} is not this user's own. Remove it, or set a shorter DATA_DIR.`);
    }
    await rm(path, { force: true });
    await symlink(cluster, path);
  };
  await renew();
  return { path, renew, remove: () => rm(folder, { recursive: true, force: true }) };
}
