/** The supervisor with stand-ins for both apps and no page to build. */
import { fileURLToPath } from 'node:url';
import { runLatchkey } from '../run-latchkey.ts';

const standIn = fileURLToPath(new URL('stand-in.ts', import.meta.url));

process.exitCode = await runLatchkey({
  root: '/',
  environment: process.env,
  entries: { platform: standIn, console: standIn },
  say: (line) => void process.stdout.write(`${line}\n`),
  buildPage: async () => undefined,
});
process.exit();
