import { setTimeout as pause } from 'node:timers/promises';
import { migrate } from '@latchkey/database/migrate';
import { waitForDatabase } from '@latchkey/database/wait-for-database';
import { buildConsole, migrations } from './build.ts';
import { startChores } from './chores.ts';
import { readConfig, UnusableSettings, type Config } from './config.ts';
import { openLog, withoutSecrets } from './log.ts';
import { openMetrics } from './metrics.ts';
import { closeServer, listen, noticeTime } from './server.ts';

/** Starts the console and stops it cleanly on SIGINT or SIGTERM (architecture 6, product 16.4). */
async function main(): Promise<void> {
  const config = configOrExit();
  const log = openLog(config.logLevel);
  await waitForDatabase(config.database.url);
  await migrate(config.database.url, migrations, { log: (line) => log.info(line) });

  const metrics = config.metricsPort === null ? null : openMetrics();
  const console = await buildConsole({ config, log, metrics });
  const { server } = await listen(console.app, config.port, config.host);
  const metricsServer = config.metricsPort === null ? undefined : metrics?.listen(config.metricsPort, config.host);
  const stopChores = startChores(console.chores, log);
  // One request's error must not end everybody else's (security F-21).
  process.on('uncaughtException', (error) => log.error({ err: error }, 'An error that nobody caught'));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'A rejection that nobody caught'));
  log.info({ address: config.publicUrl.origin }, 'The console listens');

  let stopping = false;
  const stop = async (signal: string) => {
    // A second signal means now.
    if (stopping) process.exit(1);
    stopping = true;
    console.health.stopping = true;
    log.info({ signal }, 'The console stops');
    metricsServer?.close();
    await pause(noticeTime);
    await closeServer(server);
    await stopChores();
    await console.close();
    log.info('The console has stopped');
    log.flush(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        log.error({ err: error }, 'The console did not stop cleanly');
        process.exit(1);
      });
    });
  }
}

/** Settings that cannot be used are named on standard error, never shown (security C-06). */
function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof UnusableSettings)) throw error;
    process.stderr.write(
      `Latchkey’s console cannot start with these settings:\n${error.message.replace(/^/gm, '  ')}\n`,
    );
    process.exit(78);
  }
}

main().catch((error: unknown) => {
  // The log may not be open yet, and could not be written out any more.
  process.stderr.write(
    `Latchkey’s console cannot start: ${withoutSecrets(error instanceof Error ? error.message : String(error))}\n`,
  );
  process.exit(1);
});
