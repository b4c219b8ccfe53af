import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../packages/database/src/embedded-postgres.ts';
import { databaseAddressFile, ensureDataFolder } from '../start/data-folder.ts';

/**
 * Runs a command on an embedded database: beside a Latchkey that is running on the folder, or with a database started
 * for the command alone.
 *
 * @param name of the database, such as `latchkey_console`
 * @param work gets the database's address
 */
export async function withDatabase<Result>(
  dataDir: string,
  name: string,
  work: (address: string) => Promise<Result>,
): Promise<Result> {
  const running = databaseAddressFile(dataDir, name);
  if (existsSync(running)) return work(await readFile(running, 'utf8'));
  await ensureDataFolder(dataDir);
  const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, 'database'), log: () => undefined });
  try {
    await postgres.ensureDatabase(name);
    return await work(postgres.url(name));
  } finally {
    await postgres.stop();
  }
}
