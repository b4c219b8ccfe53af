import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aDatabase, type TestDatabase } from '@latchkey/database/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { freePort } from './testing/free-port.ts';
import { aLawlessPlatform, type LawlessPlatform } from './testing/lawless-platform.ts';

let database: TestDatabase;
let platform: LawlessPlatform;
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'latchkey-main-'));
  [database, platform] = await Promise.all([aDatabase(), aLawlessPlatform()]);
});
afterAll(async () => {
  await platform?.stop();
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

interface Process {
  readonly child: ChildProcess;
  readonly url: string;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

async function run(settings: Record<string, string> = {}): Promise<Process> {
  const port = await freePort();
  const env = {
    CONSOLE_PORT: String(port),
    CONSOLE_DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    SESSION_SECRET: randomBytes(32).toString('base64url'),
    PLATFORM_PUBLIC_URL: platform.url,
    CONSOLE_CLIENT_ID: platform.client.id,
    CONSOLE_CLIENT_SECRET: platform.client.secret,
    ...settings,
  };
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part: string) => (text += part));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, url: `http://127.0.0.1:${port}`, output: () => text, ended };
}

async function until(question: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; !(await question().catch(() => false));) {
    if (Date.now() > deadline) throw new Error('It did not happen within 20 seconds');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
const isReady = ({ url }: Process) => fetch(`${url}/readyz`).then(({ status }) => status === 200);

describe('the process', () => {
  it('becomes ready when database and Platform are there, and stops cleanly when asked', async () => {
    platform.down = true;
    const console_ = await run();
    await until(() => fetch(`${console_.url}/livez`).then(({ ok }) => ok));
    expect((await fetch(`${console_.url}/readyz`)).status).toBe(503);
    platform.down = false;
    await until(() => isReady(console_));
    console_.child.kill('SIGTERM');
    expect(await console_.ended).toBe(0);
    expect(console_.output()).toContain('The console has stopped');
    for (const line of console_.output().trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  it('is not ready from the signal on, and finishes what runs', async () => {
    const console_ = await run();
    await until(() => isReady(console_));
    const browser = new Browser();
    const origin = console_.url.replace('127.0.0.1', 'localhost');
    const { url } = await browser.visit(`${origin}/sign-in`, {
      until: ({ pathname }) => pathname === '/sign-in/callback',
    });
    const release = Promise.withResolvers<void>();
    platform.holdTokens = release.promise;
    const calls = platform.seen.tokenCalls;
    const entered = browser.visit(url, { until: ({ pathname }) => pathname === '/' });
    await until(() => Promise.resolve(platform.seen.tokenCalls > calls));
    console_.child.kill('SIGTERM');
    await until(() => fetch(`${console_.url}/readyz`).then(({ status }) => status === 503));
    expect((await fetch(`${console_.url}/livez`)).status).toBe(200);
    await until(() =>
      fetch(`${console_.url}/livez`).then(
        () => false,
        () => true,
      ),
    );
    release.resolve();
    platform.holdTokens = null;
    expect((await entered).response.status).toBe(303);
    expect(await console_.ended).toBe(0);
  });

  it('ends at once at a second signal', async () => {
    const console_ = await run();
    await until(() => isReady(console_));
    const open = request(`${console_.url}/livez`, { headers: { 'content-length': 5 } });
    open.on('error', () => undefined);
    open.flushHeaders();
    await until(() => Promise.resolve(open.socket !== null && !open.socket.connecting));
    console_.child.kill('SIGINT');
    await until(() =>
      fetch(`${console_.url}/livez`).then(
        () => false,
        () => true,
      ),
    );
    console_.child.kill('SIGINT');
    expect([0, 1]).toContain(await console_.ended);
    open.destroy();
  });

  it('does not start with unsafe settings, and names them without their values', async () => {
    const console_ = await run({ SESSION_SECRET: 'canary', PUBLIC_URL: 'http://canary.example.com' });
    expect(await console_.ended).toBe(78);
    expect(console_.output()).toContain('SESSION_SECRET must be at least 32 characters long');
    expect(console_.output()).toContain('PUBLIC_URL must be https');
    expect(console_.output()).not.toContain('canary');
  });

  it('tells Prometheus about itself on a port of its own', async () => {
    const port = await freePort();
    const console_ = await run({ METRICS_PORT: String(port) });
    await until(() => isReady(console_));
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(text).toContain('latchkey_console_request_seconds_count{operation="health",method="GET",status="2xx"}');
    expect((await fetch(`${console_.url}/metrics`, { headers: { host: 'localhost' } })).status).not.toBe(200);
    console_.child.kill('SIGTERM');
    await console_.ended;
  });

  it('survives a closed standard output', async () => {
    const console_ = await run();
    await until(() => isReady(console_));
    console_.child.stdout?.destroy();
    for (let times = 0; times < 5; times += 1) await fetch(`${console_.url}/api/session`);
    expect(await isReady(console_)).toBe(true);
    console_.child.kill('SIGTERM');
    expect(await console_.ended).toBe(0);
  });
});
