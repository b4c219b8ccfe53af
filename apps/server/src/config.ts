import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { join } from 'node:path';
import { isSecret, settingNames, settings, type SettingName, type Settings } from './settings.ts';

/** How the console runs, checked and ready to use. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** The console's own origin. */
  readonly publicUrl: URL;
  /** Whether people reach the console by TLS: decides the cookie's name and attributes, and HSTS. */
  readonly secure: boolean;
  /** Express' `trust proxy`: hops, addresses and ranges, or nobody (security H-11). */
  readonly trustProxy: number | readonly string[] | false;
  readonly database: { readonly url: string; readonly connections: number };
  /** Newest first (security K-24). */
  readonly sessionSecrets: readonly string[];
  readonly idleSeconds: number;
  /** Sign-ins per address in ten minutes. */
  readonly signInLimit: number;
  readonly platform: PlatformConfig;
  readonly client: { readonly id: string; readonly secret: string | null };
  /** Where signed heads of the audit are kept outside the database (security L-07). */
  readonly auditAnchorFile: string;
  readonly logLevel: Settings['LOG_LEVEL'];
  readonly metricsPort: number | null;
}

/** Where the Platform is (product 1.1). */
export interface PlatformConfig {
  readonly kind: 'embedded' | 'genesys-cloud';
  /** Origin of `/api/v2/…`. */
  readonly apiUrl: URL;
  /** Origin of `/oauth/…` and `/logout`; the issuer where there is discovery. */
  readonly loginUrl: URL;
  /** Whether the embedded Platform offers more than the plain wire. */
  readonly extensions: boolean;
}

