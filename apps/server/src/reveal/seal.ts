import { Fault } from '@latchkey/contract/faults';
import type { RevealKey } from '@latchkey/contract/console-api/models';
import { calculateJwkThumbprint, CompactEncrypt, importJWK } from 'jose';

/** Closes a secret so that only one page can open it. */
export interface Seal {
  /** RFC 7638 thumbprint of the page's key. */
  readonly keyThumbprint: string;
  /** JWE compact, `ECDH-ES` with `A256GCM`; its plaintext is the secret and nothing else (architecture 4). */
  close(secret: string): Promise<string>;
}

/**
 * Takes the page's public key and checks that it is one, before anything is asked of the Platform: a key that turned
 * out to be no point of the curve afterwards would cost the secret.
 *
 * @throws input.invalid
 */
export async function sealTo(revealKey: RevealKey): Promise<Seal> {
  try {
    const key = await importJWK({ ...revealKey }, 'ECDH-ES');
    const keyThumbprint = await calculateJwkThumbprint({ ...revealKey }, 'sha256');
    return {
      keyThumbprint,
      close: (secret) =>
        new CompactEncrypt(new TextEncoder().encode(secret))
          .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: keyThumbprint })
          .encrypt(key),
    };
  } catch (cause) {
    throw new Fault(
      'input.invalid',
      {
        fields: [
          {
            field: 'revealKey',
            reason: 'reveal_key.unusable',
            message: 'This is not a usable public key (EC, P-256).',
            remedy: 'Reload the page, so that it makes a new one, and try again.',
          },
        ],
      },
      { cause },
    );
  }
}
