import { Fault } from '@latchkey/contract/faults';
import type { Context } from '../../context.ts';
import { detailView, versionOf } from '../../inventory/view.ts';
import type { Parts } from '../../parts.ts';
import type { Present } from '../../writing/reading.ts';

/**
 * Nothing is overwritten unseen (product 6.4): whoever acts names the version that they saw.
 *
 * @throws client.changed with the client as it is now
 */
export async function refuseIfChanged(
  parts: Parts,
  who: Pick<Context, 'holder'>,
  { client, keeping, words }: Present,
  seen: string,
): Promise<void> {
  if (versionOf(client, keeping) === seen) return;
  throw new Fault('client.changed', {
    remedy: 'Compare your change with the client as it is now, and save again.',
    current: await detailView(parts, who, words, client, keeping),
  });
}
