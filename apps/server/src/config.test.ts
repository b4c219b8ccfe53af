import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig, UnusableSettings } from './config.ts';

const key = 'k3y-of-a-test-that-is-long-enough-1';
const usual = {
  CONSOLE_DATABASE_URL: 'postgresql://console:hidden-word@localhost/console',
  SESSION_SECRET: key,
  CONSOLE_CLIENT_ID: 'console',
  CONSOLE_CLIENT_SECRET: 'the-secret-of-the-client-0123456789',
};
const folder = mkdtempSync(join(tmpdir(), 'latchkey-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The names of the settings that are refused. */
function refused(change: Record<string, string | undefined>): string[] {
  try {
    readConfig({ ...usual, ...change });
    return [];
  } catch (error) {
    if (!(error instanceof UnusableSettings)) throw error;
    for (const value of Object.values({ ...usual, ...change }))
      if (value && value.length > 3) expect(error.message).not.toContain(value);
    return error.problems.map(({ name }) => name);
  }
}

describe('the settings', () => {
  it('need little', () => {
    const config = readConfig(usual);
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      secure: false,
      trustProxy: false,
      idleSeconds: 900,
      metricsPort: null,
    });
    expect(config.publicUrl.origin).toBe('http://localhost:3000');
    expect(config.platform).toMatchObject({ kind: 'embedded', extensions: true });
    expect(config.platform.apiUrl.origin).toBe('http://127.0.0.1:4000');
  });

  it('name everything that is missing at once', () => {
    expect(refused({ CONSOLE_DATABASE_URL: undefined, SESSION_SECRET: '', CONSOLE_CLIENT_ID: undefined })).toEqual([
      'CONSOLE_DATABASE_URL',
      'SESSION_SECRET',
      'CONSOLE_CLIENT_ID',
    ]);
  });

  it.each([
    ['SESSION_SECRET', 'short'],
    ['SESSION_SECRET', 'a'.repeat(40)],
    ['SESSION_SECRET', 'please-change-me-0123456789-abcdefgh'],
    ['SESSION_SECRET', `${key},short`],
    ['SESSION_SECRET', `${key},${key}`],
    ['SESSION_SECRET', usual.CONSOLE_CLIENT_SECRET],
    ['PUBLIC_URL', 'http://console.example.com'],
    ['PUBLIC_URL', 'https://console.example.com/path'],
    ['PUBLIC_URL', 'https://user@console.example.com'],
    ['PUBLIC_URL', 'ftp://console.example.com'],
    ['PUBLIC_URL', 'console.example.com'],
    ['PLATFORM_PUBLIC_URL', 'http://platform.example.com'],
    ['CONSOLE_DATABASE_URL', 'mysql://console@localhost/console'],
    ['CONSOLE_PORT', '0'],
    ['CONSOLE_PORT', '70000'],
    ['IDLE_MINUTES', '4'],
    ['IDLE_MINUTES', '61'],
    ['IDLE_MINUTES', '15.5'],
    ['PLATFORM', 'other'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', 'proxy.example.com'],
    ['LOG_LEVEL', 'loud'],
  ])('refuse %s = %s by name, without the value', (name, value) => {
    expect(refused({ [name]: value })).toEqual([name]);
  });

  it('take several keys, newest first', () => {
    expect(readConfig({ ...usual, SESSION_SECRET: `${key}-new, ${key}` }).sessionSecrets).toEqual([`${key}-new`, key]);
  });

  it('take secrets from files', () => {
    const file = join(folder, 'secret');
    writeFileSync(file, `${key}\n`);
    expect(readConfig({ ...usual, SESSION_SECRET: undefined, SESSION_SECRET_FILE: file }).sessionSecrets).toEqual([
      key,
    ]);
    expect(refused({ SESSION_SECRET_FILE: file })).toEqual(['SESSION_SECRET']);
    expect(refused({ SESSION_SECRET: undefined, SESSION_SECRET_FILE: join(folder, 'missing') })).toEqual([
      'SESSION_SECRET_FILE',
    ]);
  });

  it('believe only the proxies that are named', () => {
    expect(readConfig({ ...usual, TRUST_PROXY: '2' }).trustProxy).toBe(2);
    expect(readConfig({ ...usual, TRUST_PROXY: '10.0.0.0/8, fd00::/8,192.0.2.1' }).trustProxy).toEqual([
      '10.0.0.0/8',
      'fd00::/8',
      '192.0.2.1',
    ]);
  });

  it('know a Genesys Cloud region by its domain', () => {
    const { platform } = readConfig({ ...usual, PLATFORM: 'genesys-cloud', PLATFORM_REGION: 'mypurecloud.de' });
    expect([platform.apiUrl.origin, platform.loginUrl.origin]).toEqual([
      'https://api.mypurecloud.de',
      'https://login.mypurecloud.de',
    ]);
    expect(refused({ PLATFORM: 'genesys-cloud' })).toEqual(['PLATFORM_REGION']);
  });
});
