import { UnusableSettings, type PlatformConfig } from './config.ts';
import type { Platform } from './platform/door.ts';
import { embeddedPlatform } from './platform/embedded.ts';
import type { OpenId } from './sign-in/openid.ts';

/** The door of the Platform that the settings name. */
export function openPlatform({ kind, apiUrl, extensions }: PlatformConfig, openid: OpenId): Platform {
  if (kind === 'embedded') return embeddedPlatform({ baseUrl: apiUrl, extensions, consoleToken: () => openid.consoleToken() });
  throw new UnusableSettings([{ name: 'PLATFORM', problem: 'genesys-cloud has no door yet' }]);
}
