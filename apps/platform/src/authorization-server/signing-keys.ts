import type { Database } from '@latchkey/database/pool';
import { transaction } from '@latchkey/database/transaction';
import { desc, gt, isNull, or, sql } from 'drizzle-orm';
import { calculateJwkThumbprint, CompactEncrypt, compactDecrypt, exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'jose';
import type { Store } from '../context/platform.ts';
import { signingKeys } from '../storage/schema.ts';

/** The algorithms of signatures; one key each. */
const algorithms = ['RS256', 'ES256'] as const;

/** After how many days new keys sign, and for how many days more the old ones are published (security O-13). */
export const keyDays = { sign: 90, publishedAfter: 30 } as const;

const lock = 7_262_001;
const dayMs = 86_400_000;

/**
 * The private keys that sign and those that are still published, newest first, from the database, so that every replica
 * has the same and a restart changes nothing. Generates them when there are none or they are due.
 *
 * @param sealing 32 bytes, derived from the Platform's secret
 * @throws when the keys were sealed under another secret
 */
export async function loadSigningKeys(db: Database, sealing: Uint8Array, now: Date): Promise<JWK[]> {
  const rows = await transaction(db, async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${lock})`);
    await removeOld(tx, now);
    const found = await published(tx, now);
    if (!isDue(found[0]?.dateCreated, now)) return found;
    await retireAll(tx, now);
    for (const alg of algorithms) await tx.insert(signingKeys).values(await newKey(alg, sealing, now));
    return published(tx, now);
  });
  return Promise.all(rows.map(({ sealed }) => open(sealed, sealing)));
}

const isDue = (newest: Date | undefined, now: Date): boolean =>
  newest === undefined || now.getTime() - newest.getTime() >= keyDays.sign * dayMs;

const publishedSince = (now: Date): Date => new Date(now.getTime() - keyDays.publishedAfter * dayMs);

const published = (tx: Store, now: Date) =>
  tx
    .select()
    .from(signingKeys)
    .where(or(isNull(signingKeys.dateRetired), gt(signingKeys.dateRetired, publishedSince(now))))
    .orderBy(desc(signingKeys.dateCreated), signingKeys.kid);

const retireAll = (tx: Store, now: Date) =>
  tx.update(signingKeys).set({ dateRetired: now }).where(isNull(signingKeys.dateRetired));

const removeOld = (tx: Store, now: Date) =>
  tx.delete(signingKeys).where(sql`${signingKeys.dateRetired} <= ${publishedSince(now)}`);

async function newKey(alg: (typeof algorithms)[number], sealing: Uint8Array, now: Date) {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  const sealed = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ ...jwk, kid, alg, use: 'sig' })))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(sealing);
  return { kid, sealed, dateCreated: now };
}

async function open(sealed: string, sealing: Uint8Array): Promise<JWK> {
  try {
    const { plaintext } = await compactDecrypt(sealed, sealing);
    return JSON.parse(new TextDecoder().decode(plaintext)) as JWK;
  } catch (cause) {
    throw new Error('The signing keys in the database were sealed under another PLATFORM_SECRET', { cause });
  }
}
