import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConsoleApi } from '@latchkey/contract/console-api/table';
import { aDatabase } from '@latchkey/database/testing';
import type { Connection } from '@latchkey/wire/connect';
import type { Browser } from './browser.ts';
import { freePort } from './free-port.ts';
import { signInAs } from './sign-in-as.ts';
import { apiOf, startConsole, type TestConsole, type TestConsoleOptions } from './start-console.ts';
import { testOrganization, type TestPerson, type TestRole } from './test-organization.ts';

/** Somebody in front of the console. */
export interface SignedIn {
  readonly browser: Browser;
  /** The console's API, typed by the table, with this person's session. */
  readonly api: Connection<ConsoleApi>;
  readonly person: TestPerson;
}

/** A running embedded Platform. */
export interface TestPlatform {
  readonly url: string;
  /** The console's own client. */
  readonly client: { readonly id: string; readonly secret: string };
  readonly people: Record<TestRole, TestPerson>;
  readonly databaseUrl: string;
  /** What the Platform wrote to standard output and error. */
  readonly output: string[];
  /** Stops the process without notice, as when it crashes; `resume` lets it go on. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** Console and Platform, as in the product: two processes' worth of code that meet on the wire only. */
export interface ConsoleAndPlatform {
  readonly platform: TestPlatform;
  readonly console: TestConsole;
  /** Signs in by the Platform's real pages. */
  signIn(who: TestRole | TestPerson): Promise<SignedIn>;
  stop(): Promise<void>;
}

/** What a test may choose, besides what a console may be told. */
export interface ConsoleAndPlatformOptions extends Omit<TestConsoleOptions, 'port'> {
  /** Sections that are added to the organization file, or that replace the usual ones: `{ clients: [...] }`. */
  readonly organization?: object;
  /** Settings of the Platform. */
  readonly platformSettings?: Record<string, string>;
}

/** Starts both, each on a database of its own and free ports. Stop it when the test ends. */
export async function startConsoleAndPlatform({
  organization = {},
  platformSettings = {},
  ...options
}: ConsoleAndPlatformOptions = {}): Promise<ConsoleAndPlatform> {
  const port = await freePort();
  const platform = await startPlatform(`http://localhost:${port}`, organization, platformSettings);
  try {
    const console = await startConsole(platform.url, platform.client, { ...options, port });
    return {
      platform,
      console,
      async signIn(who) {
        const person = typeof who === 'string' ? platform.people[who] : who;
        const browser = await signInAs(console.url, person.email, person.password);
        return { browser, api: apiOf(browser, console.url), person };
      },
      async stop() {
        await console.stop();
        await platform.stop();
      },
    };
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

const platformFolder = fileURLToPath(new URL('../../../platform', import.meta.url));

/**
 * Starts the embedded Platform as a process of its own on `127.0.0.1`.
 *
 * @param consoleUrl where the console will be, so that people are sent back there
 */
export async function startPlatform(
  consoleUrl: string,
  organization: object = {},
  settings: Record<string, string> = {},
): Promise<TestPlatform> {
  const [port, folder, database] = await Promise.all([
    freePort(),
    mkdtemp(join(tmpdir(), 'latchkey-organization-')),
    aDatabase(),
  ]);
  const { file, people } = testOrganization(organization);
  const organizationFile = join(folder, 'organization.json');
  await writeFile(organizationFile, JSON.stringify(file));
  const client = { id: 'latchkey-console', secret: randomBytes(32).toString('base64url') };
  const url = `http://127.0.0.1:${port}`;
  const output: string[] = [];
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: platformFolder,
    env: {
      PATH: process.env['PATH'] ?? '',
      PLATFORM_PORT: String(port),
      PLATFORM_PUBLIC_URL: url,
      PLATFORM_DATABASE_URL: database.url,
      PLATFORM_SECRET: randomBytes(32).toString('base64url'),
      CONSOLE_CLIENT_ID: client.id,
      CONSOLE_CLIENT_SECRET: client.secret,
      PUBLIC_URL: consoleUrl,
      ORGANIZATION_FILE: organizationFile,
      LOG_LEVEL: 'info',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => void output.push(text));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready(child);
  } catch (error) {
    await stop();
    throw new Error(`The Platform did not start:\n${output.join('')}`, { cause: error });
  }
  return {
    url,
    client,
    people,
    databaseUrl: database.url,
    output,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop,
  };
}

/** The Platform says so to the process that started it. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('not ready after 60 seconds')), 60_000);
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
    child.once('error', reject);
    child.on('message', (message) => {
      if ((message as { type?: unknown }).type !== 'ready') return;
      clearTimeout(late);
      resolve();
    });
  });
}
