/** `npm test`: everything, or the parts that are named; the last line sums up. */
import { fileURLToPath } from 'node:url';
import { runChecks } from './test-run/checks.ts';
import { runJourneys } from './test-run/journeys.ts';
import { failedOnce, sum } from './test-run/result.ts';
import type { Result } from './test-run/result.ts';
import { runUnitTests } from './test-run/unit-tests.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The parts in the order in which they run: the quickest first. */
const parts: Record<string, (root: string) => Promise<Result>> = {
  check: runChecks,
  unit: runUnitTests,
  e2e: runJourneys,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join('", "')}". The parts are ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}

const results: Result[] = [];
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name}`);
  try {
    results.push(await run(root));
  } catch (error) {
    console.error(error instanceof Error && error.name === 'Problem' ? error.message : error);
    results.push(failedOnce);
  }
}

const { passed, failed } = sum(results);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
