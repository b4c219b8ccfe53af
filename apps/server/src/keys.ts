import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** What a key is for; each purpose has a key of its own (security C-06). */
export type Purpose = 'session-cookie' | 'tokens-at-rest' | 'cursor' | 'session-reference' | 'audit-head';

/** Keys derived from `SESSION_SECRET`. Text made with an older secret still opens while that is listed (security K-24). */
export interface Keys {
  /** Keys of a purpose, newest first, base64url. */
  all(purpose: Purpose): string[];
  /**
   * Encrypts a text with the newest key (AES-256-GCM).
   * @param bound to what it belongs: opening it with anything else fails, so a row cannot be moved to another owner
   */
  seal(purpose: Purpose, plain: string, bound: string): string;
  /** Decrypts what `seal` made; null when no listed key opens it. */
  open(purpose: Purpose, sealed: string, bound: string): string | null;
  /** A keyed hash (HMAC-SHA-256, base64url) with the newest key. */
  mac(purpose: Purpose, text: string): string;
}

/** @param secrets newest first; each must be random and long, `readConfig` sees to it */
export function keysFrom(secrets: readonly string[]): Keys {
  const derived = new Map<Purpose, Buffer[]>();
  const keysOf = (purpose: Purpose): Buffer[] => {
    const known = derived.get(purpose) ?? secrets.map((secret) => derive(secret, purpose));
    derived.set(purpose, known);
    return known;
  };
  const newest = (purpose: Purpose): Buffer => {
    const [key] = keysOf(purpose);
    if (!key) throw new Error('There is no key');
    return key;
  };
  return {
    all: (purpose) => keysOf(purpose).map((key) => key.toString('base64url')),
    seal(purpose, plain, bound) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', newest(purpose), iv).setAAD(Buffer.from(bound));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(purpose, sealed, bound) {
      const bytes = Buffer.from(sealed, 'base64url');
      for (const key of keysOf(purpose)) {
        try {
          const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
          decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(12, 28));
          return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
        } catch {
          continue;
        }
      }
      return null;
    },
    mac: (purpose, text) => createHmac('sha256', newest(purpose)).update(text).digest('base64url'),
  };
}

/** HKDF (RFC 5869) with SHA-256; the purpose is the info. */
const derive = (secret: string, purpose: Purpose): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'latchkey', purpose, 32));
