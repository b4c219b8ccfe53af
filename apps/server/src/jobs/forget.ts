import { sql } from 'drizzle-orm';
import type { Parts } from '../parts.ts';
import { forgetOldKeys } from '../writing/idempotency.ts';

const day = 86_400_000;

/** Deletes what only helped to write: old idempotency keys, and settled intentions after 30 days. */
export async function forgetOldWriting(parts: Pick<Parts, 'db' | 'clock'>): Promise<void> {
  await forgetOldKeys(parts);
  const before = new Date(parts.clock().getTime() - 30 * day).toISOString();
  await parts.db.execute(sql`DELETE FROM intentions WHERE outcome IS NOT NULL AND created_at < ${before}`);
}
