import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { SecretSweep } from './secret-sweep.ts';

const secret = `lks_${randomBytes(32).toString('base64url')}aBc123`;
const sweep = new SecretSweep([secret]);

test('the sweep finds a planted secret in every form, and in a part of twelve characters', () => {
  const noise = () => randomBytes(1_000);
  const planted: Record<string, string> = {
    plain: secret,
    part: secret.slice(20, 32),
    reversed: [...secret].toReversed().join(''),
    hex: Buffer.from(secret).toString('hex'),
    basic: Buffer.from(`9f1c-client:${secret}`).toString('base64'),
    basicUrl: Buffer.from(`a-client:${secret}`).toString('base64url'),
    json: JSON.stringify({ log: { secret } }),
    url: `https://h/?s=${encodeURIComponent(secret)}`,
  };
  for (const [name, text] of Object.entries(planted)) {
    expect(sweep.search(name, Buffer.concat([noise(), Buffer.from(text), noise()])), name).not.toEqual([]);
  }
});

test('the sweep finds nothing in eleven characters and in a megabyte of noise', () => {
  expect(sweep.search('part', secret.slice(20, 31))).toEqual([]);
  expect(sweep.search('noise', randomBytes(1_000_000).toString('base64'))).toEqual([]);
});

test('the sweep reads every file of a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-sweep-'));
  await writeFile(join(folder, 'a.bin'), Buffer.concat([randomBytes(5_000), Buffer.from(secret)]));
  await writeFile(join(folder, 'b.txt'), 'nothing here');
  const { files, findings } = await sweep.searchFolder(folder);
  await rm(folder, { recursive: true });
  expect(files).toBe(2);
  expect([...new Set(findings.map(({ place }) => place))]).toEqual([join(folder, 'a.bin')]);
});
