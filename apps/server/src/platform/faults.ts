import { Fault, isFaultCode, type FaultCode } from '@latchkey/contract/faults';
import type { ErrorBody, PlatformFaultCode } from '@latchkey/contract/platform-api/faults';
import type { FieldFault } from '@latchkey/domain/refusal';
import type { Received } from './send.ts';
import { NoAnswer } from './send.ts';

/** What a code of the Platform means for one operation. */
export type Translations = Partial<Record<PlatformFaultCode, FaultCode>>;

/** The usual meaning of the Platform's codes (platform-api 3.3); what is missing here goes by its status. */
const usually: Translations = {
  'auth.too.many.clients': 'platform.limit',
  'max.role.assignments.exceeded': 'platform.limit',
  'role.not.held': 'role.not_held',
  'missing.permissions': 'permission.missing',
  'missing.any.permissions': 'permission.missing',
  'not.authorized': 'permission.missing',
  'authentication.required': 'session.expired',
  'bad.credentials': 'session.expired',
  'credentials.expired': 'session.expired',
  'not.found': 'client.not_found',
  gone: 'client.not_found',
  'too.many.requests': 'platform.busy',
  'service.unavailable': 'platform.busy',
};

/** Codes that speak of one field without naming it. */
const fieldOfCode: Partial<Record<PlatformFaultCode, string>> = {
  'grant.type.required': 'grantTypes',
  'bad.grant.type': 'grantTypes',
  'missing.client.roles': 'roleDivisions',
};

/** The console's names of the wire's fields. */
const fieldNames: Readonly<Record<string, string>> = {
  authorizedGrantType: 'grantTypes',
  authorizedGrantTypes: 'grantTypes',
  registeredRedirectUri: 'redirectUris',
  scope: 'scopes',
  roleIds: 'roleDivisions',
};

/** No answer: a read found nobody there; of a change that may have arrived nobody knows whether it was done. */
export function lostAnswer(error: unknown, isRead: boolean): Error {
  if (!(error instanceof NoAnswer)) return error instanceof Error ? error : new Error(String(error));
  const code = isRead || !error.sent ? 'platform.unreachable' : 'outcome.unknown';
  return new Fault(code, {}, { cause: error });
}

/** The Platform's refusal in the console's words. Nothing of its text is passed on but names that it lists. */
export function refusedBy(answer: Received, isRead: boolean, means: Translations): Fault {
  const body = errorBody(answer);
  const cause = new Error(
    `The Platform answered ${answer.status} ${body.code ?? 'without a code'} (${body.contextId ?? answer.header('inin-correlation-id') ?? 'no context id'})`,
  );
  const code = codeOf(answer.status, body, isRead, means);
  return new Fault(code, extraOf(code, answer, body), { cause });
}

function codeOf(status: number, { code, details }: ErrorBody, isRead: boolean, means: Translations): FaultCode {
  const known = code as PlatformFaultCode;
  // A state that stands in the way is named by the same word on both sides.
  const [detail] = details ?? [];
  if (status === 409 && isFaultCode(detail?.errorCode)) return detail.errorCode;
  const meaning = means[known] ?? usually[known];
  if (meaning !== undefined) return meaning;
  if (status === 401) return 'session.expired';
  if (status === 403) return 'permission.missing';
  if (status === 404 || status === 410) return means['not.found'] ?? 'client.not_found';
  if (status === 429 || status === 503) return 'platform.busy';
  if (status >= 500) return isRead ? 'platform.unreachable' : 'outcome.unknown';
  if (status === 400 && (fieldOfCode[known] !== undefined || (details ?? []).some(({ fieldName }) => fieldName)))
    return 'input.invalid';
  // A redirect is not followed, and no other answer was promised (security Z-16).
  return status < 400 ? (isRead ? 'platform.garbled' : 'outcome.unknown') : 'platform.refused';
}

function extraOf(code: FaultCode, answer: Received, body: ErrorBody): ConstructorParameters<typeof Fault>[1] {
  if (code === 'permission.missing') {
    const permissions = bracketed(body).filter((name) => /^[\w-]+:[\w-]+:[\w-]+$/.test(name));
    return permissions.length > 0 ? { permissions } : {};
  }
  if (code === 'role.not_held') {
    const roles = (body.details ?? []).flatMap(({ entityName, entityId }) => entityName ?? entityId ?? []);
    return roles.length > 0 ? { roles: [...new Set(roles)] } : {};
  }
  if (code === 'platform.busy') return { retryAfterSeconds: secondsIn(answer, body) };
  return code === 'input.invalid' ? { fields: fieldsIn(body) } : {};
}

/** Names in square brackets, where the Platform lists permissions; a division may follow as a fourth part (platform-api 3.3). */
function bracketed({ message, messageParams }: ErrorBody): string[] {
  const text = [message, ...Object.values(messageParams ?? {})].join(' ');
  const found = [...text.matchAll(/\[([^\]]*)\]/g)].flatMap(([, inside = '']) => inside.split(','));
  const listed = found.length > 0 ? found : text.split(/[\s,]+/);
  return [...new Set(listed.map((name) => name.trim().split(':').slice(0, 3).join(':')).filter(Boolean))];
}

/** From the header, else from the brackets of the text (platform-api 3.3), else a short while. */
function secondsIn(answer: Received, { message }: ErrorBody): number {
  const header = Number(answer.header('retry-after') ?? Number.NaN);
  const text = Number(/\[(\d{1,6})\]/.exec(message ?? '')?.[1] ?? Number.NaN);
  const seconds = [header, text].find(Number.isFinite) ?? 5;
  return Math.min(Math.max(1, Math.ceil(seconds)), 3_600);
}

function fieldsIn({ code, details }: ErrorBody): FieldFault[] {
  const alone = fieldOfCode[code as PlatformFaultCode];
  const named = (details ?? []).filter(({ fieldName }) => fieldName);
  if (named.length === 0) return [faultOf(alone ?? 'name', code ?? 'platform.refused')];
  return named
    .slice(0, 200)
    .map(({ fieldName = '', errorCode }) => faultOf(fieldOf(fieldName), errorCode ?? code ?? 'platform.refused'));
}

/** `registeredRedirectUri[3]` and `registeredRedirectUri.3` are both line four. */
function fieldOf(wireName: string): string {
  const [first = '', ...rest] = wireName.replace(/\[(\d+)\]/g, '.$1').split('.');
  return [fieldNames[first] ?? first, ...rest].join('.').slice(0, 100);
}

const faultOf = (field: string, reason: string): FieldFault => ({
  field,
  reason: /^[\w.-]{1,60}$/.test(reason) ? reason : 'platform.refused',
  message: 'The Platform does not accept this value.',
  remedy: 'Change it and save again.',
});

function errorBody({ text, header }: Received): ErrorBody {
  if (!/json/i.test(header('content-type') ?? '')) return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null) return {};
    const { message, code, contextId, details, messageParams } = body as Record<string, unknown>;
    return {
      ...(typeof message === 'string' && { message }),
      ...(typeof code === 'string' && { code }),
      ...(typeof contextId === 'string' && /^[\w-]{1,64}$/.test(contextId) && { contextId }),
      ...(Array.isArray(details) && {
        details: details.filter((one) => typeof one === 'object' && one !== null) as NonNullable<ErrorBody['details']>,
      }),
      ...(isTexts(messageParams) && { messageParams }),
    };
  } catch {
    return {};
  }
}

const isTexts = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string');
