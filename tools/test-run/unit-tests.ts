import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './command.ts';
import { startGivenPostgres } from './given-postgres.ts';
import { sum } from './result.ts';
import type { Result } from './result.ts';

/**
 * Unit and integration tests: all of them with the embedded database, and those that use a database once more with a
 * PostgreSQL that is given by its address and a password, as in production.
 */
export async function runUnitTests(root: string): Promise<Result> {
  const embedded = await runVitest(root, []);
  console.log('\n== unit, with a given PostgreSQL');
  const given = await startGivenPostgres();
  try {
    const projects = ['database', 'platform', 'server'].map((name) => `--project=${name}`);
    const ownServers = ['embedded-postgres', 'folder-lock'].map((name) => `--exclude=**/${name}.test.ts`);
    const again = await runVitest(root, [...projects, ...ownServers], { TEST_DATABASE_URL: given.url });
    return sum([embedded, again]);
  } finally {
    await given.stop();
  }
}

async function runVitest(root: string, args: string[], environment: Record<string, string> = {}): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-vitest-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const config = ['--config', join(root, 'tools/vitest.config.ts'), '--root', root];
    const command = { program: 'vitest', args: ['run', ...config, ...reporters, ...args], cwd: root, environment };
    const code = await runCommand(command, root);
    return counted(await readFile(report, 'utf8').catch(() => '{}'), code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface VitestReport {
  numPassedTests?: number;
  numFailedTests?: number;
  testResults?: { status: string; assertionResults: unknown[] }[];
}

/** A file that could not be loaded counts as one failed test, and so does a run that failed without naming one. */
export function counted(report: string, code: number): Result {
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = JSON.parse(report) as VitestReport;
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const failed = numFailedTests + broken;
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}
