import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

/** Members that are never logged, at whatever depth they appear (security K-21). */
const secretName =
  /^(?:authorization|proxy-authorization|cookie|set-cookie|client_?secret|secret|password|code|code_?verifier|refresh_?token|access_?token|id_?token|id_?token_?hint|token|assertion|client_?assertion|xsrf|state|password_?hash|hash)$/i;

/** Texts that are never logged, wherever they stand: Basic and Bearer credentials, secrets, credentials in URLs and queries. */
const secretTexts: readonly [RegExp, string][] = [
  [/\b(basic|bearer)\s+[\w+/=.~-]{8,}/gi, '$1 [redacted]'],
  [/lks_[\w-]{20,}/g, '[redacted]'],
  [/(postgres(?:ql)?:\/\/[^:/@\s]*):[^@\s]*@/gi, '$1:[redacted]@'],
  [
    /\b(client_secret|code|code_verifier|refresh_token|access_token|id_token|id_token_hint|assertion|password|token)=[^&\s"']+/gi,
    '$1=[redacted]',
  ],
];

/** JSON lines on standard output, without secrets (product 16.4). */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { app: 'platform' },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (line: Record<string, unknown>) => redact(line) as Record<string, unknown>,
    },
    serializers: { err: (error: unknown) => error },
    hooks: {
      logMethod(this: Logger, args: Parameters<Logger['info']>, method: (...all: Parameters<Logger['info']>) => void) {
        method.apply(this, args.map((arg) => (typeof arg === 'string' ? clean(arg) : arg)) as typeof args);
      },
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

const clean = (text: string): string => secretTexts.reduce((all, [pattern, by]) => all.replace(pattern, by), text);

/** A copy of a value in which nothing is left that would open something. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return clean(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > 6) return '[deep]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => {
    // A stable word in `code` (an error's name) is no authorization code, which is long and random.
    const isWord = name === 'code' && typeof member === 'string' && /^[A-Za-z0-9_.]{1,40}$/.test(member);
    if (secretName.test(name) && !isWord && member !== undefined && member !== null) return [name, '[redacted]'];
    return [name, redact(member, depth + 1)];
  });
  return Object.fromEntries(entries);
}

/** Only what is known to be harmless; libraries hang parameters, rows and requests on their errors. */
function redactError(error: Error, depth: number): object {
  const { code } = error as NodeJS.ErrnoException;
  const message = messageOf(error);
  return {
    type: error.name,
    message: redact(message, depth + 1),
    ...(typeof code === 'string' && { code }),
    stack: redact(
      (error.stack ?? '').replace(error.message, () => message),
      depth + 1,
    ),
    ...(error.cause !== undefined && { cause: redact(error.cause, depth + 1) }),
  };
}

/** A failed query's message ends with its parameters, and hashes of secrets are among them. */
const messageOf = (error: Error): string =>
  'params' in error ? (error.message.split('\nparams: ', 1)[0] ?? '') : error.message;
