/**
 * `npm run organization -- load FILE` fills an empty Platform, `npm run organization -- export FILE` writes what one
 * holds, secrets excepted (product 1.3): of a data folder (`DATA_DIR`), or of a given database (`PLATFORM_DATABASE_URL`
 * and `PLATFORM_SECRET`).
 */
import { endWith, runScript } from './beside/run-script.ts';
import { withDatabase } from './beside/with-database.ts';
import { keyFile } from './start/data-folder.ts';
import { supervisorSettings } from './start/settings.ts';

const { dataDir, platformDatabaseUrl } = supervisorSettings(process.env);
const script = 'apps/platform/src/organization-file/cli.ts';

await endWith(
  platformDatabaseUrl === null
    ? withDatabase(dataDir, 'latchkey_platform', async (address) =>
        runScript(script, {
          PLATFORM_DATABASE_URL: address,
          ...(process.env['PLATFORM_SECRET'] === undefined && {
            PLATFORM_SECRET_FILE: process.env['PLATFORM_SECRET_FILE'] ?? (await keyFile(dataDir, 'platform-secret')),
          }),
        }),
      )
    : runScript(script, {}),
);
