// @vitest-environment node
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  commandFor,
  commandForms,
  envFileName,
  envLines,
  shellWord,
  storeName,
  type SecretFacts,
} from './secret-forms.ts';

const secret = 'lks_mWq3-Zc_8rT0yXn5LwKd2FhVb7JsPq4GaEo1UiRt6NxCM00000A';
const facts: SecretFacts = {
  clientId: '6f0c5a8e-2b1d-4a7e-9c3f-1d2e3f4a5b6c',
  clientName: 'Payroll export',
  tokenUrl: 'https://login.example.com/oauth/token',
};
const hostileNames = [
  `'; touch /tmp/owned; echo '`,
  '$(touch /tmp/owned)',
  '`id`',
  'a"b\\c',
  'two\nlines',
  '-rf',
  '日本語',
  '../../etc/passwd',
  '!history',
];

/** Runs a command with the named programs replaced by ones that print their arguments and what they read. */
function run(command: string, input: string): string[] {
  const programs = ['curl', 'vault', 'aws', 'az', 'docker', 'kubectl'];
  const stubs = programs.map((name) => `${name}() { printf '%s\\n' ${name} "$@"; echo --; cat; }`).join('\n');
  return execFileSync('bash', ['-c', `${stubs}\n${command}`], { input: `${input}\n`, encoding: 'utf8' }).split('\n');
}

describe('the commands that take a secret', () => {
  it.each(commandForms)('%s reads the secret from standard input and never holds it', (form) => {
    const command = commandFor(form, facts);
    expect(command).not.toContain(secret);
    const lines = run(command, secret);
    const mark = lines.indexOf('--');
    expect(lines.slice(0, mark).join(' ')).not.toContain(secret);
    const given = lines.slice(mark + 1).join('\n');
    expect(given).toBe(form === 'curl' ? `user = "${facts.clientId}:${secret}"` : secret);
  });

  it.each(commandForms)('%s stays one command whatever the client is called', (form) => {
    const program = run(commandFor(form, facts), secret);
    for (const clientName of hostileNames) {
      const lines = run(commandFor(form, { ...facts, clientName, clientId: `x'$(id)"` }), secret);
      expect(lines.length, clientName).toBe(program.length);
      expect(lines[0]).toBe(program[0]);
      expect(lines.join('\n')).not.toContain('uid=');
    }
  });

  it('asks for a token in the way of the grant type', () => {
    const { grantTypes: _none, ...rest } = facts;
    expect(commandFor('curl', rest)).toContain('grant_type=client_credentials');
    expect(commandFor('curl', { ...facts, grantTypes: ['CODE', 'CLIENT-CREDENTIALS'] })).toContain(
      'grant_type=client_credentials',
    );
    expect(commandFor('curl', { ...facts, grantTypes: ['CODE'] })).toContain('code_verifier=');
    expect(commandFor('curl', { ...facts, grantTypes: ['SAML2-BEARER'] })).toContain('saml2-bearer');
  });
});

describe('names and values', () => {
  it('makes a name that every vault takes', () => {
    for (const clientName of [...hostileNames, 'Payroll export', 'Ärzte & Co. — Prod', '123', '', 'x'.repeat(200)]) {
      expect(storeName({ clientName, clientId: facts.clientId })).toMatch(/^[a-z](?:-?[a-z0-9])*$/);
    }
    expect(storeName(facts)).toBe('payroll-export');
    expect(storeName({ ...facts, clientName: '日本語' })).toBe('client-6f0c5a8e');
    expect(envFileName({ ...facts, clientName: '../../etc/passwd' })).toBe('etc-passwd.env');
  });

  it('quotes a word so that a shell gives it back', () => {
    for (const text of [...hostileNames, '', "'", "it's"]) {
      expect(execFileSync('bash', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
    }
  });

  it('writes an .env file that a shell reads as it was meant', () => {
    for (const value of [secret, 'a b$c`d"e\'f']) {
      const script = `set -a\n${envLines(facts, value)}\nprintf '%s\\n%s\\n%s' "$OAUTH_CLIENT_ID" "$OAUTH_CLIENT_SECRET" "$OAUTH_TOKEN_URL"`;
      const read = execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n');
      expect(read).toEqual([facts.clientId, value, facts.tokenUrl]);
    }
    expect(envLines(facts, secret)).toContain(`OAUTH_CLIENT_SECRET=${secret}\n`);
  });
});
