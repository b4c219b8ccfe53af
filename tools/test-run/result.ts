/** How a part of the tests went. */
export interface Result {
  passed: number;
  failed: number;
}

/** What a part counts for that could not run at all. */
export const failedOnce: Result = { passed: 0, failed: 1 };

/** All parts together. */
export function sum(results: readonly Result[]): Result {
  return results.reduce((all, one) => ({ passed: all.passed + one.passed, failed: all.failed + one.failed }), {
    passed: 0,
    failed: 0,
  });
}
