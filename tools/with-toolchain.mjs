/**
 * The way in of `npm start`, `npm test` and `npm run audit:verify`, `npm run organization`, on whatever Node from 20 on is there: installs what the lockfile says with the
 * pinned package manager, then hands over to the pinned Node, which came with the installation.
 *
 * Plain JavaScript without packages, because nothing else is there yet.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const pnpm = 'pnpm@12.21.0';
const tasks = {
  start: 'start.ts',
  test: 'test.ts',
  'audit-verify': 'audit-verify.ts',
  organization: 'organization.ts',
};
const root = dirname(dirname(fileURLToPath(import.meta.url)));

await main();

async function main() {
  const [task = '', ...rest] = process.argv.slice(2);
  const file = tasks[task];
  if (file === undefined) fail(`Say what to do: ${Object.keys(tasks).join(' or ')}.`);
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) fail(`Latchkey needs Node 20 or newer to start; this is ${process.version}.`);
  useWritableHome();
  await installIfNeeded();
  process.exit(await run(pinnedNode(), ['--disable-warning=ExperimentalWarning', join(root, 'tools', file), ...rest]));
}

/** Package managers and browsers keep files in the home folder; service accounts often have none. */
function useWritableHome() {
  try {
    accessSync(homedir(), constants.W_OK);
  } catch {
    const home = join(tmpdir(), `latchkey-home-${process.getuid?.() ?? 0}`);
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const is = lstatSync(home);
    if (!is.isDirectory() || is.uid !== (process.getuid?.() ?? is.uid))
      fail(`Set HOME to a folder that you can write to.`);
    const settings = join(homedir(), '.npmrc');
    if (existsSync(settings)) process.env.npm_config_userconfig = settings;
    process.env.HOME = home;
    process.env.npm_config_cache = join(home, '.npm');
  }
}

async function installIfNeeded() {
  const stamp = join(root, 'node_modules', '.latchkey-install');
  const wanted = wantedInstallation();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(pinnedNode())) return;
  console.log('Installing packages');
  const options = ['install', '--frozen-lockfile', '--config.confirm-modules-purge=false', '--reporter=append-only'];
  const code = await runQuietly('npx', ['-y', pnpm, ...options]);
  if (code !== 0 || !existsSync(pinnedNode())) {
    fail(
      'The packages could not be installed; the lines above say why. Installing needs the network and a package registry.',
    );
  }
  writeFileSync(stamp, wanted);
}

/** Everything that decides what is installed, as one hash. */
function wantedInstallation() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${pnpm}`);
  const folders = ['apps', 'packages'].flatMap((group) =>
    readdirSync(join(root, group))
      .toSorted()
      .map((name) => join(group, name)),
  );
  const files = [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    ...['.', 'e2e', ...folders].map((at) => join(at, 'package.json')),
  ];
  for (const file of files) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`\n${file}\n`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** The Node of the lockfile, whatever the one that runs this file. */
function pinnedNode() {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Shows what a program says only if it fails. */
async function runQuietly(program, args) {
  const said = [];
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  child.stdout.on('data', (text) => said.push(text));
  child.stderr.on('data', (text) => said.push(text));
  const stop = forwardSignals(child);
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      if (error.code === 'ENOENT') fail(`"${program}" is missing. It comes with npm; install npm and try again.`);
      fail(`"${program}" does not start: ${error.message}`);
    });
    child.once('close', (ended) => resolve(ended ?? 1));
  });
  stop();
  if (code !== 0) process.stderr.write(Buffer.concat(said));
  return code;
}

/**
 * Runs a program in this one's place: its output is ours, each signal reaches it once, and it learns when we are gone,
 * by the channel that closes.
 */
async function run(program, args) {
  const child = spawn(program, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], detached: true });
  child.channel?.unref();
  const stop = forwardSignals(child);
  stopWithoutParent(child);
  const [code, signal] = await new Promise((resolve) => {
    child.once('error', (error) => fail(`The installed Node does not start: ${error.message}`));
    child.once('exit', (...how) => resolve(how));
  });
  stop();
  return code ?? (signal === 'SIGINT' ? 130 : 143);
}

function forwardSignals(child) {
  // A terminal sends Ctrl-C to everyone and npm sends it on: what comes twice within a moment was meant once.
  let last = 0;
  const forward = (signal) => {
    const now = Date.now();
    if (now - last > 500) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    last = now;
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
  };
}

/** When npm is killed it cannot tell us; then nobody could stop us any more. */
function stopWithoutParent(child) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parents = npmAbove();
  setInterval(() => {
    if (npmAbove() !== parents) child.kill('SIGTERM');
  }, 500).unref();
}

/** The numbers of the processes between npm and us: npm itself, or a shell of npm's and npm. */
function npmAbove() {
  const parent = process.ppid;
  try {
    const [, name, fields] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${parent}/stat`, 'utf8'));
    return /^(ba|da|)sh$/.test(name) ? `${parent} ${fields.split(' ')[1]}` : `${parent}`;
  } catch {
    // Not on Linux, or gone: the number of the parent has to do.
    return `${parent}`;
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
