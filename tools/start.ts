/** `npm start`: everything that Latchkey needs, in one terminal, until Ctrl-C. */
import { fileURLToPath } from 'node:url';
import { runLatchkey } from './start/run-latchkey.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

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
