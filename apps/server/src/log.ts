import { secretPattern } from '@latchkey/domain/secret';
import { destination, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

/** The console's operational log: one JSON object a line. */
export type Log = Logger;

const censored = '[redacted]';

/** Members whose values are never logged, in any spelling and at any depth (security K-21). */
const secretMember =
  /^(authorization|proxy-?authorization|(set-?)?cookies?|.*secret.*|.*password.*|.*token|code|code_?verifier|id_?token_?hint|assertion|sealed|nonce|state|verifier|private.*key|d)$/i;

/** Things that are secret wherever they stand in a text. */
const secretTexts: readonly [RegExp, string][] = [
  [new RegExp(secretPattern.source.replace(/^\^|\$$/g, ''), 'g'), censored],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${censored}`],
  [/\beyJ[\w-]{6,}\.[\w-]*(\.[\w-]*){0,3}/g, censored],
  [
    /\b((?:client_|session_)?secret|password|code|code_verifier|(?:access_|refresh_|id_)?token(?:_hint)?|assertion|state|nonce)(\\?["']?\s*[=:]\s*\\?["']?)[^\s&"'\\,;}]+/gi,
    `$1$2${censored}`,
  ],
  [/\b((?:set-)?cookie|authorization)(\\?["']?\s*[=:]\s*\\?["']?)[^"\\\n]+/gi, `$1$2${censored}`],
  [/(postgres(?:ql)?:\/\/[^:@/\s]+):[^@/\s]+@/gi, `$1:${censored}@`],
];

/** A text without what must not be seen. */
export const withoutSecrets = (text: string): string =>
  secretTexts.reduce((clean, [pattern, instead]) => clean.replace(pattern, instead), text);

/** A value without secret members, secret texts and endless depth. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return withoutSecrets(value.length > 8_192 ? `${value.slice(0, 8_192)}…` : value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 8) return '[deep]';
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.slice(0, 100).map((one) => redact(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      secretMember.test(name) ? censored : redact(member, depth + 1),
    ]),
  );
}

/** Only what is known to be harmless; libraries hang requests, parameters and answers on their errors. */
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

/** A failed query's message ends with its parameters, and what is stored about secrets and sessions is among them. */
const messageOf = (error: Error): string =>
  'params' in error ? (error.message.split('\nparams: ', 1)[0] ?? '') : error.message;

/**
 * Opens the log on standard output. Writing never blocks serving: when nobody reads, up to 4 MiB wait and the rest is
 * dropped; when standard output is closed, the log falls silent (security F-17).
 *
 * @param to somewhere else, for tests
 */
export function openLog(level: string, to?: DestinationStream): Log {
  const stdout = to ?? quiet(destination({ fd: 1, sync: false, maxLength: 4 * 1024 * 1024 }));
  return pino(
    {
      level,
      base: { app: 'console' },
      timestamp: stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (members) => redact(members) as Record<string, unknown>,
      },
      serializers: { err: (error: unknown) => error },
      hooks: {
        logMethod(given, method) {
          // An error alone would also become the message, as it is.
          const all = given[0] instanceof Error ? [{ err: given[0] }, given[0].message, ...given.slice(1)] : given;
          method.apply(this, all.map((one) => (typeof one === 'string' ? withoutSecrets(one) : one)) as typeof given);
        },
      },
    },
    stdout,
  );
}

function quiet<Stream extends { on(event: 'error', listener: () => void): unknown }>(stream: Stream): Stream {
  stream.on('error', () => undefined);
  return stream;
}
