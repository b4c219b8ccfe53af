import { hkdfSync } from 'node:crypto';

/** The keys that the Platform works with, all derived from its one secret (HKDF, RFC 5869); none is ever stored. */
export interface PlatformKeys {
  /** Hashes the secrets of clients. */
  readonly clientSecrets: Buffer;
  /** Seals the signing keys in the database. */
  readonly sealing: Buffer;
  /** Signs the cookies of the sign-in pages. */
  readonly cookies: string;
  /** Signs the mark of a browser in which a person has signed in before. */
  readonly knownBrowsers: Buffer;
}

/** @param secret the setting `PLATFORM_SECRET`, at least 32 bytes */
export function deriveKeys(secret: string): PlatformKeys {
  const key = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'latchkey platform', purpose, 32));
  return {
    clientSecrets: key('client secrets v1'),
    sealing: key('signing keys v1'),
    cookies: key('cookies v1').toString('base64url'),
    knownBrowsers: key('known browsers v1'),
  };
}
