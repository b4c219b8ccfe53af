import type { FieldFault } from '@latchkey/domain/refusal';

/**
 * Every way in which the console's API says no: status and title. The page has a longer sentence for each code; a code
 * without a row does not compile.
 */
export const faults = {
  'input.invalid': { status: 400, title: 'Some of what you sent cannot be accepted' },
  'input.not_json': { status: 400, title: 'The request is not valid JSON' },
  'input.too_deep': { status: 400, title: 'The request is nested too deeply or has too many members' },
  'input.too_large': { status: 413, title: 'The request is larger than 64 KiB' },
  'input.media_type': { status: 415, title: 'Send JSON (application/json, UTF-8)' },
  'cursor.invalid': { status: 400, title: 'This page of the list is not available any more' },
  'request.forged': { status: 403, title: 'The request did not come from this page' },
  'session.missing': { status: 401, title: 'Sign in to continue' },
  'session.expired': { status: 401, title: 'Your session has ended' },
  'permission.missing': { status: 403, title: 'You do not hold the permission for this' },
  'role.not_held': { status: 403, title: 'You do not hold all roles of this client' },
  'route.not_found': { status: 404, title: 'There is nothing at this address' },
  'method.not_allowed': { status: 405, title: 'This address does not take that method' },
  'client.not_found': { status: 404, title: 'There is no client with this id' },
  'secret.not_found': { status: 404, title: 'There is no such secret' },
  'session.not_found': { status: 404, title: 'There is no such session' },
  'reveal.not_found': { status: 404, title: 'There is nothing to reveal' },
  'reveal.over': { status: 410, title: 'This secret cannot be shown any more' },
  'client.changed': { status: 409, title: 'Somebody else changed this client meanwhile' },
  'client.pending_removal': { status: 409, title: 'This client is pending removal' },
  'client.not_pending_removal': { status: 409, title: 'This client is not pending removal' },
  'client.not_active': { status: 409, title: 'This client is not active' },
  'client.already_active': { status: 409, title: 'This client is active already' },
  'client.disabled': { status: 409, title: 'The Platform has disabled this client' },
  'client.restore_window_over': { status: 410, title: 'This client can no longer be restored' },
  'client.scopes_missing': { status: 409, title: 'Assign scopes before you restore this client' },
  'client.breaks_rules': { status: 409, title: "This client breaks today's rules" },
  'client.no_secret': { status: 409, title: 'This client has no secret' },
  'client.name_not_confirmed': { status: 400, title: "The name you typed is not the client's name" },
  'deletion.meaning_changed': { status: 409, title: 'What deleting means for this client has changed' },
  'secret.generated_meanwhile': { status: 409, title: 'Somebody else generated a secret meanwhile' },
  'secret.last_one': { status: 409, title: 'This is the only secret that still works' },
  'idempotency.key_missing': { status: 400, title: 'Send an Idempotency-Key' },
  'idempotency.key_reused': { status: 422, title: 'This Idempotency-Key was used for another request' },
  'idempotency.in_progress': { status: 409, title: 'This request is still being carried out' },
  'outcome.unknown': { status: 502, title: 'The Platform did not say whether it did this' },
  'platform.refused': { status: 409, title: 'The Platform refused this' },
  'platform.limit': { status: 409, title: 'The organization has reached a limit of the Platform' },
  'platform.busy': { status: 503, title: 'The Platform is busy' },
  'platform.unreachable': { status: 502, title: 'The Platform did not answer' },
  'platform.garbled': { status: 502, title: 'The Platform sent an answer that cannot be used' },
  'rate.limited': { status: 429, title: 'Too many requests' },
  'storage.unavailable': { status: 503, title: 'The database is not available' },
  'server.stopping': { status: 503, title: 'The server is restarting' },
  'server.failed': { status: 500, title: 'Something went wrong on our side' },
} as const satisfies Record<string, { status: number; title: string }>;

export type FaultCode = keyof typeof faults;

/** The answer to a refused request (RFC 9457 problem document, `application/problem+json`). */
export interface Problem {
  code: FaultCode;
  status: number;
  title: string;
  /** What happened here, as a sentence. Never holds what was sent. */
  detail?: string;
  /** What was kept, and what to do now. */
  remedy?: string;
  /** Finds the request in the log. */
  correlationId?: string;
  fields?: FieldFault[];
  /** Permissions that are missing. */
  permissions?: string[];
  /** Roles (names or ids) that are missing. */
  roles?: string[];
  /** Who can give what is missing. */
  grantors?: string[];
  /** Seconds to wait before the next try. */
  retryAfterSeconds?: number;
  /** For conflicts: the object as it is now. */
  current?: unknown;
  /** An instant that the sentence names. */
  at?: string;
}

type Extra = Omit<Partial<Problem>, 'code' | 'status' | 'title'>;

/** A refusal on its way to the caller. */
export class Fault extends Error {
  override name = 'Fault';
  readonly code: FaultCode;
  readonly extra: Extra;
  constructor(code: FaultCode, extra: Extra = {}, options?: ErrorOptions) {
    super(extra.detail ?? faults[code].title, options);
    this.code = code;
    this.extra = extra;
  }
  get problem(): Problem {
    return { code: this.code, ...faults[this.code], ...this.extra };
  }
}

/** Whether a text is one of the codes above. */
export const isFaultCode = (text: unknown): text is FaultCode =>
  typeof text === 'string' && Object.hasOwn(faults, text);
