import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What is stored of a client's secret: HMAC-SHA-256 over client id and secret under a key that never reaches the
 * database (security K-04). A fast hash is enough for 256 random bits; the client id makes one secret imported for two
 * clients look like two.
 */
export interface SecretHasher {
  /** The stored form of a secret, base64url. */
  readonly hash: (clientId: string, secret: string) => string;
  /** Whether a presented secret is the stored one, byte for byte, in a time that tells nothing (K-05, K-06). */
  readonly matches: (clientId: string, presented: string, stored: string) => boolean;
}

/** @param key at least 32 bytes, derived from the Platform's secret */
export function secretHasher(key: Buffer): SecretHasher {
  const digest = (clientId: string, secret: string): Buffer =>
    createHmac('sha256', key).update(clientId, 'utf8').update('\0').update(secret, 'utf8').digest();
  return {
    hash: (clientId, secret) => digest(clientId, secret).toString('base64url'),
    matches: (clientId, presented, stored) => {
      const expected = Buffer.from(stored, 'base64url');
      const given = digest(clientId, presented);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
