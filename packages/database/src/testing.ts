import { createHash, randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, stopLeftover } from './embedded-postgres.ts';
import { lockFolder } from './folder-lock.ts';
import { migrate, readMigrations } from './migrate.ts';
import { provisionDatabase, withClient } from './provision.ts';

/** A database of a test's own. */
export interface TestDatabase extends AsyncDisposable {
  /** The address for the app's role, with the rights that it has in the product. */
  url: string;
  /** Ends all connections to it and removes it. */
  drop: () => Promise<void>;
}

/** Where tests make their databases: told to the workers by `testing-global-setup.ts` through the environment. */
export interface TestServer {
  /** The address of a superuser's connection. */
  admin: string;
  /** The role, the database of the same name from which all others are copied, and the role's password if it needs one. */
  base: string;
  password?: string;
}

const variable = 'LATCHKEY_TEST_SERVER';

/**
 * Makes a fresh database, in well under 200 ms after the first: it is copied from a template that holds the migrations.
 * It lies in the PostgreSQL of `TEST_DATABASE_URL`, or else in an embedded server that all tests of a run share.
 *
 * @param migrations folders of `*.sql` files that are applied first, as `migrate` does
 */
export async function aDatabase({
  migrations = [],
}: { migrations?: URL | string | (URL | string)[] } = {}): Promise<TestDatabase> {
  const server = await testServer();
  const folders = Array.isArray(migrations) ? migrations : [migrations];
  const template = await templateWith(server, folders);
  const name = `${server.base}_${randomBytes(6).toString('hex')}`;
  await withClient(server.admin, (client) => copy(client, template, name, server.base));
  const drop = (): Promise<void> =>
    withClient(server.admin, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
    });
  return { url: addressFor(server, name), drop, [Symbol.asyncDispose]: drop };
}

/** The address of a database on a test server for the app's role. */
function addressFor({ admin, base, password }: TestServer, database: string): string {
  const url = new URL(admin);
  url.username = base;
  url.password = password ?? '';
  url.pathname = `/${database}`;
  return url.href;
}

async function templateWith(server: TestServer, folders: (URL | string)[]): Promise<string> {
  if (folders.length === 0) return server.base;
  const all = (await Promise.all(folders.map(readMigrations))).flat();
  const hash = createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 12);
  const template = `${server.base}_t_${hash}`;
  await withClient(server.admin, async (client) => {
    // All workers of a run come here at once; the first makes it, and it takes its name only when it is complete.
    await client.query('SELECT pg_advisory_lock($1)', [templateLock]);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (found.rowCount !== 0) return;
    const making = `${template}_new`;
    await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(making)} WITH (FORCE)`);
    await copy(client, server.base, making, server.base);
    for (const folder of folders) await migrate(addressFor(server, making), folder);
    await client.query(`ALTER DATABASE ${pg.escapeIdentifier(making)} RENAME TO ${pg.escapeIdentifier(template)}`);
  });
  return template;
}

const templateLock = 7_261_003;

async function copy(client: pg.Client, from: string, to: string, role: string): Promise<void> {
  const [source, target, app] = [from, to, role].map((name) => pg.escapeIdentifier(name));
  await client.query(
    `CREATE DATABASE ${target} TEMPLATE ${source} OWNER ${pg.escapeIdentifier(`${role}_owner`)} STRATEGY wal_log`,
  );
  await client.query(`REVOKE ALL ON DATABASE ${target} FROM PUBLIC`);
  await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${target} TO ${app}`);
}

let ownServer: Promise<TestServer> | undefined;

async function testServer(): Promise<TestServer> {
  const told = process.env[variable];
  if (told !== undefined) return JSON.parse(told) as TestServer;
  ownServer ??= ownTestServer();
  return await ownServer;
}

/** Outside of a run with the global setup, one test file has a server of its own, which ends with the process. */
async function ownTestServer(): Promise<TestServer> {
  const { server, stopNow } = await startTestServer();
  process.once('exit', stopNow);
  return server;
}

/** A test server and the ways to end it. */
export interface StartedTestServer {
  server: TestServer;
  stop: () => Promise<void>;
  /** Ends it at once, for a process that is on its way out. */
  stopNow: () => void;
}

/** Starts a server for tests: the PostgreSQL of `TEST_DATABASE_URL`, or an embedded one that may lose everything. */
export async function startTestServer(): Promise<StartedTestServer> {
  const base = `latchkey_test_${randomBytes(4).toString('hex')}`;
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') {
    const server = { admin: given, base, password: randomBytes(24).toString('hex') };
    await provisionDatabase(server.admin, base, server.password);
    return { server, stop: () => removeAll(server), stopNow: () => undefined };
  }
  await removeOrphans();
  const dataDir = await mkdtemp(join(tmpdir(), prefix));
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings });
  await postgres.ensureDatabase(base);
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  return {
    server: { admin: postgres.adminUrl(), base },
    stop: async () => {
      await postgres.stop();
      remove();
    },
    stopNow: () => {
      process.kill(postgres.pid, 'SIGQUIT');
      const gone = (): boolean => !existsSync(join(dataDir, 'cluster', 'postmaster.pid'));
      for (let waits = 0; waits < 200 && !gone(); waits += 1) Atomics.wait(sleeper, 0, 0, 10);
      remove();
    },
  };
}

const prefix = 'latchkey-test-';

/** A run that was killed leaves its server behind; the next run ends it. */
async function removeOrphans(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const dataDir of names.map((name) => join(tmpdir(), name))) {
    try {
      // A folder without a lock may be one that another run makes at this moment.
      if (!(await readdir(dataDir)).some((name) => name.startsWith('lock.'))) continue;
      const lock = await lockFolder(dataDir, { patience: 0 });
      await stopLeftover(join(dataDir, 'cluster'), () => undefined);
      await lock.leaving();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // In use, or another user's: not ours to remove.
    }
  }
}

/** Only ever waited on: the one way to wait while the process ends. */
const sleeper = new Int32Array(new SharedArrayBuffer(4));

async function removeAll({ admin, base }: TestServer): Promise<void> {
  await withClient(admin, async (client) => {
    const found = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [base],
    );
    for (const { datname } of found.rows)
      await client.query(`DROP DATABASE ${pg.escapeIdentifier(datname)} WITH (FORCE)`);
    await client.query(`DROP ROLE IF EXISTS ${pg.escapeIdentifier(base)}`);
    await client.query(`DROP ROLE IF EXISTS ${pg.escapeIdentifier(`${base}_owner`)}`);
  });
}

/** Hands a test server to the workers that this process starts. */
export function announceTestServer(server: TestServer): void {
  process.env[variable] = JSON.stringify(server);
}
