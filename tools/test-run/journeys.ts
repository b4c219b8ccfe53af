import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.ts';
import { runCommand } from './command.ts';
import type { Result } from './result.ts';

/** Journeys through the whole product in a real browser. */
export async function runJourneys(root: string): Promise<Result> {
  const browser = await ensureBrowser(root);
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-journeys-'));
  const report = join(folder, 'report.json');
  try {
    const environment = {
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      ...(browser === null ? {} : { CHROMIUM_PATH: browser }),
    };
    const code = await runCommand({ program: 'playwright', args: ['test'], cwd: join(root, 'e2e'), environment }, root);
    return counted(await readFile(report, 'utf8').catch(() => '{}'), code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface PlaywrightReport {
  stats?: { expected: number; unexpected: number; flaky: number };
}

/** A journey that passes only at the second try has failed; so has a run that ends badly without naming one. */
export function counted(report: string, code: number): Result {
  const { stats = { expected: 0, unexpected: 0, flaky: 0 } } = JSON.parse(report) as PlaywrightReport;
  const failed = stats.unexpected + stats.flaky;
  return { passed: stats.expected, failed: failed === 0 && code !== 0 ? 1 : failed };
}
