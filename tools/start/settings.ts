import { resolve } from 'node:path';
import { Problem } from './problem.ts';

/** What the supervisor itself needs to know; everything else is checked by the app that uses it. */
export interface SupervisorSettings {
  host: string;
  consolePort: number;
  platformPort: number;
  metricsPort: number | null;
  dataDir: string;
  /** Where people open the console. */
  publicUrl: string;
  /** Where browsers and programs reach the embedded Platform. */
  platformPublicUrl: string;
  /** Whether the embedded Platform is started. */
  embedded: boolean;
  consoleDatabaseUrl: string | null;
  platformDatabaseUrl: string | null;
}

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from the environment (architecture 6). The console's and the Platform's default addresses have
 * different names on purpose: browsers then keep their cookies apart.
 *
 * @throws Problem naming the setting that cannot be used
 */
export function supervisorSettings(environment: Environment): SupervisorSettings {
  const given = (name: string): string | null => {
    const value = environment[name];
    return value === undefined || value === '' ? null : value;
  };
  const port = (name: string, otherwise: number): number => {
    const value = Number(given(name) ?? otherwise);
    if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
    throw new Problem(`${name} must be a port: a whole number from 1 to 65535.`);
  };
  const consolePort = port('CONSOLE_PORT', 3000);
  const platformPort = port('PLATFORM_PORT', 4000);
  const platform = given('PLATFORM') ?? 'embedded';
  if (platform !== 'embedded' && platform !== 'genesys-cloud') {
    throw new Problem('PLATFORM must be "embedded" or "genesys-cloud".');
  }
  return {
    host: given('HOST') ?? '127.0.0.1',
    consolePort,
    platformPort,
    metricsPort: given('METRICS_PORT') === null ? null : port('METRICS_PORT', 0),
    dataDir: resolve(given('DATA_DIR') ?? 'data'),
    publicUrl: given('PUBLIC_URL') ?? `http://localhost:${consolePort}`,
    platformPublicUrl: given('PLATFORM_PUBLIC_URL') ?? `http://127.0.0.1:${platformPort}`,
    embedded: platform === 'embedded',
    consoleDatabaseUrl: given('CONSOLE_DATABASE_URL') ?? given('CONSOLE_DATABASE_URL_FILE'),
    platformDatabaseUrl: given('PLATFORM_DATABASE_URL') ?? given('PLATFORM_DATABASE_URL_FILE'),
  };
}
