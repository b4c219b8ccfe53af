import type { PlatformConfig } from './config.ts';
import type { Platform } from './platform/door.ts';
import { embeddedPlatform } from './platform/embedded.ts';
import type { OpenId } from './sign-in/openid.ts';

/** The door of the Platform that the settings name. */
export function openPlatform({ kind, apiUrl, loginUrl, extensions }: PlatformConfig, openid: OpenId): Platform {
  const consoleToken = () => openid.consoleToken();
  if (kind === 'embedded') return embeddedPlatform({ baseUrl: apiUrl, extensions, consoleToken });
  return genesysCloud(embeddedPlatform({ baseUrl: apiUrl, extensions: false, consoleToken }), loginUrl);
}

/**
 * Genesys Cloud speaks the plain wire, so its door is the one without extensions; what differs is said here: tokens come
 * from the login host, a client-credentials token knows no scopes (security 0.2, ruling 8), and deleting an active client
 * takes a change first (platform-api 4).
 */
const genesysCloud = (plain: Platform, loginUrl: URL): Platform => ({
  ...plain,
  kind: 'genesys-cloud',
  address: loginUrl.origin.replace('//login.', '//apps.'),
  tokenUrl: new URL('/oauth/token', loginUrl).href,
  capabilities: { ...plain.capabilities, scopesNarrowRoles: false, deleteNeedsEdit: true },
});
