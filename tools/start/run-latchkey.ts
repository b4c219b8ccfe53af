import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbeddedPostgres } from '../../packages/database/src/embedded-postgres.ts';
import type { EmbeddedPostgres } from '../../packages/database/src/embedded-postgres.ts';
import { FolderInUse, lockFolder } from '../../packages/database/src/folder-lock.ts';
import { NoPostgresHere } from '../../packages/database/src/postgres-binaries.ts';
import { keepChild } from './child.ts';
import type { Child, ChildSettings } from './child.ts';
import { databaseAddressFile, ensureDataFolder, keyFile, passingSecret } from './data-folder.ts';
import type { PassingSecret } from './data-folder.ts';
import { consoleEnvironment, platformEnvironment } from './environments.ts';
import { firstPeople, firstStartLines } from './first-start.ts';
import { ensurePortIsFree } from './free-port.ts';
import { Problem } from './problem.ts';
import { supervisorSettings } from './settings.ts';
import type { Environment, SupervisorSettings } from './settings.ts';
import { ensureWebBuild } from './web-build.ts';

/** What `runLatchkey` needs. */
export interface RunSettings {
  /** The root of the repository. */
  root: string;
  environment: Environment;
  /** The files that are the two apps. */
  entries: { platform: string; console: string };
  /** Takes one line at a time for the terminal. */
  say: (line: string) => void;
  /** Makes sure of the built page; the real builder unless told. */
  buildPage?: typeof ensureWebBuild;
}

/**
 * Runs database, Platform and console until a signal asks for the end (architecture 6).
 *
 * @returns the exit code: 0 after a clean end
 */
export async function runLatchkey(run: RunSettings): Promise<number> {
  const end = endBySignal();
  const closers: (() => Promise<void>)[] = [];
  let code = 0;
  // A terminal that was closed must not take the product down before it is asked to end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  try {
    await start(run, closers, end);
    await end.asked;
  } catch (error) {
    if (!(error instanceof EndAsked)) {
      code = 1;
      run.say(isForPeople(error) ? error.message : String(error instanceof Error ? error.stack : error));
    }
  }
  if (code === 0) run.say('Stopping');
  for (const close of closers.toReversed()) {
    try {
      await close();
    } catch (error) {
      code = 1;
      run.say(error instanceof Error ? error.message : String(error));
    }
  }
  if (code === 0) run.say('Stopped');
  return code;
}

async function start(run: RunSettings, closers: (() => Promise<void>)[], end: End): Promise<void> {
  const { say, environment, root } = run;
  const settings = supervisorSettings(environment);
  await ensureDataFolder(settings.dataDir);
  const lock = await lockFolder(settings.dataDir);
  closers.push(lock.release);
  void end.asked.then(lock.leaving).catch(() => undefined);
  await ensurePortsAreFree(settings);

  say('Starting Latchkey');
  const build = run.buildPage ?? ensureWebBuild;
  const [database, page] = await Promise.allSettled([
    startDatabase(settings, say, closers),
    build(root, say, end.signal),
  ]);
  if (end.signal.aborted) throw new EndAsked();
  if (database.status === 'rejected') throw database.reason;
  if (page.status === 'rejected') throw page.reason;
  const secret = await passingSecret(settings.dataDir, 'console-client-secret');
  closers.push(secret.withdraw);
  const children = await startChildren(run, settings, database.value, secret);
  closers.push(() => stopAll(children, end));
  await Promise.race([
    Promise.all(children.map((child) => child.ready)),
    end.asked.then(() => Promise.reject(new EndAsked())),
  ]);
  say(`Latchkey is ready at ${settings.publicUrl}`);
}

async function ensurePortsAreFree({
  host,
  consolePort,
  platformPort,
  metricsPort,
  embedded,
}: SupervisorSettings): Promise<void> {
  const ports: [string, number][] = [['CONSOLE_PORT', consolePort]];
  if (embedded) ports.push(['PLATFORM_PORT', platformPort]);
  if (metricsPort !== null) ports.push(['METRICS_PORT', metricsPort]);
  for (const [index, [setting, port]] of ports.entries()) {
    const twin = ports.slice(0, index).find(([, other]) => other === port);
    if (twin !== undefined) throw new Problem(`${twin[0]} and ${setting} are the same port. Give them different ones.`);
    await ensurePortIsFree(host, port, setting);
  }
}

