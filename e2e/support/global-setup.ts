import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProduct } from './product.ts';

/** Starts one product for all journeys. What the tests learn of it lies in a private folder that goes with the run. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const { product, stop } = await startProduct();
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-e2e-run-'));
  await writeFile(join(folder, 'product.json'), JSON.stringify(product), { mode: 0o600 });
  process.env['LATCHKEY_E2E'] = folder;
  return async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
}
