import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Problem } from './problem.ts';

/** What the built page depends on, from the root of the repository. */
const sources = [
  'apps/web/src',
  'apps/web/public',
  'apps/web/vite',
  'apps/web/index.html',
  'apps/web/vite.config.ts',
  'apps/web/package.json',
  'docs/manual',
  'packages/domain/src',
  'packages/contract/src',
  'packages/wire/src',
  'pnpm-lock.yaml',
];

/**
 * Builds the page unless the build that is there was made from the very same sources.
 *
 * @param signal ends the builder when the build is not wanted any more
 * @throws Problem with what the builder said
 */
export async function ensureWebBuild(root: string, say: (line: string) => void, signal?: AbortSignal): Promise<void> {
  const web = join(root, 'apps/web');
  const built = join(web, 'dist');
  const stamp = join(web, 'node_modules/.latchkey-build');
  const wanted = await hashOf(root);
  const kept = await readFile(stamp, 'utf8').catch(() => '');
  if (kept === wanted && existsSync(join(built, 'index.html'))) return;
  say('Building the page');
  // Built beside the old one and put in its place when complete, so that a kill in between leaves no half page.
  const making = `node_modules/.latchkey-build-${process.pid}`;
  const vite = join(web, 'node_modules/vite/bin/vite.js');
  if (!existsSync(vite)) throw new Problem('The page cannot be built: its packages are not installed.');
  const builder = spawn(process.execPath, [vite, 'build', '--outDir', making, '--logLevel', 'warn'], {
    cwd: web,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  builder.stdout.on('data', (text: Buffer) => said.push(text));
  builder.stderr.on('data', (text: Buffer) => said.push(text));
  const kill = (): void => void builder.kill();
  signal?.addEventListener('abort', kill);
  await once(builder, 'close');
  signal?.removeEventListener('abort', kill);
  if (builder.exitCode !== 0) {
    await rm(join(web, making), { recursive: true, force: true });
    throw new Problem(`The page cannot be built.\n${Buffer.concat(said).toString('utf8').trim()}`);
  }
  await rm(stamp, { force: true });
  const old = `${join(web, making)}-old`;
  if (existsSync(built)) await rename(built, old);
  await rename(join(web, making), built);
  await rm(old, { recursive: true, force: true });
  await mkdir(join(web, 'node_modules'), { recursive: true });
  await writeFile(stamp, wanted);
}

async function hashOf(root: string): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  const files = (await Promise.all(sources.map((source) => filesIn(join(root, source))))).flat();
  const texts = await Promise.all(files.map((file) => readFile(file)));
  for (const [index, file] of files.entries()) {
    hash.update(`\n${relative(root, file)}\n`).update(texts[index] ?? '');
  }
  return hash.digest('hex');
}

async function filesIn(path: string): Promise<string[]> {
  const is = await stat(path).catch(() => null);
  if (is === null) return [];
  if (is.isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.(test|spec)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
