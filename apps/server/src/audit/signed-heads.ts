import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { canonicalJson } from '@latchkey/domain/canonical-json';
import type { ChainHead } from '@latchkey/domain/audit-chain';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import * as z from 'zod';
import type { Keys } from '../keys.ts';

/** The end of the chain at a time, signed (Ed25519) over the canonical JSON of all other members (security L-07). */
export const SignedHead = z.object({
  /** How many events there were. */
  seq: z.int().min(0),
  hash: z.string(),
  at: z.iso.datetime(),
  keyId: z.string(),
  /** base64url */
  signature: z.string(),
});
export type SignedHead = z.infer<typeof SignedHead>;

/** What signing needs. */
export interface HeadParts {
  readonly db: NodePgDatabase;
  readonly keys: Keys;
  readonly clock: () => Date;
  /** A file outside the database, one head a line; it should lie where the database's administrator cannot write. */
  readonly anchorFile: string;
}

interface SigningKey {
  readonly keyId: string;
  readonly key: KeyObject;
}

/**
 * Signs the end of the chain and writes it to the database and to the anchor file, so that a later truncation or
 * roll-back is found. Nothing is written when nothing was recorded since the last time.
 */
export async function signHead(parts: HeadParts): Promise<SignedHead | null> {
  const { db } = parts;
  const { rows } = await db.execute<{ seq: string; hash: string; signed: string | null }>(
    sql`SELECT seq, hash, (SELECT max(seq) FROM audit_heads) AS signed FROM audit_chain`,
  );
  const [end] = rows;
  if (end === undefined || Number(end.seq) === 0 || Number(end.signed ?? -1) >= Number(end.seq)) return null;
  const { keyId, key } = await signingKey(parts);
  const unsigned = { seq: Number(end.seq), hash: end.hash, at: parts.clock().toISOString(), keyId };
  const head: SignedHead = {
    ...unsigned,
    signature: sign(null, Buffer.from(canonicalJson(unsigned)), key).toString('base64url'),
  };
  // The file first: a head that is known outside but not inside is found out, the other way round it is not.
  await appendLine(parts.anchorFile, JSON.stringify(head));
  await db.execute(sql`INSERT INTO audit_heads (seq, hash, at, key_id, signature)
    VALUES (${head.seq}, ${head.hash}, ${head.at}, ${head.keyId}, ${head.signature}) ON CONFLICT DO NOTHING`);
  return head;
}

/** Whether a head was signed by one of these public keys, by their ids. */
export function isSigned({ signature, ...unsigned }: SignedHead, trusted: ReadonlyMap<string, KeyObject>): boolean {
  const key = trusted.get(unsigned.keyId);
  return (
    key !== undefined && verify(null, Buffer.from(canonicalJson(unsigned)), key, Buffer.from(signature, 'base64url'))
  );
}

export const headOf = ({ seq, hash }: SignedHead): ChainHead => ({ seq, hash });

/** The newest key that opens with today's secrets; a new one is made when there is none. */
async function signingKey(parts: HeadParts): Promise<SigningKey> {
  const known = await openKeys(parts);
  const [newest] = known;
  if (newest !== undefined) {
    if (parts.keys.all('audit-head').length > 1) await sealAnew(parts, known);
    return newest;
  }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const keyId = keyIdOf(publicKey);
  const sealed = parts.keys.seal('audit-head', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), keyId);
  await parts.db.execute(sql`INSERT INTO audit_keys (key_id, public_key, sealed, created_at)
    VALUES (${keyId}, ${publicPem}, ${sealed}, ${parts.clock().toISOString()})`);
  return { keyId, key: privateKey };
}

/** While an old secret is being replaced: afterwards the keys open without it (security K-24). */
async function sealAnew({ db, keys }: HeadParts, known: readonly SigningKey[]): Promise<void> {
  for (const { keyId, key } of known) {
    const sealed = keys.seal('audit-head', key.export({ type: 'pkcs8', format: 'pem' }).toString(), keyId);
    await db.execute(sql`UPDATE audit_keys SET sealed = ${sealed} WHERE key_id = ${keyId}`);
  }
}

/** Keys whose private half opens with the console's secret: only the console can have made them. Newest first. */
async function openKeys({ db, keys }: Pick<HeadParts, 'db' | 'keys'>): Promise<SigningKey[]> {
  const { rows } = await db.execute<{ key_id: string; sealed: string }>(
    sql`SELECT key_id, sealed FROM audit_keys ORDER BY created_at DESC`,
  );
  return rows.flatMap(({ key_id: keyId, sealed }) => {
    const pem = keys.open('audit-head', sealed, keyId);
    return pem === null ? [] : [{ keyId, key: createPrivateKey(pem) }];
  });
}

/** The public halves of the console's own keys, to verify heads with and to hand out (security L-05). */
export async function publicKeys(parts: Pick<HeadParts, 'db' | 'keys'>): Promise<Map<string, KeyObject>> {
  return new Map((await openKeys(parts)).map(({ keyId, key }) => [keyId, createPublicKey(key)]));
}

/** The name of a public key: the SHA-256 of its DER form, base64url. */
export const keyIdOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('base64url');

async function appendLine(path: string, line: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a', 0o600);
  try {
    await file.appendFile(`${line}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
