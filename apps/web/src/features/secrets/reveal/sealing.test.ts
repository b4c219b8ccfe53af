// @vitest-environment node
import 'fake-indexeddb/auto';
import { calculateJwkThumbprint, CompactEncrypt, importJWK, type JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { openSealed } from './open-sealed.ts';
import { dropPrivateKey, keyForRequest, keyOfRequest, keyOfReveal, noteClient } from './reveal-key.ts';

const secret = 'lks_mWq3-Zc_8rT0yXn5LwKd2FhVb7JsPq4GaEo1UiRt6NxCM00000A';
const day = 24 * 60 * 60_000;

/** Seals as the server does. */
async function seal(text: string, to: JWK, header: { alg: string; enc: string } = { alg: 'ECDH-ES', enc: 'A256GCM' }) {
  const key = await importJWK(to, 'ECDH-ES');
  return new CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader(header).encrypt(key);
}

const openedWith = async (thumbprint: string, sealed: string) => {
  const key = await keyOfReveal(thumbprint);
  if (!key?.privateKey) throw new Error('No key');
  return openSealed(sealed, key.privateKey);
};

describe('the way of a sealed secret', () => {
  it('opens what was sealed to the key that this browser keeps', async () => {
    const { publicKey, thumbprint } = await keyForRequest(crypto.randomUUID());
    expect(await openedWith(thumbprint, await seal(secret, publicKey))).toBe(secret);
  });

  it('names the key by its RFC 7638 thumbprint and sends the public half alone', async () => {
    const { publicKey, thumbprint } = await keyForRequest(crypto.randomUUID());
    expect(Object.keys(publicKey).toSorted()).toEqual(['crv', 'kty', 'x', 'y']);
    expect(thumbprint).toBe(await calculateJwkThumbprint(publicKey, 'sha256'));
  });

  it('keeps a private half that nobody can export', async () => {
    const { thumbprint } = await keyForRequest(crypto.randomUUID());
    const key = await keyOfReveal(thumbprint);
    expect(key?.privateKey?.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('jwk', key?.privateKey as CryptoKey)).rejects.toThrow();
  });

  it('gives a retry of the same request the same key, and another request another', async () => {
    const request = crypto.randomUUID();
    const first = await keyForRequest(request);
    expect((await keyForRequest(request)).thumbprint).toBe(first.thumbprint);
    expect((await keyForRequest(crypto.randomUUID())).thumbprint).not.toBe(first.thumbprint);
  });

  it('cannot open what was sealed to another key, changed on the way, or sealed in another way', async () => {
    const mine = await keyForRequest(crypto.randomUUID());
    const other = await keyForRequest(crypto.randomUUID());
    const sealed = await seal(secret, other.publicKey);
    await expect(openedWith(mine.thumbprint, sealed)).rejects.toThrow();
    const [header, , iv, text, tag] = (await seal(secret, mine.publicKey)).split('.');
    const changed = [header, '', iv, `${text?.startsWith('A') ? 'B' : 'A'}${text?.slice(1)}`, tag].join('.');
    await expect(openedWith(mine.thumbprint, changed)).rejects.toThrow();
    const weaker = await seal(secret, mine.publicKey, { alg: 'ECDH-ES', enc: 'A128CBC-HS256' });
    await expect(openedWith(mine.thumbprint, weaker)).rejects.toThrow();
  });

  it('drops the private half once acknowledged and still knows which client the request made', async () => {
    const request = crypto.randomUUID();
    const { thumbprint } = await keyForRequest(request);
    await noteClient(thumbprint, 'the-client');
    await dropPrivateKey(thumbprint);
    expect(await keyOfRequest(request)).toMatchObject({ privateKey: null, clientId: 'the-client' });
  });

  it('forgets keys after a day', async () => {
    const old = await keyForRequest(crypto.randomUUID(), Date.now() - day - 1);
    await keyForRequest(crypto.randomUUID());
    expect(await keyOfReveal(old.thumbprint)).toBeUndefined();
  });
});
