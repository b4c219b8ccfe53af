import pg from 'pg';

/**
 * Makes sure that a database is there with two roles, and changes nothing that is:
 *
 * - `<name>_owner` cannot sign in. It owns the database and all that migrations make.
 * - `<name>` signs in for the app. It reads and writes rows, makes no tables, and may become the owner only by asking
 *   for it (`SET ROLE`), which `migrate` does and nothing else. A migration can therefore take rights away from the app,
 *   such as changing an audit row (security C-07, L-10).
 *
 * @param admin URL of a superuser's connection to the server
 * @param name of the database and of the role: letters, digits and underscores
 * @param password of the role, where the server asks for one
 */
export async function provisionDatabase(admin: string, name: string, password?: string): Promise<void> {
  const owner = `${name}_owner`;
  await withClient(admin, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [provisionLock]);
    await ensureRole(client, owner, 'NOLOGIN');
    const secret = password === undefined ? '' : ` PASSWORD ${pg.escapeLiteral(password)}`;
    await ensureRole(client, name, `LOGIN${secret}`);
    await client.query(`GRANT ${id(owner)} TO ${id(name)} WITH INHERIT FALSE, SET TRUE`);
    await client.query(`GRANT ${id(owner)} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE`);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${id(name)} OWNER ${id(owner)}`);
  });
  const inside = new URL(admin);
  inside.pathname = `/${name}`;
  await withClient(inside.href, async (client) => {
    await client.query(`REVOKE ALL ON DATABASE ${id(name)} FROM PUBLIC`);
    await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${id(name)} TO ${id(name)}`);
    const byDefault = `ALTER DEFAULT PRIVILEGES FOR ROLE ${id(owner)} GRANT`;
    await client.query(`${byDefault} SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${id(name)}`);
    await client.query(`${byDefault} USAGE, SELECT ON SEQUENCES TO ${id(name)}`);
    await client.query(`${byDefault} USAGE ON SCHEMAS TO ${id(name)}`);
  });
}

const provisionLock = 7_261_001;

async function ensureRole(client: pg.Client, role: string, attributes: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  await client.query(`${found.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${id(role)} ${attributes}`);
}

function id(name: string): string {
  return pg.escapeIdentifier(name);
}

/** Runs a piece of work on a connection of its own and closes it, whatever happens. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A connection that breaks between two queries must not take the process with it; the next query reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
