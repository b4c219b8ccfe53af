import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { SecretSweep } from '../support/secret-sweep.ts';

test('no secret that was made in the whole run is in the data folder, in a log, or in any HTTP exchange', async ({
  product,
}) => {
  test.setTimeout(180_000);
  const folder = process.env['LATCHKEY_E2E'] ?? '';
  const secrets = (await readFile(join(folder, 'secrets.txt'), 'utf8')).split('\n').filter(Boolean);
  expect(secrets.length).toBeGreaterThan(3);
  const sweep = new SecretSweep(secrets);

  const left = await sweep.searchFolder(product.dataDir);
  expect(left.files, 'the data folder was read').toBeGreaterThan(100);
  expect(left.findings).toEqual([]);
  expect(sweep.search('traffic', await readFile(join(folder, 'traffic.log')))).toEqual([]);
});

test('after the whole run the audit is sound, from the first event to the last', async ({ signedInAs }) => {
  const { api } = await signedInAs('reviewer');
  const { sound, events } = await api.audit.verify();
  expect(sound).toBe(true);
  expect(events).toBeGreaterThan(30);
});
