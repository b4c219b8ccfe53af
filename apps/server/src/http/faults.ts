import { Fault, type FaultCode, type Problem } from '@latchkey/contract/faults';
import { sqlState } from '@latchkey/database/transaction';
import type { ErrorRequestHandler, Response } from 'express';
import type { Log } from '../log.ts';
import { correlationIdOf } from './correlation-id.ts';

/** An address that is known, asked with another method; the answer names those that it takes. */
export class WrongMethod extends Fault {
  readonly allowed: readonly string[];
  constructor(allowed: readonly string[]) {
    super('method.not_allowed');
    this.allowed = allowed;
  }
}

/** The one place where an error becomes an answer: a problem document (RFC 9457) with what to do (product 15.3). */
export const answerFault =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, req, res, next) => {
    const fault = toFault(error);
    const correlationId = correlationIdOf(res);
    if (fault.problem.status >= 500) log.error({ err: error, fault: fault.code, correlationId }, 'A request failed');
    if (res.headersSent) return next(error);
    if (fault instanceof WrongMethod) res.set('allow', fault.allowed.join(', '));
    answerProblem(res, fault);
    // What was not read is not worth waiting for.
    if (!req.complete && req.headers['content-length'] !== undefined) res.once('finish', () => req.destroy());
  };

/** Sends a fault. */
export function answerProblem(res: Response, fault: Fault): void {
  const problem: Problem = { ...usually[fault.code], ...fault.problem, correlationId: correlationIdOf(res) };
  if (problem.retryAfterSeconds !== undefined) res.set('retry-after', String(problem.retryAfterSeconds));
  res
    .status(problem.status)
    .set('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}

const shortly = { retryAfterSeconds: 3, remedy: 'Nothing was changed. Try again in a few seconds.' };
const signInFirst = { remedy: 'Sign in and try again.' };
const inAMoment = { remedy: 'Try again in a moment.' };

/** Remedies of faults that say none themselves. */
const usually: Partial<Record<FaultCode, Partial<Problem>>> = {
  'storage.unavailable': shortly,
  'server.stopping': shortly,
  'session.missing': signInFirst,
  'session.expired': signInFirst,
  'server.failed': { remedy: 'Try again. If it stays, tell your operator the correlation id.' },
  'platform.unreachable': inAMoment,
  'platform.busy': inAMoment,
};

/** Any error as a fault; what nobody foresaw says nothing of itself. */
export function toFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  if (isUriError(error)) return new Fault('route.not_found', {}, { cause: error });
  if (isStorageError(error)) return new Fault('storage.unavailable', {}, { cause: error });
  return new Fault('server.failed', {}, { cause: error });
}

const isUriError = (error: unknown): boolean =>
  error instanceof URIError || (error as { status?: unknown } | null)?.status === 400;

/** PostgreSQL's classes for lost connections, refused sign-in, a missing database, lack of resources, shutdown, system and read-only errors. */
const unavailable = /^(08|28|3D|53|57|58|25006|55P03|XX)/;

const networkErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
]);

/** Whether the database was away, full or too slow, as far as one can tell from the error. */
export function isStorageError(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const state = sqlState(at);
    if (state !== undefined) return unavailable.test(state);
    if (networkErrors.has((at as NodeJS.ErrnoException).code ?? '')) return true;
    if (
      /connection timeout|timeout exceeded when trying to connect|connection terminated|query read timeout|not queryable|pool after calling end/i.test(
        at.message,
      )
    )
      return true;
  }
  return false;
}