/** The addresses of the two databases. */
export interface DatabaseUrls {
  console: string | null;
  platform: string | null;
}

async function startDatabase(
  settings: SupervisorSettings,
  say: (line: string) => void,
  closers: (() => Promise<void>)[],
): Promise<DatabaseUrls> {
  const { consoleDatabaseUrl, platformDatabaseUrl, embedded, dataDir } = settings;
  const names = [
    ...(consoleDatabaseUrl === null ? ['latchkey_console'] : []),
    ...(platformDatabaseUrl === null && embedded ? ['latchkey_platform'] : []),
  ];
  if (names.length === 0) return { console: null, platform: null };
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir: join(dataDir, 'database'), log: say });
  closers.push(postgres.stop);
  for (const name of names) {
    await postgres.ensureDatabase(name);
    // The address holds no password; commands beside the running product find the database by it.
    const file = databaseAddressFile(dataDir, name);
    await writeFile(file, postgres.url(name), { mode: 0o600 });
    closers.push(() => rm(file, { force: true }));
  }
  const url = (name: string): string | null => (names.includes(name) ? postgres.url(name) : null);
  return { console: url('latchkey_console'), platform: url('latchkey_platform') };
}

async function startChildren(
  { environment, entries, say }: RunSettings,
  settings: SupervisorSettings,
  database: DatabaseUrls,
  secret: PassingSecret,
): Promise<Child[]> {
  const { dataDir, host, embedded } = settings;
  const keys = {
    session: await keyFile(dataDir, 'session-secret'),
    platform: await keyFile(dataDir, 'platform-secret'),
  };
  const given = { environment, settings, database, keys, secret };
  const handing = (reader: string): Pick<ChildSettings, 'beforeStart' | 'afterReady' | 'logFile'> => ({
    beforeStart: () => secret.offerTo(reader),
    afterReady: () => secret.withdrawFrom(reader),
    logFile: join(dataDir, 'log', `${reader}.log`),
  });
  const at = (port: number): string => `http://${reachable(host)}:${port}/readyz`;
  const consoleChild = keepChild({
    ...handing('console'),
    name: 'The console',
    entry: entries.console,
    environment: consoleEnvironment(given),
    readyUrl: at(settings.consolePort),
    onMessage: () => undefined,
    say,
  });
  if (!embedded) return [await consoleChild];
  const platformChild = keepChild({
    ...handing('platform'),
    name: 'The Platform',
    entry: entries.platform,
    environment: platformEnvironment(given),
    readyUrl: at(settings.platformPort),
    onMessage: (message) => {
      const people = firstPeople(message);
      if (people !== null) for (const line of firstStartLines(people, settings.publicUrl)) say(line);
    },
    say,
  });
  return await Promise.all([platformChild, consoleChild]);
}

/** The address by which this machine reaches what listens on a host. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** Milliseconds that an app has to finish what it is doing. */
const patience = 10_000;

async function stopAll(children: Child[], end: End): Promise<void> {
  const stopped = Promise.all(children.map((child) => child.stop(patience)));
  void end.askedAgain.then(() => {
    for (const child of children) child.kill();
  });
  await stopped;
}

/** The end was asked for before the start was complete. */
class EndAsked extends Error {
  override readonly name = 'EndAsked';
}

interface End {
  /** Aborted when the end is asked for. */
  signal: AbortSignal;
  asked: Promise<void>;
  askedAgain: Promise<void>;
}

function endBySignal(): End {
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const asking = new AbortController();
  const ask = (): void => {
    (asking.signal.aborted ? second : first).resolve();
    asking.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  // Started by another process with a channel: when that one is gone, nobody could ask any more.
  if (process.connected) process.once('disconnect', ask);
  // The signals alone do not keep a process alive.
  setInterval(() => undefined, 60_000);
  void first.promise.then(async () => {
    // Whatever hangs: the end comes.
    await pause(25_000, undefined, { ref: false });
    process.exit(1);
  });
  return { signal: asking.signal, asked: first.promise, askedAgain: second.promise };
}

function isForPeople(error: unknown): error is Error {
  return error instanceof Problem || error instanceof FolderInUse || error instanceof NoPostgresHere;
}
