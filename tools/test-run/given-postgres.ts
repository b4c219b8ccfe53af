import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../packages/database/src/embedded-postgres.ts';
import { withClient } from '../../packages/database/src/provision.ts';

/** A PostgreSQL that is reached as one on another machine is: by an address, a port and a password. */
export async function startGivenPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-given-'));
  // The server's account reads the rules of access in here; they hold no secret.
  await chmod(folder, 0o755);
  const rules = join(folder, 'access.conf');
  await writeFile(rules, 'local all all peer map=latchkey\nhost all all 127.0.0.1/32 scram-sha-256\n', { mode: 0o644 });
  const port = await freePort();
  const postgres = await startEmbeddedPostgres({
    dataDir: join(folder, 'data'),
    log: () => undefined,
    settings: {
      listen_addresses: '127.0.0.1',
      port: String(port),
      hba_file: rules,
      max_connections: '200',
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
    },
  });
  const password = randomBytes(24).toString('hex');
  await withClient(postgres.adminUrl(), async (client) => {
    await client.query(`ALTER ROLE postgres PASSWORD '${password}'`);
  });
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