/** What is wrong with the settings: names and reasons, never values (security C-06). */
export class UnusableSettings extends Error {
  override name = 'UnusableSettings';
  readonly problems: readonly { name: string; problem: string }[];
  constructor(problems: readonly { name: string; problem: string }[]) {
    super(problems.map(({ name, problem }) => `${name} ${problem}`).join('\n'));
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from the environment (architecture 6).
 *
 * @throws UnusableSettings with everything that is missing, malformed or unsafe, at once
 */
export function readConfig(environment: Environment): Config {
  const problems: { name: string; problem: string }[] = [];
  const values = readSettings(environment, problems);
  if (problems.length > 0) throw new UnusableSettings(problems);
  const config = shape(values as Settings, problems);
  if (problems.length > 0) throw new UnusableSettings(problems);
  return config;
}

type Problems = { name: string; problem: string }[];

function readSettings(environment: Environment, problems: Problems): Partial<Settings> {
  const values: Record<string, unknown> = {};
  for (const name of settingNames) {
    const given = isSecret(name) ? fromFile(name, environment, problems) : environment[name];
    // An empty variable is how many shells and compose files say "not set".
    const parsed = settings[name].schema.safeParse(given === '' ? undefined : given);
    if (parsed.success) values[name] = parsed.data;
    else if (!problems.some((problem) => problem.name.startsWith(name))) {
      problems.push({ name, problem: given ? spell(parsed.error.issues[0]?.message) : 'must be set' });
    }
  }
  return values;
}

/** Our own sentences begin with "must"; zod's never hold the value. */
const spell = (message = 'is not valid') => (message.startsWith('must') ? message : `cannot be used: ${message}`);

function fromFile(name: SettingName, environment: Environment, problems: Problems): string | undefined {
  const file = environment[`${name}_FILE`];
  if (!file) return environment[name];
  if (environment[name]) {
    problems.push({ name, problem: `and ${name}_FILE are both set; keep one` });
    return undefined;
  }
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    problems.push({
      name: `${name}_FILE`,
      problem: `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    });
    return undefined;
  }
}

function shape(given: Settings, problems: Problems): Config {
  const refuse = (name: string, problem: string) => problems.push({ name, problem });
  const publicUrl = originOf('PUBLIC_URL', given.PUBLIC_URL ?? `http://localhost:${given.CONSOLE_PORT}`, refuse);
  const sessionSecrets = given.SESSION_SECRET.split(',').map((secret) => secret.trim());
  const weak = whyWeak(sessionSecrets);
  if (weak) refuse('SESSION_SECRET', weak);
  if (given.CONSOLE_CLIENT_SECRET && sessionSecrets.includes(given.CONSOLE_CLIENT_SECRET)) {
    refuse('SESSION_SECRET', 'must not be the same as CONSOLE_CLIENT_SECRET');
  }
  return {
    port: given.CONSOLE_PORT,
    host: given.HOST,
    publicUrl,
    secure: publicUrl.protocol === 'https:',
    trustProxy: readTrustProxy(given.TRUST_PROXY, refuse),
    database: { url: given.CONSOLE_DATABASE_URL, connections: given.DATABASE_CONNECTIONS },
    sessionSecrets,
    idleSeconds: given.IDLE_MINUTES * 60,
    signInLimit: given.SIGN_IN_LIMIT,
    platform: platformOf(given, refuse),
    client: { id: given.CONSOLE_CLIENT_ID, secret: given.CONSOLE_CLIENT_SECRET ?? null },
    auditAnchorFile: given.AUDIT_ANCHOR_FILE ?? join(given.DATA_DIR, 'audit-anchors.jsonl'),
    logLevel: given.LOG_LEVEL,
    metricsPort: given.METRICS_PORT ?? null,
  };
}

type Refuse = (name: string, problem: string) => unknown;

function platformOf(given: Settings, refuse: Refuse): PlatformConfig {
  if (given.PLATFORM === 'embedded') {
    const url = originOf(
      'PLATFORM_PUBLIC_URL',
      given.PLATFORM_PUBLIC_URL ?? `http://127.0.0.1:${given.PLATFORM_PORT}`,
      refuse,
    );
    return { kind: 'embedded', apiUrl: url, loginUrl: url, extensions: given.PLATFORM_EXTENSIONS === 'on' };
  }
  if (!given.PLATFORM_REGION) refuse('PLATFORM_REGION', 'must be set where the Platform is a region of Genesys Cloud');
  const region = given.PLATFORM_REGION ?? 'region.invalid';
  return {
    kind: 'genesys-cloud',
    apiUrl: new URL(`https://api.${region}`),
    loginUrl: new URL(`https://login.${region}`),
    extensions: false,
  };
}

function originOf(name: string, text: string, refuse: Refuse): URL {
  const url = new URL(text);
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
    refuse(name, 'must be an origin: scheme, host and port only');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) refuse(name, 'must be https; http is for loopback only');
  return url;
}

/** Whether a host name means this machine and nothing else. */
export const isLoopback = (hostname: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/** Why keys cannot be used: too short, too plain, the same twice; null when they can. */
function whyWeak(secrets: readonly string[]): string | null {
  if (secrets.some((secret) => secret.length < 32))
    return 'must be at least 32 characters long, each where there are several';
  if (secrets.some((secret) => new Set(secret).size < 10)) return 'must be random';
  if (secrets.some((secret) => /change.?me|password|example|session.?secret|default/i.test(secret)))
    return 'must be random, not an example';
  if (new Set(secrets).size !== secrets.length) return 'must not hold the same key twice';
  return null;
}

function readTrustProxy(text: string, refuse: Refuse): Config['trustProxy'] {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length === 0) return false;
  if (parts.length === 1 && /^\d$/.test(parts[0] ?? '')) return Number(parts[0]) || false;
  if (parts.every(isRange)) return parts;
  refuse('TRUST_PROXY', 'must be a number of proxies, or addresses and CIDR ranges separated by commas');
  return false;
}

function isRange(text: string): boolean {
  const [address = '', prefix, more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  if (prefix === undefined) return true;
  try {
    new BlockList().addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
    return /^\d{1,3}$/.test(prefix);
  } catch {
    return false;
  }
}
