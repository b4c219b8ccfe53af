import { expect, test } from 'vitest';
import { counted as journeys } from './journeys.ts';
import { sum } from './result.ts';
import { counted as units } from './unit-tests.ts';

test('parts are added up', () => {
  expect(sum([])).toEqual({ passed: 0, failed: 0 });
  expect(
    sum([
      { passed: 2, failed: 1 },
      { passed: 3, failed: 0 },
    ]),
  ).toEqual({ passed: 5, failed: 1 });
});

test('a test file that cannot be loaded counts as failed', () => {
  const report = { numPassedTests: 4, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] };
  expect(units(JSON.stringify(report), 1)).toEqual({ passed: 4, failed: 1 });
});

test('a run that ends badly without saying why counts as failed', () => {
  expect(units('{}', 1)).toEqual({ passed: 0, failed: 1 });
  expect(journeys('{}', 1)).toEqual({ passed: 0, failed: 1 });
});

test('a journey that needed a second try counts as failed', () => {
  const report = { stats: { expected: 5, unexpected: 1, flaky: 1 } };
  expect(journeys(JSON.stringify(report), 1)).toEqual({ passed: 5, failed: 2 });
});
