import type { PassingSecret } from './data-folder.ts';
import type { DatabaseUrls } from './run-latchkey.ts';
import type { Environment, SupervisorSettings } from './settings.ts';

/** What the environments of the children are made from. */
export interface EnvironmentParts {
  /** The supervisor's own. */
  environment: Environment;
  settings: SupervisorSettings;
  /** Addresses in the embedded database; null where one was given. */
  database: DatabaseUrls;
  /** Files with the keys that were made at the first start. */
  keys: { session: string; platform: string };
  /** The secret of the console's own client, handed to each child by a file. */
  secret: PassingSecret;
}

/** The console's own client on the embedded Platform, unless `CONSOLE_CLIENT_ID` says another. */
const ownClientId = '1a7c4e1f-0000-4000-8000-00000c0a501e';

/** The console learns nothing that is the Platform's alone. */
export function consoleEnvironment(parts: EnvironmentParts): Record<string, string> {
  const { environment, database, keys } = parts;
  return {
    ...inherited(environment, ['PLATFORM_SECRET', 'PLATFORM_DATABASE_URL', 'ORGANIZATION_FILE']),
    ...shared(parts),
    ...clientOfConsole(parts, 'console'),
    ...(database.console === null ? {} : { CONSOLE_DATABASE_URL: database.console }),
    ...secretOr(environment, 'SESSION_SECRET', keys.session),
  };
}

/** The Platform learns nothing that is the console's alone, but for the client that both share. */
export function platformEnvironment(parts: EnvironmentParts): Record<string, string> {
  const { environment, database, keys } = parts;
  return {
    ...inherited(environment, ['SESSION_SECRET', 'CONSOLE_DATABASE_URL', 'METRICS_PORT']),
    ...shared(parts),
    ...clientOfConsole(parts, 'platform'),
    ...(database.platform === null ? {} : { PLATFORM_DATABASE_URL: database.platform }),
    ...secretOr(environment, 'PLATFORM_SECRET', keys.platform),
  };
}

function shared({ settings }: EnvironmentParts): Record<string, string> {
  return {
    NODE_ENV: 'production',
    HOST: settings.host,
    CONSOLE_PORT: String(settings.consolePort),
    PLATFORM_PORT: String(settings.platformPort),
    PUBLIC_URL: settings.publicUrl,
    PLATFORM_PUBLIC_URL: settings.platformPublicUrl,
    DATA_DIR: settings.dataDir,
  };
}

/** On Genesys Cloud the client is the organization's own and must be given; on the embedded Platform we bring one. */
function clientOfConsole({ environment, settings, secret }: EnvironmentParts, reader: string): Record<string, string> {
  if (!settings.embedded) return {};
  const id = environment['CONSOLE_CLIENT_ID'];
  return {
    CONSOLE_CLIENT_ID: id === undefined || id === '' ? ownClientId : id,
    ...secretOr(environment, 'CONSOLE_CLIENT_SECRET', secret.fileFor(reader)),
  };
}

function secretOr(environment: Environment, name: string, file: string): Record<string, string> {
  const given = [environment[name], environment[`${name}_FILE`]].some((value) => value !== undefined && value !== '');
  return given ? {} : { [`${name}_FILE`]: file };
}

/** Everything but what npm adds for its own ends and what is none of the child's business, file or not. */
function inherited(environment: Environment, without: string[]): Record<string, string> {
  const hidden = new Set(without.flatMap((name) => [name, `${name}_FILE`]));
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !hidden.has(entry[0]) && !/^(npm_|NODE_CHANNEL_)/i.test(entry[0]),
    ),
  );
}
