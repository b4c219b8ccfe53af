import { DrizzleQueryError } from 'drizzle-orm';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';

const canary = 'Qm9vS2V5Q2FuYXJ5MTIzNDU2Nzg5MA-canary';

/** What a log line becomes. */
function lineOf(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  write(createLog('info', new Writable({ write: (chunk, _encoding, done) => ((text += String(chunk)), done()) })));
  return text;
}

test.each([
  'authorization',
  'Cookie',
  'client_secret',
  'clientSecret',
  'code',
  'code_verifier',
  'codeVerifier',
  'refresh_token',
  'id_token_hint',
  'assertion',
  'password',
  'secret',
  'token',
])('a member called %s is never logged, however deep it lies (K-21)', (name) => {
  const line = lineOf((log) => log.info({ outer: [{ headers: { [name]: canary } }] }, 'x'));
  expect(line).not.toContain('canary');
  expect(line).toContain('[redacted]');
});

test.each([
  `Basic ${canary}`,
  `authorization: bearer ${canary}`,
  `POST /oauth/token?client_secret=${canary}&x=1`,
  `https://app.example.com/cb?code=${canary}`,
  `grant_type=refresh_token&refresh_token=${canary}`,
  `lks_${canary}`,
  `postgres://latchkey:${canary}@db/platform`,
])('credentials inside a text are never logged: %s', (text) => {
  const error = new Error(`failed:\n  ${text}`, { cause: new Error(text) });
  for (const line of [
    lineOf((log) => log.info(text)),
    lineOf((log) => log.error({ err: error }, 'failed')),
    lineOf((log) => log.info({ what: text }, 'x')),
  ]) {
    expect(line).not.toContain('canary');
    expect(JSON.parse(line)).toBeTypeOf('object');
  }
});

test("an error's own code and message stay readable", () => {
  const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(lineOf((log) => log.error({ err: error }, 'failed'))).toContain('"code":"ECONNREFUSED"');
});

test("a failed query is logged without its parameters, whatever they look like, and without the row's values", () => {
  const refused = Object.assign(new Error('duplicate key value'), { code: '23505', detail: `Key (hash)=(${canary})` });
  const failed = new DrizzleQueryError('insert into client_secrets', [`x\n    at ${canary}`, canary], refused);
  const line = lineOf((log) => log.error({ err: new Error('outer', { cause: failed }) }, 'failed'));
  expect(line).not.toContain('canary');
  expect(line).toContain('insert into client_secrets');
  expect(line).toContain('"code":"23505"');
  expect(line).toContain('log.test.ts');
});
