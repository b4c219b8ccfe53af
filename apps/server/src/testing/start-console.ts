import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consoleApi, type ConsoleApi } from '@latchkey/contract/console-api/table';
import { aDatabase } from '@latchkey/database/testing';
import { connect, type Connection } from '@latchkey/wire/connect';
import { buildConsole, migrations, type Console } from '../build.ts';
import { readConfig, type Config } from '../config.ts';
import { openLog } from '../log.ts';
import { closeServer, listen } from '../server.ts';
import type { Browser } from './browser.ts';
import { freePort } from './free-port.ts';
import { turnedClock, type TurnedClock } from './turned-clock.ts';

/** A console of a test's own, on a database of its own. */
export interface TestConsole {
  /** Origin of the console: on `localhost`, so that it is another site than a Platform on `127.0.0.1`. */
  readonly url: string;
  readonly console: Console;
  readonly clock: TurnedClock;
  /** Everything that was logged, line by line. */
  readonly logged: string[];
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

/** What a test may choose. */
export interface TestConsoleOptions {
  /** Settings besides or instead of the usual ones. */
  readonly settings?: Record<string, string>;
  /** A port that is told to the Platform beforehand. */
  readonly port?: number;
  /** Another replica's database, instead of a fresh one. */
  readonly databaseUrl?: string;
  readonly clock?: TurnedClock;
  /** Folder of a built page. */
  readonly page?: string;
  readonly logLevel?: string;
  /** Another Platform than the embedded one. */
  readonly platform?: Config['platform'];
}

/** Starts a console against a Platform that runs already. */
export async function startConsole(
  platformUrl: string,
  client: { id: string; secret: string },
  options: TestConsoleOptions = {},
): Promise<TestConsole> {
  const port = options.port ?? (await freePort());
  const database = options.databaseUrl === undefined ? await aDatabase({ migrations }) : null;
  const databaseUrl = options.databaseUrl ?? database?.url ?? '';
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-console-'));
  const usual = readConfig({
    CONSOLE_PORT: String(port),
    CONSOLE_DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    SESSION_SECRET: randomBytes(32).toString('base64url'),
    PLATFORM_PUBLIC_URL: platformUrl,
    CONSOLE_CLIENT_ID: client.id,
    CONSOLE_CLIENT_SECRET: client.secret,
    SIGN_IN_LIMIT: '100000',
    ...options.settings,
  });
  const config = options.platform === undefined ? usual : { ...usual, platform: options.platform };
  const logged: string[] = [];
  const log = openLog(options.logLevel ?? 'debug', { write: (line: string) => void logged.push(line) });
  const clock = options.clock ?? turnedClock();
  const built = await buildConsole({ config, log, clock, page: options.page ?? null });
  const { server } = await listen(built.app, port, '127.0.0.1');
  return {
    url: config.publicUrl.origin,
    console: built,
    clock,
    logged,
    databaseUrl,
    async stop() {
      await closeServer(server, 1_000);
      await built.close();
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The console's API as the page in this browser calls it. */
export const apiOf = (browser: Browser, consoleUrl: string): Connection<ConsoleApi> =>
  connect(consoleApi, `${consoleUrl}/api`, (url, init) => browser.fetch(url, init));
