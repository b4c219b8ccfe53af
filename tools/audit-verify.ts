/**
 * `npm run audit:verify`: verifies the audit of a data folder (`DATA_DIR`), whether Latchkey is running on it or not, or
 * of a given database (`CONSOLE_DATABASE_URL` and `SESSION_SECRET`). Ends with 0 when the audit is sound, 1 when it is
 * not, 2 when it could not be read.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../packages/database/src/embedded-postgres.ts';
import { consoleDatabaseFile } from './start/data-folder.ts';
import { supervisorSettings } from './start/settings.ts';

const { dataDir, consoleDatabaseUrl } = supervisorSettings(process.env);
const verifier = fileURLToPath(new URL('../apps/server/src/audit/verify-cli.ts', import.meta.url));

async function verify(databaseUrl: string): Promise<number> {
  const child = spawn(process.execPath, [verifier, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: {
      SESSION_SECRET_FILE: join(dataDir, 'keys', 'session-secret'),
      ...process.env,
      DATA_DIR: dataDir,
      CONSOLE_DATABASE_URL: databaseUrl,
    },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 2;
}

async function verifyFolder(): Promise<number> {
  const running = consoleDatabaseFile(dataDir);
  if (existsSync(running)) return verify(await readFile(running, 'utf8'));
  if (!existsSync(join(dataDir, 'database')))
    throw new Error(`There is no Latchkey in ${dataDir}. Name its folder with DATA_DIR.`);
  const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, 'database'), log: () => undefined });
  try {
    return await verify(postgres.url('latchkey_console'));
  } finally {
    await postgres.stop();
  }
}

try {
  process.exitCode = await (consoleDatabaseUrl === null ? verifyFolder() : verify(consoleDatabaseUrl));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
