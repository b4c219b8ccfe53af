/**
 * The Platform's error codes with their statuses (platform-api 3.3). The codes are Genesys' own; `role.not.held` stands
 * for the one code that no source names.
 */
export const platformFaults = {
  'bad.request': { status: 400, message: 'The request could not be understood.' },
  'invalid.value': { status: 400, message: 'A value is not allowed.' },
  'invalid.query.param.value': { status: 400, message: 'A query parameter has a value that is not allowed.' },
  'invalid.property': { status: 400, message: 'A property is not known.' },
  'invalid.date': { status: 400, message: 'A date is not ISO-8601.' },
  'invalid.id': { status: 400, message: 'An id is not a UUID.' },
  'constraint.validation': { status: 400, message: 'Validation failed.' },
  'grant.type.required': { status: 400, message: 'A grant type is required.' },
  'bad.grant.type': { status: 400, message: 'The grant type is not allowed.' },
  'missing.client.roles': { status: 400, message: 'A client-credentials client needs at least one role.' },
  'auth.too.many.clients': { status: 400, message: 'The organization has reached its limit of clients.' },
  'cannot.delete.client': { status: 400, message: 'Only an inactive client can be deleted.' },
  'max.role.assignments.exceeded': { status: 400, message: 'The subject has too many roles.' },
  'client.failed.request': { status: 400, message: 'The request body did not arrive completely.' },
  'authentication.required': {
    status: 401,
    message: 'No authentication bearer token specified in authorization header.',
  },
  'bad.credentials': { status: 401, message: 'Invalid login credentials.' },
  'credentials.expired': { status: 401, message: 'The supplied credentials are expired.' },
  'missing.permissions': {
    status: 403,
    message: 'Unable to perform the requested action. You must have all of the required permissions.',
  },
  'missing.any.permissions': {
    status: 403,
    message: 'Unable to perform the requested action. You must have at least one of the required permissions.',
  },
  'not.authorized': { status: 403, message: 'You are not authorized to perform the requested action.' },
  'role.not.held': { status: 403, message: 'You can only give roles that you hold yourself.' },
  'not.found': { status: 404, message: 'The requested resource was not found.' },
  'method.not.allowed': { status: 405, message: 'The method is not allowed here.' },
  conflict: { status: 409, message: 'The resource was changed meanwhile.' },
  gone: { status: 410, message: 'The resource is gone.' },
  'request.entity.too.large': { status: 413, message: 'The request body is larger than 64 KiB.' },
  'unsupported.media.type': { status: 415, message: 'Send application/json.' },
  'too.many.requests': {
    status: 429,
    message: 'Rate limit exceeded the maximum. Retry the request in [{seconds}] seconds',
  },
  'internal.server.error': { status: 500, message: 'The server encountered an unexpected condition.' },
  'service.unavailable': { status: 503, message: 'The service is unavailable.' },
  'request.timeout': { status: 504, message: 'The request timed out.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type PlatformFaultCode = keyof typeof platformFaults;

/** The Platform's error envelope (platform-api 3.1). */
export interface ErrorBody {
  message?: string;
  code?: string;
  status?: number;
  contextId?: string;
  details?: { errorCode?: string; fieldName?: string; entityId?: string; entityName?: string }[];
  errors?: ErrorBody[];
  messageWithParams?: string;
  messageParams?: Record<string, string>;
  limit?: { key?: string; namespace?: string; value?: number };
}

type Extra = Partial<
  Pick<ErrorBody, 'message' | 'details' | 'messageWithParams' | 'messageParams' | 'errors' | 'limit'>
>;

/** A refusal of the Platform on its way to the caller. */
export class PlatformFault extends Error {
  override name = 'PlatformFault';
  readonly code: PlatformFaultCode;
  readonly extra: Extra;
  constructor(code: PlatformFaultCode, extra: Extra = {}, options?: ErrorOptions) {
    super(extra.message ?? platformFaults[code].message, options);
    this.code = code;
    this.extra = extra;
  }
  get status(): number {
    return platformFaults[this.code].status;
  }
  /** The body as it goes over the wire. */
  body(contextId: string): ErrorBody {
    return {
      message: this.message,
      code: this.code,
      status: this.status,
      contextId,
      details: this.extra.details ?? [],
      errors: this.extra.errors ?? [],
      ...(this.extra.messageWithParams !== undefined && { messageWithParams: this.extra.messageWithParams }),
      ...(this.extra.messageParams !== undefined && { messageParams: this.extra.messageParams }),
      ...(this.extra.limit !== undefined && { limit: this.extra.limit }),
    };
  }
}
