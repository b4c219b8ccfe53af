import { Fault } from '@latchkey/contract/faults';
import { isStorageError } from '../http/faults.ts';
import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';

/**
 * Why a sign-in failed: the class that the audit and the page name. The Platform's own words are never repeated
 * (security S-33).
 */
export interface WhyFailed {
  readonly why: 'state' | 'denied' | 'refused' | 'answer' | 'person' | 'platform' | 'busy' | 'storage' | 'server';
  readonly status: number;
  /** More precisely, for audit and log: a code of ours or of a library, never text from outside. */
  readonly detail: string;
  readonly retryAfterSeconds?: number;
}

/** A refusal of our own making. */
export class SignInRefused extends Error {
  override name = 'SignInRefused';
  readonly failure: WhyFailed;
  constructor(failure: WhyFailed, options?: ErrorOptions) {
    super(`Sign-in failed: ${failure.detail}`, options);
    this.failure = failure;
  }
}

/** Puts any error of a sign-in into one of the classes. */
export function whyFailed(error: unknown): WhyFailed {
  if (error instanceof SignInRefused) return error.failure;
  if (error instanceof Fault) return whyFault(error);
  // What fetch and openid-client say of a network that fails.
  if (error instanceof Error && /^(fetch failed|something went wrong)$/.test(error.message))
    return { why: 'platform', status: 502, detail: 'unreachable' };
  if (isStorageError(error))
    return { why: 'storage', status: 503, detail: 'storage.unavailable', retryAfterSeconds: 3 };
  if (error instanceof AuthorizationResponseError) {
    return error.error === 'access_denied'
      ? { why: 'denied', status: 403, detail: 'access_denied' }
      : { why: 'refused', status: 400, detail: 'authorization_refused' };
  }
  if (error instanceof ResponseBodyError) return { why: 'refused', status: 400, detail: 'token_refused' };
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && /^OAUTH_[A-Z_]+$/.test(code)) {
    return code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT'
      ? { why: 'platform', status: 502, detail: code }
      : { why: 'answer', status: 400, detail: code };
  }
  return { why: 'server', status: 500, detail: 'failed' };
}

function whyFault({ code, problem }: Fault): WhyFailed {
  if (code === 'rate.limited')
    return { why: 'busy', status: problem.status, detail: code, retryAfterSeconds: problem.retryAfterSeconds ?? 60 };
  if (code === 'storage.unavailable')
    return { why: 'storage', status: problem.status, detail: code, retryAfterSeconds: 3 };
  if (code.startsWith('platform.')) return { why: 'platform', status: problem.status, detail: code };
  return { why: 'person', status: 403, detail: code };
}

/** What the plain page says; the console's own page says it in the person's language. */
export const sentences: Record<WhyFailed['why'], string> = {
  state: 'This sign-in was not begun in this browser, took too long, or was finished already.',
  denied: 'The sign-in was cancelled.',
  refused: 'The Platform refused the sign-in.',
  answer: 'The Platform’s answer could not be trusted.',
  person: 'The Platform does not let you in.',
  platform: 'The Platform did not answer.',
  busy: 'There were too many sign-ins from your network. Wait a few minutes.',
  storage: 'The console’s database is not available at the moment.',
  server: 'Something went wrong on our side.',
};
