/**
 * An app as the supervisor knows one: it serves `/livez` and `/readyz` on its port, reads its secrets from files while it
 * starts, and ends cleanly when asked. It tells what it was given at `/given`.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const name = process.env['PLATFORM_SECRET_FILE'] === undefined ? 'console' : 'platform';
const port = Number(process.env[name === 'platform' ? 'PLATFORM_PORT' : 'CONSOLE_PORT']);
const fromFile = (variable: string): string => {
  const file = process.env[variable];
  return file === undefined ? '' : readFileSync(file, 'utf8');
};
const clientSecret = fromFile('CONSOLE_CLIENT_SECRET_FILE');
const key = fromFile(name === 'platform' ? 'PLATFORM_SECRET_FILE' : 'SESSION_SECRET_FILE');

process.stdout.write(`${JSON.stringify({ level: 30, msg: 'all is well' })}\n`);
process.stdout.write(`${JSON.stringify({ level: 50, msg: 'not so well', correlationId: 'c-1' })}\n`);
if (name === 'platform' && process.env['STAND_IN_FIRST'] === 'yes') {
  const person = { name: 'Ada', email: 'ada@example.org', password: 'pass-word-of-ada', role: 'Administrator' };
  process.send?.({ type: 'first-start', people: [person] });
}
if (process.env['STAND_IN_FAILS'] === name) {
  process.stderr.write('CONSOLE_CLIENT_ID must be set\n');
  process.exit(1);
}

const server = createServer((request, response) => {
  if (request.url === '/die') process.kill(process.pid, 'SIGKILL');
  if (request.url === '/complain')
    process.stdout.write(`${JSON.stringify({ level: 50, msg: 'oh', correlationId: 'c-2' })}\n`);
  if (request.url === '/hang') return;
  const given = request.url === '/given' ? { pid: process.pid, clientSecret, key, environment: process.env } : {};
  response.end(JSON.stringify(given));
});
server.listen(port, '127.0.0.1');

process.once('SIGTERM', () => {
  if (process.env['STAND_IN_STUBBORN'] === name) return;
  process.stdout.write(`${JSON.stringify({ level: 30, msg: 'ended cleanly' })}\n`);
  server.close();
  server.closeAllConnections();
  process.disconnect?.();
});
