/**
 * `npm run audit:verify`: verifies the audit of a data folder (`DATA_DIR`), whether Latchkey is running on it or not, or
 * of a given database (`CONSOLE_DATABASE_URL` and `SESSION_SECRET`). Ends with 0 when the audit is sound, 1 when it is
 * not, 2 when it could not be read.
 */
import { endWith, runScript } from './beside/run-script.ts';
import { withDatabase } from './beside/with-database.ts';
import { keyFile } from './start/data-folder.ts';
import { supervisorSettings } from './start/settings.ts';

const { dataDir, consoleDatabaseUrl } = supervisorSettings(process.env);
const verifier = 'apps/server/src/audit/verify-cli.ts';

await endWith(
  consoleDatabaseUrl === null
    ? withDatabase(dataDir, 'latchkey_console', async (address) =>
        runScript(verifier, {
          DATA_DIR: dataDir,
          CONSOLE_DATABASE_URL: address,
          ...(process.env['SESSION_SECRET'] === undefined && {
            SESSION_SECRET_FILE: process.env['SESSION_SECRET_FILE'] ?? (await keyFile(dataDir, 'session-secret')),
          }),
        }),
      )
    : runScript(verifier, { DATA_DIR: dataDir }),
);
