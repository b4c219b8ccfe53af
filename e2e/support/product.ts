import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The four people of the sample organization. */
export type RoleName = 'administrator' | 'reviewer' | 'lead' | 'member';

/** How somebody signs in. */
export interface SignIn {
  readonly email: string;
  readonly password: string;
}

/** A running product: database, Platform and console, started as a person starts it. */
export interface Product {
  readonly console: string;
  readonly platform: string;
  readonly dataDir: string;
  readonly people: Readonly<Record<RoleName, SignIn>>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Starts the product on free ports and a fresh data folder, and reads from its terminal who can sign in. */
export async function startProduct(): Promise<{ product: Product; stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-e2e-'));
  const [consolePort, platformPort] = await Promise.all([freePort(), freePort()]);
  const child = spawn(process.execPath, [join(root, 'tools/start.ts')], {
    cwd: root,
    env: { ...process.env, CONSOLE_PORT: String(consolePort), PLATFORM_PORT: String(platformPort), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = await untilReady(child);
  return {
    product: {
      console: `http://localhost:${consolePort}`,
      platform: `http://127.0.0.1:${platformPort}`,
      dataDir,
      people: peopleIn(said),
    },
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (/Latchkey is ready at \S+/.test(said)) resolve(said);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`Latchkey stopped with ${code} before it was ready:\n${said}`)));
  });
}

/** Each person's line holds the role, the e-mail address and the password. */
function peopleIn(said: string): Record<RoleName, SignIn> {
  const person = (role: RegExp): SignIn => {
    const line = said.split('\n').find((text) => text.includes('@') && role.test(text));
    const [, email, password] = /(\S+@\S+)\s+(\S+)/.exec(line ?? '') ?? [];
    if (!email || !password)
      throw new Error(`The terminal named nobody for ${role}:\n${said.replaceAll(/\S{12,}/g, '…')}`);
    return { email, password };
  };
  return {
    administrator: person(/admin/i),
    reviewer: person(/reviewer/i),
    lead: person(/lead/i),
    member: person(/member/i),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
