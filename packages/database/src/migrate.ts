import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** What `migrate` may be told. */
export interface MigrateOptions {
  /** Takes one line for each migration that is applied. */
  log?: (line: string) => void;
  /**
   * Runs after the migrations, under the same lock and with the owner's rights, at every start: the place where a
   * library makes tables of its own (job queues, say), since the app's role makes none. Must be idempotent.
   */
  afterwards?: (client: pg.Client) => Promise<void>;
}

/**
 * Brings a database to the newest state: applies the `*.sql` files of a folder in the order of their names, each once
 * and in a transaction of its own, and remembers them in `schema_migrations`.
 *
 * Any number of processes may call it at once (security F-18): one works under a lock held by its connection, the others
 * wait, then find nothing to do. A process killed in between leaves whole migrations only. Names that the database
 * knows and the folder does not are left alone: they belong to a newer version beside this one (product 16.3).
 *
 * When the database is owned by another role that the caller may become (see `provisionDatabase`), everything is made
 * as that role, and the caller is left with the rights on rows. To take one of them away, a migration says:
 * `DO $$ BEGIN EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_events FROM %I', session_user); END $$;`
 * In a migration on a given PostgreSQL with a single role this works as well.
 *
 * @throws when the database cannot be reached, a statement fails, or an applied file was changed since
 */
export async function migrate(url: string, folder: URL | string, options: MigrateOptions = {}): Promise<void> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({
    connectionString: url,
    application_name: 'latchkey migrations',
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // The lock belongs to the connection: it goes away with the process, however that ends.
    await client.query("SET lock_timeout = '120s'");
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await becomeOwner(client);
    await applyMissing(client, migrations, options.log);
    await options.afterwards?.(client);
  } finally {
    await client.end();
  }
}

const migrationLock = 7_261_002;

interface Migration {
  name: string;
  sql: string;
  hash: string;
}

/** Reads the migrations of a folder in their order. */
export async function readMigrations(folder: URL | string): Promise<Migration[]> {
  const path = typeof folder === 'string' ? folder : fileURLToPath(folder);
  const names = (await readdir(path)).filter((name) => name.endsWith('.sql')).toSorted();
  return await Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(path, name), 'utf8');
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function becomeOwner(client: pg.Client): Promise<void> {
  const found = await client.query<{ owner: string }>(
    `SELECT r.rolname AS owner FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba
     WHERE d.datname = current_database() AND r.rolname <> session_user AND pg_has_role(session_user, r.oid, 'SET')`,
  );
  const owner = found.rows[0]?.owner;
  if (owner !== undefined) await client.query(`SET ROLE ${pg.escapeIdentifier(owner)}`);
}

async function applyMissing(
  client: pg.Client,
  migrations: Migration[],
  log: ((line: string) => void) | undefined,
): Promise<void> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS schema_migrations (
       name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
  );
  const applied = await client.query<{ name: string; hash: string }>('SELECT name, hash FROM schema_migrations');
  const known = new Map(applied.rows.map((row) => [row.name, row.hash]));
  for (const { name, sql, hash } of migrations) {
    const before = known.get(name);
    if (before === hash) continue;
    if (before !== undefined) {
      throw new Error(`The migration ${name} was changed after it had been applied. Undo that and add a new one.`);
    }
    await client.query('BEGIN');
    try {
      await client.query(sql);
      await client.query('INSERT INTO schema_migrations (name, hash) VALUES ($1, $2)', [name, hash]);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw new Error(`The migration ${name} failed: ${(error as Error).message}`, { cause: error });
    }
    log?.(`Applied the migration ${name}`);
  }
}
