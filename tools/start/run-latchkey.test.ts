import { chmod, mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort, given, running } from './testing/running.ts';
import type { Given, Running } from './testing/running.ts';

let folder: string;
let started: Running[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-run-'));
  started = [];
});

afterEach(async () => {
  for (const one of started) one.signal('SIGTERM');
  await Promise.all(started.map((one) => one.ended));
  await rm(folder, { recursive: true, force: true });
});

async function start(environment: Record<string, string> = {}, dataDir = folder): Promise<Running> {
  const one = await running(dataDir, environment);
  started.push(one);
  return one;
}

async function ready(environment: Record<string, string> = {}, dataDir = folder): Promise<Running> {
  const one = await start(environment, dataDir);
  await one.until('Latchkey is ready at');
  return one;
}

async function givenNow(address: string): Promise<Given> {
  const now = await given(address);
  if (now === null) throw new Error(`nothing answers at ${address}`);
  return now;
}

describe('npm start', () => {
  test('starts everything, says where it is, and ends cleanly on SIGTERM', async () => {
    const one = await ready();
    const port = new URL(one.console).port;
    expect(one.said()).toContain(`Latchkey is ready at http://localhost:${port}`);
    const began = Date.now();
    one.signal('SIGTERM');
    expect(await one.ended).toBe(0);
    expect(Date.now() - began).toBeLessThan(15_000);
    expect(await readFile(join(folder, 'log/console.log'), 'utf8')).toContain('ended cleanly');
    expect(await readdir(join(folder, 'run'))).toEqual([]);
  });

  test('keeps its keys over a restart, in files for its owner alone, one for each purpose', async () => {
    const first = await ready();
    const [console1, platform1] = [await givenNow(first.console), await givenNow(first.platform)];
    expect((await stat(join(folder, 'keys'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'keys/session-secret'))).mode & 0o777).toBe(0o600);
    expect(console1.key).not.toBe(platform1.key);
    expect(Buffer.from(console1.key, 'base64url')).toHaveLength(32);
    first.signal('SIGINT');
    expect(await first.ended).toBe(0);

    const second = await ready();
    const [console2, platform2] = [await givenNow(second.console), await givenNow(second.platform)];
    expect([console2.key, platform2.key]).toEqual([console1.key, platform1.key]);
    expect(console2.clientSecret).not.toBe(console1.clientSecret);
  });

  test("hands the console's own client secret to both apps and leaves it nowhere", async () => {
    const one = await ready();
    const [console_, platform] = [await givenNow(one.console), await givenNow(one.platform)];
    expect(console_.clientSecret).toHaveLength(43);
    expect(platform.clientSecret).toBe(console_.clientSecret);
    expect(JSON.stringify([console_.environment, platform.environment])).not.toContain(console_.clientSecret);
    expect(await readdir(join(folder, 'run'))).toEqual([]);
  });

  test('tells each app only what is its own', async () => {
    const one = await ready({ ORGANIZATION_FILE: '/organization.json' });
    const [console_, platform] = [await givenNow(one.console), await givenNow(one.platform)];
    expect(Object.keys(console_.environment)).not.toEqual(expect.arrayContaining(['PLATFORM_DATABASE_URL']));
    expect(Object.keys(platform.environment)).not.toEqual(expect.arrayContaining(['CONSOLE_DATABASE_URL']));
    expect(platform.environment['SESSION_SECRET_FILE']).toBeUndefined();
    expect(platform.environment['ORGANIZATION_FILE']).toBe('/organization.json');
    expect(console_.environment['CONSOLE_DATABASE_URL']).toContain('/latchkey_console?');
    expect(platform.environment['PLATFORM_DATABASE_URL']).toContain('/latchkey_platform?');
    expect(platform.environment['PLATFORM_PUBLIC_URL']).toContain('127.0.0.1');
    expect(platform.environment['PUBLIC_URL']).toContain('localhost');
  });

  test('starts an app again that died, with the same client secret', async () => {
    const one = await ready();
    const before = await givenNow(one.console);
    await fetch(`${one.console}/die`).catch(() => undefined);
    const died = Date.now();
    let after: Given | null = null;
    while ((after = await given(one.console)) === null || after.pid === before.pid) await pause(30);
    expect(Date.now() - died).toBeLessThan(5_000);
    expect(after.clientSecret).toBe(before.clientSecret);
    expect(one.said()).toContain('The console ended by itself (SIGKILL); starting it again');
    while ((await readdir(join(folder, 'run'))).length > 0) await pause(20);
  });

  test('shows the people of the first start once, on the terminal and in no file', async () => {
    const one = await ready({ STAND_IN_FIRST: 'yes' });
    expect(one.said()).toMatch(/Ada +ada@example\.org +pass-word-of-ada +Administrator/);
    expect(one.said()).toMatch(/Sign in at http:\/\/localhost:\d+ as one of these people/);
    for (const name of await readdir(join(folder, 'log'))) {
      expect(await readFile(join(folder, 'log', name), 'utf8')).not.toContain('pass-word');
    }
  });

  test("shows an app's errors in one line with the correlation id, and the rest only in its log", async () => {
    const one = await ready();
    await fetch(`${one.console}/complain`);
    await one.until('The console: oh (correlation id c-2)');
    expect(one.said()).not.toContain('all is well');
    expect(await readFile(join(folder, 'log/console.log'), 'utf8')).toContain('"msg":"all is well"');
  });

  test('says why an app does not start, and ends with exit code 1', async () => {
    const one = await start({ STAND_IN_FAILS: 'console' });
    expect(await one.ended).toBe(1);
    expect(one.said()).toMatch(/The console does not start\.\n[^]*CONSOLE_CLIENT_ID must be set/);
  });

  test('names the setting when a port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = String((server.address() as { port: number }).port);
    const one = await start({ PLATFORM_PORT: port });
    expect(await one.ended).toBe(1);
    expect(one.said().trim()).toBe(`Port ${port} is in use. Give Latchkey another one with PLATFORM_PORT.`);
    server.close();
    const twins = await start({ PLATFORM_PORT: port, CONSOLE_PORT: port });
    expect(await twins.ended).toBe(1);
    expect(twins.said()).toContain('CONSOLE_PORT and PLATFORM_PORT are the same port');
  });

  test('refuses a folder that another one uses, which goes on unharmed', async () => {
    const one = await ready();
    const other = await start();
    expect(await other.ended).toBe(1);
    expect(other.said()).toContain('is in use by another Latchkey');
    expect(await given(one.console)).not.toBeNull();
  });

  test('refuses a folder to which everybody may write', async () => {
    await chmod(folder, 0o777);
    const one = await start();
    expect(await one.ended).toBe(1);
    expect(one.said()).toContain('DATA_DIR');
  });

  test('runs twice side by side with other ports and another folder', async () => {
    const [one, two] = await Promise.all([ready({}, join(folder, 'a')), ready({}, join(folder, 'b'))]);
    expect(await given(one.platform)).not.toBeNull();
    expect(await given(two.platform)).not.toBeNull();
  });

  test('starts no Platform of its own when the Platform is Genesys Cloud', async () => {
    const one = await ready({ PLATFORM: 'genesys-cloud', CONSOLE_CLIENT_ID: 'ours' });
    expect(await given(one.platform)).toBeNull();
    const { environment } = await givenNow(one.console);
    expect(environment['CONSOLE_CLIENT_ID']).toBe('ours');
    expect(environment['CONSOLE_CLIENT_SECRET_FILE']).toBeUndefined();
  });

  test('starts no database when both are given', async () => {
    const url = 'postgresql://somebody@127.0.0.1:1/somewhere';
    const one = await ready({ CONSOLE_DATABASE_URL: url, PLATFORM_DATABASE_URL: url });
    expect((await givenNow(one.console)).environment['CONSOLE_DATABASE_URL']).toBe(url);
    expect(await readdir(folder)).not.toContain('database');
  });

  test(
    'leaves nothing running when it is killed, and starts again on the same folder',
    { timeout: 60_000 },
    async () => {
      const consolePort = String(await freePort());
      const platformPort = String(await freePort());
      const ports = { CONSOLE_PORT: consolePort, PLATFORM_PORT: platformPort };
      const one = await ready(ports);
      one.signal('SIGKILL');
      await one.ended;
      while ((await given(one.console)) !== null || (await given(one.platform)) !== null) await pause(20);
      const two = await ready(ports);
      expect(await given(two.console)).not.toBeNull();
    },
  );

  test('ends an app that does not end when it is asked twice', async () => {
    const one = await ready({ STAND_IN_STUBBORN: 'console' });
    one.signal('SIGTERM');
    await one.until('Stopping');
    one.signal('SIGTERM');
    const began = Date.now();
    expect(await one.ended).toBe(0);
    expect(Date.now() - began).toBeLessThan(5_000);
  });
});
