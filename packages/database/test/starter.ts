/**
 * A process that starts the embedded database in the folder it is given, says so, and then counts upwards in a table:
 * each number is written to the output once the database has acknowledged it. Ends on SIGTERM like a good citizen.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbeddedPostgres } from '../src/embedded-postgres.ts';
import { migrate } from '../src/migrate.ts';
import { openPool } from '../src/pool.ts';

const [dataDir = '', work = 'idle'] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => say(`log ${line}`) });
  await postgres.ensureDatabase('counting');
  await migrate(postgres.url('counting'), new URL('migrations', import.meta.url));
  say(`ready ${postgres.pid}`);
  let leaving = false;
  process.once('SIGTERM', () => {
    leaving = true;
    void postgres.stop().then(() => {
      say('stopped');
      process.exit(0);
    });
  });
  const pool = openPool(postgres.url('counting'), { applicationName: 'counting' });
  pool.on('error', () => undefined);
  while (work === 'count' && !leaving) {
    try {
      const kept = await pool.query<{ id: string }>('INSERT INTO numbers DEFAULT VALUES RETURNING id');
      say(`kept ${kept.rows[0]?.id}`);
    } catch {
      await pause(5);
    }
  }
  setInterval(() => undefined, 60_000);
} catch (error) {
  say(`failed ${(error as Error).name}: ${(error as Error).message}`);
  process.exit(1);
}
