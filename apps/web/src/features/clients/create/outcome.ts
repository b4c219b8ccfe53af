import { Fault, faults } from '@latchkey/contract/faults';

/**
 * What a failed attempt to create says about the next one. `refused`: nothing was made, and the next attempt is a new
 * request. `unknown`: something may have been made, and the next attempt must be the same request (product 4.8).
 * `other-request`: the key was used with other values before. `made`: the client is there, and its secret cannot be
 * shown any more.
 */
export type Outcome = 'refused' | 'unknown' | 'other-request' | 'made';

export function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof Fault)) return 'unknown';
  if (error.code === 'idempotency.key_reused') return 'other-request';
  if (madeBefore(error) !== null) return 'made';
  if (error.code === 'idempotency.in_progress' || error.code === 'outcome.unknown') return 'unknown';
  // Nothing was made, but the form goes on after signing in again, as the same request.
  if (error.code === 'session.missing' || error.code === 'session.expired') return 'unknown';
  return faults[error.code].status < 500 ? 'refused' : 'unknown';
}

/** The client that an earlier attempt made, when the server says so; null otherwise. */
export function madeBefore(error: unknown): string | null {
  if (!(error instanceof Fault) || error.code !== 'reveal.over') return null;
  const { current } = error.extra;
  const id = typeof current === 'object' && current !== null && 'clientId' in current ? current.clientId : null;
  return typeof id === 'string' ? id : null;
}
