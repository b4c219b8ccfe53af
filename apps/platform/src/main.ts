import { ConfigError, readConfig } from './config.ts';
import { platformApiRouter } from './features/api.ts';
import { announceFirstStart } from './first-start.ts';
import { createLog } from './log.ts';
import { loadOrganizationIfEmpty } from './organization-file/load.ts';
import { shutdownMs, startPlatform } from './start.ts';

/** Starts the embedded Platform with the settings of the environment and ends it on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const running = await startPlatform(config, {
    log,
    api: (platform) => platformApiRouter(platform),
    prepare: async ({ db, secrets }) => {
      const { people } = await loadOrganizationIfEmpty({ db, secrets, file: config.organizationFile });
      announceFirstStart(people);
    },
  });
  log.info({ url: running.url }, 'platform ready');
  process.send?.({ type: 'ready', url: running.url });

  const end = (signal: string): void => {
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), shutdownMs).unref();
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  // A parent that is gone leaves nobody to talk to.
  process.once('disconnect', () => end('disconnect'));
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else createLog('info').fatal({ err: error }, 'the platform could not start');
  process.exitCode = 1;
  process.disconnect?.();
});
