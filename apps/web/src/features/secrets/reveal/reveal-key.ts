import type { RevealKey } from '@latchkey/contract/console-api/models';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { calculateJwkThumbprint } from 'jose';

/** A key pair for one reveal, as this browser keeps it. */
export interface KeptKey {
  /** RFC 7638 thumbprint (SHA-256, base64url) of the public half; the server names it beside what it sealed. */
  readonly thumbprint: string;
  /** The `Idempotency-Key` of the request that this key goes with: a retry sends the same key pair. */
  readonly idempotencyKey: string;
  readonly publicKey: RevealKey;
  /** Cannot be exported. Gone once the secret was acknowledged. */
  readonly privateKey: CryptoKey | null;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  /** The client that the request made or changed, once an answer named it. */
  readonly clientId: string | null;
}

interface Schema extends DBSchema {
  keys: { key: string; value: KeptKey; indexes: { idempotencyKey: string } };
}

/** A key without a reveal is of no use after this long, in milliseconds: the server keeps a sealed secret 15 minutes. */
const keptFor = 24 * 60 * 60_000;

/** Where the browser refuses to keep anything, keys live as long as the page. */
const inMemory = new Map<string, KeptKey>();

let opened: Promise<IDBPDatabase<Schema> | null> | undefined;

const database = (): Promise<IDBPDatabase<Schema> | null> =>
  (opened ??= openDB<Schema>('latchkey-reveal', 1, {
    upgrade: (db) =>
      void db.createObjectStore('keys', { keyPath: 'thumbprint' }).createIndex('idempotencyKey', 'idempotencyKey'),
  }).catch(() => null));

/**
 * The key pair for a request: the one kept for this idempotency key, or a new one, made and stored before it is answered,
 * so that a lost answer or a reload finds it again (product 5.3, architecture 4).
 */
export async function keyForRequest(idempotencyKey: string, now = Date.now()): Promise<KeptKey> {
  const kept = await keyOfRequest(idempotencyKey);
  if (kept) return kept;
  await dropOldKeys(now);
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const publicKey = { kty: 'EC', crv: 'P-256', x, y } as RevealKey;
  const thumbprint = await calculateJwkThumbprint(publicKey, 'sha256');
  const made = { thumbprint, idempotencyKey, publicKey, privateKey: pair.privateKey, madeAt: now, clientId: null };
  await keep(made);
  return made;
}

/** The key pair that was made for this request, if any. */
export async function keyOfRequest(idempotencyKey: string): Promise<KeptKey | undefined> {
  const found = await (await database())?.getFromIndex('keys', 'idempotencyKey', idempotencyKey);
  return found ?? [...inMemory.values()].find((key) => key.idempotencyKey === idempotencyKey);
}

/** The key pair that the server names, if this browser has it. */
export async function keyOfReveal(thumbprint: string): Promise<KeptKey | undefined> {
  return (await (await database())?.get('keys', thumbprint)) ?? inMemory.get(thumbprint);
}

/** Notes which client a request made, so that a draft that waits for the answer learns of it (product 4.8). */
export async function noteClient(thumbprint: string, clientId: string): Promise<void> {
  const key = await keyOfReveal(thumbprint);
  if (key) await keep({ ...key, clientId });
}

/** Drops the private half; what the request made stays known for a day. */
export async function dropPrivateKey(thumbprint: string): Promise<void> {
  const key = await keyOfReveal(thumbprint);
  if (key) await keep({ ...key, privateKey: null });
}

async function keep(key: KeptKey): Promise<void> {
  const db = await database();
  try {
    if (db === null) throw new DOMException('No storage', 'InvalidStateError');
    await db.put('keys', key);
    inMemory.delete(key.thumbprint);
  } catch {
    inMemory.set(key.thumbprint, key);
  }
}

async function dropOldKeys(now: number): Promise<void> {
  const db = await database();
  for (const key of (await db?.getAll('keys')) ?? []) {
    if (now - key.madeAt > keptFor) await db?.delete('keys', key.thumbprint);
  }
}
