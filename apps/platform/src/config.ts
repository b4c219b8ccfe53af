import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { defaultTokensPerMinute } from './limits/limits.ts';

/** Where a console's client comes back to, from the console's own address. */
const consoleUris = (publicUrl: string) => ({
  redirectUri: `${publicUrl}/sign-in/callback`,
  postLogoutRedirectUri: `${publicUrl}/signed-out`,
});

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

const origin = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((text) => new URL(text))
  .refine((url) => url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '', {
    error: 'must be an origin without path, query or user',
  })
  .refine((url) => url.protocol === 'https:' || loopbackHosts.has(url.hostname), {
    error: 'must be https unless the host is a loopback address',
  })
  .transform((url) => url.origin);

const port = z.coerce.number().int().min(0).max(65_535);

const Settings = z
  .object({
    HOST: z.string().min(1).default('127.0.0.1'),
    PLATFORM_PORT: port.default(4000),
    PLATFORM_PUBLIC_URL: origin.optional(),
    PLATFORM_DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/, error: 'must be a postgres:// address' }),
    PLATFORM_SECRET: z
      .string()
      .refine((text) => Buffer.byteLength(text) >= 32, { error: 'must have at least 32 bytes' })
      .refine((text) => new Set(text).size >= 8, { error: 'must be random' }),
    CONSOLE_CLIENT_ID: z
      .string()
      .regex(/^[\w.-]{1,100}$/, { error: 'must be an id' })
      .optional(),
    CONSOLE_CLIENT_SECRET: z
      .string()
      .refine((text) => Buffer.byteLength(text) >= 32, { error: 'must have at least 32 bytes' })
      .optional(),
    PUBLIC_URL: origin.optional(),
    ORGANIZATION_FILE: z.string().min(1).optional(),
    PLATFORM_EXTENSIONS: z.enum(['on', 'off']).default('on'),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    /** How many reverse proxies stand in front; 0 trusts no forwarding header (security H-11). */
    PLATFORM_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
    PLATFORM_TOKENS_PER_MINUTE: z.coerce.number().int().min(1).default(defaultTokensPerMinute),
    PLATFORM_DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(500).default(20),
  })
  .refine((set) => (set.CONSOLE_CLIENT_ID === undefined) === (set.CONSOLE_CLIENT_SECRET === undefined), {
    path: ['CONSOLE_CLIENT_SECRET'],
    error: 'must be given together with CONSOLE_CLIENT_ID',
  })
  .refine((set) => set.CONSOLE_CLIENT_ID === undefined || set.PUBLIC_URL !== undefined, {
    path: ['PUBLIC_URL'],
    error: 'must be given together with CONSOLE_CLIENT_ID',
  });

/** The console's own client, as it is registered at each start. */
export interface ConsoleClient {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
  readonly postLogoutRedirectUri: string;
}

/** Every setting of the Platform, checked. */
export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The origin under which people and programs reach the Platform, issuer of all tokens; null for where it listens. */
  readonly publicUrl: string | null;
  readonly databaseUrl: string;
  readonly secret: string;
  readonly console: ConsoleClient | null;
  /** Address of the organization file; null for the sample. */
  readonly organizationFile: string | null;
  readonly extensions: boolean;
  readonly logLevel: z.infer<typeof Settings>['LOG_LEVEL'];
  readonly trustedProxies: number;
  /** Token requests of one client per minute (platform-api 1.5). */
  readonly tokensPerMinute: number;
  /** The most connections to the database at a time. */
  readonly databaseConnections: number;
}

/** A setting that is missing or unsafe; the message names settings and never a value. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const secretSettings = ['PLATFORM_DATABASE_URL', 'PLATFORM_SECRET', 'CONSOLE_CLIENT_SECRET'] as const;

/**
 * Reads the settings from the environment (product 16.2). A secret one can lie in the file that `…_FILE` names.
 * @throws ConfigError naming every setting that is missing or unsafe
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined && value !== '') given[name] = value;
  for (const name of secretSettings) Object.assign(given, fromFile(name, given));
  const parsed = Settings.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return `  ${name} ${name in given ? issue.message : 'is missing'}`;
    });
    throw new ConfigError(`The Platform cannot start with these settings:\n${[...new Set(lines)].join('\n')}`);
  }
  return configFrom(parsed.data);
}

function configFrom(set: z.infer<typeof Settings>): Config {
  const { CONSOLE_CLIENT_ID: id, CONSOLE_CLIENT_SECRET: secret, PUBLIC_URL: consoleUrl } = set;
  return {
    host: set.HOST,
    port: set.PLATFORM_PORT,
    publicUrl: set.PLATFORM_PUBLIC_URL ?? null,
    databaseUrl: set.PLATFORM_DATABASE_URL,
    secret: set.PLATFORM_SECRET,
    console: id && secret && consoleUrl ? { id, secret, ...consoleUris(consoleUrl) } : null,
    organizationFile: set.ORGANIZATION_FILE ?? null,
    extensions: set.PLATFORM_EXTENSIONS === 'on',
    logLevel: set.LOG_LEVEL,
    trustedProxies: set.PLATFORM_TRUSTED_PROXIES,
    tokensPerMinute: set.PLATFORM_TOKENS_PER_MINUTE,
    databaseConnections: set.PLATFORM_DATABASE_CONNECTIONS,
  };
}

function fromFile(name: string, given: Readonly<Record<string, string>>): Record<string, string> {
  const file = given[`${name}_FILE`];
  if (file === undefined) return {};
  if (given[name] !== undefined) throw new ConfigError(`Give either ${name} or ${name}_FILE, not both`);
  try {
    return { [name]: readFileSync(file, 'utf8').trimEnd() };
  } catch (cause) {
    throw new ConfigError(`The file named by ${name}_FILE cannot be read`, { cause });
  }
}
