import { compactDecrypt } from 'jose';

/**
 * Opens what the server sealed to this page's key (JWE compact, `ECDH-ES` with `A256GCM`; architecture 4).
 * @throws when it was sealed to another key, in another way, or was changed on the way.
 */
export async function openSealed(sealed: string, privateKey: CryptoKey): Promise<string> {
  const { plaintext } = await compactDecrypt(sealed, privateKey, {
    keyManagementAlgorithms: ['ECDH-ES'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  const text = new TextDecoder('utf-8', { fatal: true }).decode(plaintext);
  plaintext.fill(0);
  return text;
}
