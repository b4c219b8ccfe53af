import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '@latchkey/contract/faults';
import { withClient } from '@latchkey/database/provision';
import { aDatabase, type TestDatabase } from '@latchkey/database/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aForm, aPage } from '../testing/a-client.ts';
import { startPlatform, type TestPlatform } from '../testing/console-and-platform.ts';
import { aFaultyProxy, type FaultyProxy } from '../testing/faulty-proxy.ts';
import { freePort } from '../testing/free-port.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { apiOf } from '../testing/start-console.ts';

let proxy: FaultyProxy;
let platform: TestPlatform;
let database: TestDatabase;
let folder: string;
let port: number;
let killed: ChildProcess | undefined;
const secret = randomBytes(32).toString('base64url');

beforeAll(async () => {
  [proxy, database, folder, port] = await Promise.all([
    aFaultyProxy(),
    aDatabase(),
    mkdtemp(join(tmpdir(), 'latchkey-killed-')),
    freePort(),
  ]);
  platform = await startPlatform(`http://localhost:${port}`, {}, { PLATFORM_PUBLIC_URL: proxy.url });
  proxy.target = platform.url;
});
afterAll(async () => {
  killed?.kill('SIGKILL');
  await platform?.stop();
  await proxy?.stop();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const until = async (question: () => Promise<boolean> | boolean, seconds = 30): Promise<void> => {
  for (const deadline = Date.now() + seconds * 1_000; !(await Promise.resolve(question()).catch(() => false));) {
    if (Date.now() > deadline) throw new Error(`It did not happen within ${seconds} seconds`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Starts the console as a process of its own; twice on the same database and secret it is the same console. */
async function start(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../main.ts', import.meta.url))], {
    env: {
      PATH: process.env['PATH'] ?? '',
      CONSOLE_PORT: String(port),
      CONSOLE_DATABASE_URL: database.url,
      DATA_DIR: folder,
      SESSION_SECRET: secret,
      PLATFORM_PUBLIC_URL: proxy.url,
      CONSOLE_CLIENT_ID: platform.client.id,
      CONSOLE_CLIENT_SECRET: platform.client.secret,
    },
    stdio: 'ignore',
  });
  killed = child;
  await until(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

test('killed before, between and after: never two clients, never one without record, and nobody is left believing otherwise (K-14)', async () => {
  const fates = ['hangs', 'hangs after it was done', 'passes'] as const;
  const first = await start();
  const { email, password } = platform.people.admin;
  const browser = await signInAs(`http://localhost:${port}`, email, password);
  const api = apiOf(browser, `http://localhost:${port}`);
  const page = await aPage();
  const acts = Array.from({ length: 6 }, (_, index) => {
    const body = {
      client: aForm({ name: `Killed ${index}`, description: fates[index % 3] ?? '' }),
      revealKey: page.revealKey,
    };
    const headers = { 'idempotency-key': randomUUID() };
    return { name: body.client.name, fate: fates[index % 3], again: () => api.clients.create({ body }, { headers }) };
  });

  // Requests are told apart by the order in which they come: one at a time, until each has met its fate.
  for (const act of acts) {
    const posts = () =>
      proxy.seen.filter(({ method, path }) => method === 'POST' && path === '/api/v2/oauth/clients').length;
    const [before, hanging] = [posts(), proxy.hanging.length];
    proxy.fate = (method, path) =>
      method === 'POST' && path === '/api/v2/oauth/clients' ? (act.fate ?? 'passes') : 'passes';
    const answer = act.again().catch(() => null);
    if (act.fate === 'passes') await answer;
    await until(() => posts() > before && (act.fate !== 'hangs after it was done' || proxy.hanging.length > hanging));
  }
  await kill(first);

  proxy.fate = () => 'passes';
  const second = await start();
  const answers = new Map<string, string>();
  await until(async () => {
    for (const { name, again } of acts) {
      if (answers.has(name)) continue;
      const answer = await again().then(
        async ({ reveal }) => ((await page.open(reveal.sealed)).startsWith('lks_') ? 'revealed' : 'unreadable'),
        (error: unknown) => (error instanceof Fault ? error.code : 'broken'),
      );
      if (answer !== 'idempotency.in_progress') answers.set(name, answer);
    }
    return answers.size === acts.length;
  }, 60);
  expect(acts.map(({ name }) => answers.get(name))).toEqual([
    'revealed',
    'reveal.over',
    'revealed',
    'revealed',
    'reveal.over',
    'revealed',
  ]);

  const { rows } = await withClient(platform.databaseUrl, (db) =>
    db.query<{ id: string; name: string }>(`SELECT id, name FROM clients WHERE name LIKE 'Killed %' ORDER BY name`),
  );
  expect(rows.map(({ name }) => name)).toEqual(acts.map(({ name }) => name));
  for (const { id } of rows) {
    const { items } = await api.history.ofClient({ params: { clientId: id }, query: {} });
    expect(items.filter(({ action, outcome }) => action === 'client.created' && outcome === 'succeeded')).toHaveLength(
      1,
    );
    const lost = items.some(({ action }) => action === 'secret.never_revealed');
    const { unacknowledgedSecret } = await api.clients.read({ params: { clientId: id } });
    expect(unacknowledgedSecret === null ? null : unacknowledgedSecret.shown).toBe(lost ? false : null);
  }
  await kill(second);
}, 120_000);
