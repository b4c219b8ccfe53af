import { randomUUID } from 'node:crypto';
import { transaction } from '@latchkey/database/transaction';
import { append } from '../audit/append.ts';
import { consoleItself } from '../audit/who.ts';
import type { Parts } from '../parts.ts';
import { endSealed, lockExpired } from '../reveal/sealed-secrets.ts';

/** Deletes sealed secrets whose 15 minutes are over, each with its record (product 5.3). */
export async function expireReveals({ db, clock }: Pick<Parts, 'db' | 'clock'>): Promise<void> {
  const now = clock();
  const requestId = randomUUID();
  await transaction(db, async (tx) => {
    const expired = await lockExpired(tx, now);
    for (const { id } of expired) await endSealed(tx, id, 'expired', now);
    await append(
      tx,
      expired.map(({ id, clientId, clientName, personId, ways }) => ({
        ...consoleItself(requestId),
        at: now.toISOString(),
        action: 'secret.reveal_expired',
        outcome: 'succeeded',
        client: { id: clientId, name: clientName },
        details: { revealId: id, personId, ways: ways.map(({ way, form }) => ({ way, form })) },
      })),
    );
  });
}
