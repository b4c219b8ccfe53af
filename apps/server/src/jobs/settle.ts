import { randomUUID } from 'node:crypto';
import type { Parts } from '../parts.ts';
import { openIntentions } from '../writing/intentions.ts';
import { settle } from '../writing/settle.ts';

/** An intention without outcome is looked after by the job from this age on, in ms. */
const settleAfterMs = 30_000;

/**
 * Settles what lost answers and killed servers left open, by reading the Platform with the console's own credentials
 * (architecture 5). Any number of replicas may do it at once; each intention is settled once.
 */
export async function settleOpenIntentions(parts: Parts): Promise<void> {
  const open = await openIntentions(parts.db, new Date(parts.clock().getTime() - settleAfterMs));
  for (const intention of open) {
    const correlationId = randomUUID();
    try {
      await settle(parts, parts.platform.asConsole(correlationId), intention, null);
    } catch (error) {
      parts.log.warn({ err: error, correlationId, intention: intention.id }, 'An intention could not be settled yet');
    }
  }
}
