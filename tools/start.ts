/** `npm start`: everything that Latchkey needs, in one terminal, until Ctrl-C. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

// What Node made of each file last time is kept: the second start takes half the time of the first.
const cache = `${root}node_modules/.cache/latchkey-node`;
process.env['NODE_COMPILE_CACHE'] ??= cache;
enableCompileCache(process.env['NODE_COMPILE_CACHE']);
const { runLatchkey } = await import('./start/run-latchkey.ts');

process.exitCode = await runLatchkey({
  root,
  environment: process.env,
  entries: {
    platform: fileURLToPath(new URL('../apps/platform/src/main.ts', import.meta.url)),
    console: fileURLToPath(new URL('../apps/server/src/main.ts', import.meta.url)),
  },
  say: (line) => void process.stdout.write(`${line}\n`),
});
process.exit();
