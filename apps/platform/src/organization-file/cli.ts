import { migrate } from '@latchkey/database/migrate';
import { databaseOf, openPool } from '@latchkey/database/pool';
import { transaction } from '@latchkey/database/transaction';
import { rename, rm } from 'node:fs/promises';
import { inspect } from 'node:util';
import { secretHasher } from '../authorization-server/secret-hasher.ts';
import { ConfigError, readConfig } from '../config.ts';
import { announceFirstStart } from '../first-start.ts';
import { deriveKeys } from '../keys.ts';
import { migrations } from '../start.ts';
import { exportOrganization } from './export.ts';
import { OrganizationFileError } from './file-error.ts';
import { loadOrganizationIfEmpty } from './load.ts';

const usage =
  'Usage: node src/organization-file/cli.ts load|export FILE\nThe database and the secret come from PLATFORM_DATABASE_URL and PLATFORM_SECRET.';

/** `load FILE` fills an empty Platform; `export FILE` writes what it holds, secrets excepted (product 1.3). */
async function main([command, file]: readonly string[]): Promise<void> {
  if ((command !== 'load' && command !== 'export') || file === undefined) throw new ConfigError(usage);
  const config = readConfig(process.env);
  await migrate(config.databaseUrl, migrations);
  const pool = openPool(config.databaseUrl, { applicationName: 'latchkey organization file', max: 2 });
  try {
    const db = databaseOf(pool);
    if (command === 'export') {
      // Under its final name the file is always complete.
      const unfinished = `${file}.part`;
      try {
        await transaction(db, (tx) => exportOrganization(tx, unfinished), { isolation: 'repeatable read' });
        await rename(unfinished, file);
      } finally {
        await rm(unfinished, { force: true });
      }
      process.stdout.write(`The organization was written to ${file}, without secrets and passwords.\n`);
      return;
    }
    const secrets = secretHasher(deriveKeys(config.secret).clientSecrets);
    const { loaded, people } = await loadOrganizationIfEmpty({ db, secrets, file });
    if (!loaded) throw new ConfigError('This Platform has an organization already; load into an empty database.');
    process.stdout.write(`The organization of ${file} was loaded.\n`);
    announceFirstStart(people);
  } finally {
    await pool.end();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const known = error instanceof ConfigError || error instanceof OrganizationFileError;
  process.stderr.write(`${known ? error.message : inspect(error)}\n`);
  process.exitCode = 1;
});
