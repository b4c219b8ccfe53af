/** A process that migrates a database from a folder and says so. */
import { migrate } from '../src/migrate.ts';

const [url = '', folder = ''] = process.argv.slice(2);
try {
  await migrate(url, folder, { log: (line) => void process.stdout.write(`${line}\n`) });
  process.stdout.write('done\n');
} catch (error) {
  process.stdout.write(`failed ${(error as Error).message}\n`);
}
