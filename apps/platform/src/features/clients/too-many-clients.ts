import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import { sql } from 'drizzle-orm';
import type { Store } from '../../context/platform.ts';
import { clients } from '../../storage/schema.ts';
import { clientLimit, limitOf } from '../shared/limits.ts';

/** Refuses a new client when the organization has as many as it may. */
export async function refuseTooManyClients(tx: Store): Promise<void> {
  const limit = await limitOf(tx, clientLimit);
  const counted = await tx.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM (SELECT 1 FROM ${clients} WHERE NOT ${clients.builtIn} LIMIT ${limit}) AS counted`,
  );
  if ((counted.rows[0]?.n ?? 0) < limit) return;
  throw new PlatformFault('auth.too.many.clients', {
    message: `The organization has reached its limit of ${limit} clients.`,
    limit: { ...clientLimit, value: limit },
  });
}
