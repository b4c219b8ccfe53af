import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const secret = 'Zx8kQv2mPw9rTy4uLs6nBd1fGh3jKc5a';
const least = { PLATFORM_DATABASE_URL: 'postgres://u:pw@db/p', PLATFORM_SECRET: secret };

describe('readConfig', () => {
  test('needs a database and a secret, and nothing else', () => {
    expect(readConfig(least)).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      publicUrl: null,
      console: null,
      extensions: true,
    });
    expect(() => readConfig({})).toThrow(/PLATFORM_DATABASE_URL is missing\n.*PLATFORM_SECRET is missing/);
  });

  test.each([
    [{ PLATFORM_SECRET: 'short-secret' }, 'PLATFORM_SECRET'],
    [{ PLATFORM_SECRET: 'a'.repeat(40) }, 'PLATFORM_SECRET'],
    [{ PLATFORM_PUBLIC_URL: 'http://platform.example.com' }, 'PLATFORM_PUBLIC_URL'],
    [{ PLATFORM_PUBLIC_URL: 'https://platform.example.com/path' }, 'PLATFORM_PUBLIC_URL'],
    [{ PUBLIC_URL: 'http://console.example.com' }, 'PUBLIC_URL'],
    [{ PLATFORM_PORT: 'many' }, 'PLATFORM_PORT'],
    [{ PLATFORM_DATABASE_URL: 'mysql://u:pw@db/p' }, 'PLATFORM_DATABASE_URL'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ PLATFORM_EXTENSIONS: 'maybe' }, 'PLATFORM_EXTENSIONS'],
    [{ CONSOLE_CLIENT_ID: 'console' }, 'CONSOLE_CLIENT_SECRET'],
    [{ CONSOLE_CLIENT_ID: 'console', CONSOLE_CLIENT_SECRET: secret }, 'PUBLIC_URL'],
  ])('refuses %j, naming the setting and never the value', (unsafe, name) => {
    const attempt = () => readConfig({ ...least, ...unsafe });
    expect(attempt).toThrow(name);
    for (const value of Object.values(unsafe)) expect(attempt).not.toThrow(value);
    expect(attempt).not.toThrow(secret);
  });

  test('derives where the console comes back to from its address', () => {
    const config = readConfig({
      ...least,
      CONSOLE_CLIENT_ID: 'console',
      CONSOLE_CLIENT_SECRET: secret,
      PUBLIC_URL: 'http://localhost:3000/',
    });
    expect(config.console).toEqual({
      id: 'console',
      secret,
      redirectUri: 'http://localhost:3000/sign-in/callback',
      postLogoutRedirectUri: 'http://localhost:3000/signed-out',
    });
  });

  test('reads secret settings from files, one way or the other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-config-'));
    try {
      const file = join(folder, 'secret');
      await writeFile(file, `${secret}\n`);
      const { PLATFORM_SECRET: _, ...rest } = least;
      expect(readConfig({ ...rest, PLATFORM_SECRET_FILE: file }).secret).toBe(secret);
      expect(() => readConfig({ ...least, PLATFORM_SECRET_FILE: file })).toThrow('not both');
      expect(() => readConfig({ ...rest, PLATFORM_SECRET_FILE: join(folder, 'nothing') })).toThrow(
        'PLATFORM_SECRET_FILE',
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
