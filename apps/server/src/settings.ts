import * as z from 'zod';

/** One setting of the environment: how it is checked, and what a person must know of it. */
interface Setting {
  readonly schema: z.ZodType;
  readonly about: string;
  /** What holds when it is not set, as the table of settings says it. */
  readonly unset: string;
  /** Its value never appears anywhere, and `<NAME>_FILE` may name a file that holds it (product 16.2). */
  readonly secret?: true;
}

const port = z.coerce.number().int().min(1).max(65_535);
const address = z.url({ protocol: /^https?$/ });

/**
 * Every setting of the console server (architecture 6). The names of unknown variables are nobody's business here: the
 * environment has many.
 */
export const settings = {
  CONSOLE_PORT: {
    schema: port.default(3000),
    about: 'Port on which the console listens.',
    unset: '`3000`',
  },
  HOST: {
    schema: z.string().min(1).default('127.0.0.1'),
    about: 'Address on which the console listens. `0.0.0.0` for all; then put a reverse proxy with TLS in front.',
    unset: '`127.0.0.1`',
  },
  PUBLIC_URL: {
    schema: address.optional(),
    about:
      'Address under which people open the console: an origin without a path. `https`, or `http` on loopback only. A reverse proxy in front passes the `Host` header on as it is.',
    unset: '`http://localhost:<CONSOLE_PORT>`',
  },
  TRUST_PROXY: {
    schema: z.string().default(''),
    about:
      'Whose `X-Forwarded-For` is believed: the number of reverse proxies in front, or their addresses and CIDR ranges, separated by commas. Nothing else is ever believed.',
    unset: 'nobody’s',
  },
  CONSOLE_DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
    about: 'PostgreSQL database of the console: `postgresql://user:password@host/database`.',
    unset: 'must be set; `npm start` sets it to the embedded database',
    secret: true,
  },
  DATABASE_CONNECTIONS: {
    schema: z.coerce.number().int().min(2).max(100).default(10),
    about: 'Most connections to the database that one process of the console holds.',
    unset: '`10`',
  },
  SESSION_SECRET: {
    schema: z.string().min(1),
    about:
      'Key for session cookies and for tokens at rest: at least 32 random characters. Several, separated by commas and newest first, while one is being replaced.',
    unset: 'must be set; `npm start` makes one',
    secret: true,
  },
  IDLE_MINUTES: {
    schema: z.coerce.number().int().min(5).max(60).default(15),
    about:
      'Minutes without activity after which a session ends: 5 to 60. At most 15 where the organization is under HIPAA.',
    unset: '`15`',
  },
  SIGN_IN_LIMIT: {
    schema: z.coerce.number().int().min(10).max(100_000).default(300),
    about: 'Sign-ins that one address may begin in ten minutes, and the same number again that it may finish.',
    unset: '`300`',
  },
  PLATFORM: {
    schema: z.enum(['embedded', 'genesys-cloud']).default('embedded'),
    about: 'Which Platform the console works with.',
    unset: '`embedded`',
  },
  PLATFORM_PORT: {
    schema: port.default(4000),
    about: 'Port of the embedded Platform; only used to guess `PLATFORM_PUBLIC_URL`.',
    unset: '`4000`',
  },
  PLATFORM_PUBLIC_URL: {
    schema: address.optional(),
    about: 'Address of the embedded Platform, as browsers and the console reach it.',
    unset: '`http://127.0.0.1:<PLATFORM_PORT>`',
  },
  PLATFORM_EXTENSIONS: {
    schema: z.enum(['on', 'off']).default('on'),
    about: 'Whether the embedded Platform offers more than the plain wire. Set it the same for both.',
    unset: '`on`',
  },
  PLATFORM_REGION: {
    schema: z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain such as mypurecloud.com')
      .optional(),
    about: 'Domain of the Genesys Cloud region, such as `mypurecloud.com`. Needed when `PLATFORM` is `genesys-cloud`.',
    unset: 'none',
  },
  CONSOLE_CLIENT_ID: {
    schema: z.string().min(1).max(200),
    about: 'Client id under which the console signs people in at the Platform.',
    unset: 'must be set; `npm start` sets it for the embedded Platform',
  },
  CONSOLE_CLIENT_SECRET: {
    schema: z.string().min(1).optional(),
    about:
      'Secret of that client. A console without one cannot renew its access, so people sign in again when it ends.',
    unset: 'none; `npm start` sets it for the embedded Platform',
    secret: true,
  },
  DATA_DIR: {
    schema: z.string().min(1).default('./data'),
    about: 'Folder for files that the console keeps beside the database.',
    unset: '`./data`',
  },
  AUDIT_ANCHOR_FILE: {
    schema: z.string().min(1).optional(),
    about:
      'File to which signed heads of the audit are appended. It proves that nothing was cut off or rolled back, so keep it where the database’s administrator cannot write.',
    unset: '`<DATA_DIR>/audit-anchors.jsonl`',
  },
  LOG_LEVEL: {
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    about: 'Least severity that is logged, as one JSON object a line on standard output.',
    unset: '`info`',
  },
  METRICS_PORT: {
    schema: port.optional(),
    about: 'Port for Prometheus metrics at `/metrics`, on the address of `HOST`. Not for the outside world.',
    unset: 'off',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
/** The values of all settings, checked one by one. */
export type Settings = { [Name in SettingName]: z.output<(typeof settings)[Name]['schema']> };

/** Names of all settings in the order of the table. */
export const settingNames = Object.keys(settings) as SettingName[];

/** Whether a setting may also be given as `<NAME>_FILE`. */
export const isSecret = (name: SettingName): boolean => 'secret' in settings[name];
