import { DrizzleQueryError } from 'drizzle-orm';
import { composeSecret } from '@latchkey/domain/secret';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openLog } from './log.ts';

const logging = () => {
  const lines: string[] = [];
  return { log: openLog('trace', { write: (line: string) => void lines.push(line) }), lines };
};

describe('the log', () => {
  it('is one JSON object a line, whatever is logged', () => {
    const { log, lines } = logging();
    log.info({ name: 'a\nb\u001b[31m\u0000{"level":"error"}' }, 'two\nlines');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.indexOf('\n')).toBe((lines[0]?.length ?? 0) - 1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', app: 'console', msg: 'two\nlines' });
  });

  it('leaves out secret members in any spelling and at any depth', () => {
    const { log, lines } = logging();
    const names = [
      'Authorization',
      'cookie',
      'Set-Cookie',
      'client_secret',
      'clientSecret',
      'code',
      'code_verifier',
      'refresh_token',
      'accessToken',
      'id_token_hint',
      'assertion',
      'PASSWORD',
      'sealed',
      'state',
    ];
    for (const name of names) log.info({ a: [{ b: { [name]: 'canary' } }], [name.toUpperCase()]: ['canary'] });
    expect(lines).toHaveLength(names.length);
    expect(lines.join('')).not.toContain('canary');
  });

  it('leaves out secret values wherever they stand', () => {
    const { log, lines } = logging();
    const secret = composeSecret(randomBytes(33));
    const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLW9mLWEtdGVzdA';
    const texts = [
      `the secret ${secret} was here`,
      `Authorization: Bearer canary-0123456789`,
      `authorization=Basic Y2FuYXJ5LTAxMjM0NTY3ODk=`,
      `POST /oauth/token grant_type=x&client_secret=canary-0123456789&code=canary-0123456789&code_verifier=canary-0123456789`,
      `{"refresh_token":"canary-0123456789","a":1}`,
      `cookie: latchkey=s%3Acanary-0123456789.x; other=canary-0123456789`,
      `postgresql://console:canary-0123456789@localhost/console`,
      `token ${jwt}`,
    ];
    for (const text of texts) {
      log.info(text);
      log.info({ about: text, list: [text], err: new Error(text, { cause: new Error(text) }) }, 'x');
      log.error(new Error(text));
    }
    const all = lines.join('');
    expect(all).not.toContain('canary');
    expect(all).not.toContain(secret);
    expect(all).not.toContain(jwt);
  });

  it('knows of an error only what is harmless', () => {
    const { log, lines } = logging();
    const error = Object.assign(new Error('failed'), {
      code: '23505',
      request: { body: 'canary' },
      parameters: ['canary'],
      detail: 'Key (secret)=(canary)',
    });
    log.error({ err: error }, 'x');
    expect(lines.join('')).not.toContain('canary');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ err: { type: 'Error', message: 'failed', code: '23505' } });
  });

  it('tells of a failed query which one it was, and none of its parameters', () => {
    const { log, lines } = logging();
    const failed = new DrizzleQueryError('insert into sessions', ['x\n    at canary', 'canary'], new Error('refused'));
    log.error({ err: new Error('outer', { cause: failed }) }, 'x');
    expect(lines.join('')).not.toContain('canary');
    expect(lines.join('')).toContain('insert into sessions');
  });
});
