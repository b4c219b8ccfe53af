import { Fault } from '@latchkey/contract/faults';
import type { ConsoleApi } from '@latchkey/contract/console-api/table';
import type { ClientDetail } from '@latchkey/contract/console-api/models';
import type { ClientAction } from '@latchkey/domain/may';
import type { Handlers } from '@latchkey/wire/mount';
import { sql } from 'drizzle-orm';
import { attempting } from '../../audit/refused.ts';
import type { Context } from '../../context.ts';
import { detailView } from '../../inventory/view.ts';
import type { Parts } from '../../parts.ts';
import { alone } from '../../writing/alone.ts';
import { carryOut } from '../../writing/carry-out.ts';
import { once, type ActKey } from '../../writing/idempotency.ts';
import type { Plan } from '../../writing/intentions.ts';
import { freshHolder, readPresent, settleAs } from '../../writing/reading.ts';
import { reasonFaults, refuseFaults, refuseUnlessMay } from '../../writing/rules.ts';
import { answerNow } from './edit-client.ts';
import { refuseIfChanged } from './if-changed.ts';

type Operations = Handlers<Pick<ConsoleApi, 'clients'>, Context>['clients'];
type Switch = Operations['deactivate'] & Operations['reactivate'] & Operations['restore'];

/** Switches a client to another state: one change upstream, the same in all three cases but for the rule. */
const switching = (
  parts: Parts,
  action: ClientAction,
  recordedAs: (Plan & { kind: 'state' })['action'],
  state: 'active' | 'inactive',
): Switch =>
  attempting(parts, recordedAs, async ({ params, body }, context, attempt) => {
    attempt.reason = body.reason ?? null;

    const act = async (key: ActKey): Promise<ClientDetail> => {
      const present = await readPresent(parts, context, params.clientId).catch((error: unknown) =>
        orWindowOver(parts, action, params.clientId, error),
      );
      const { client, keeping, words } = present;
      const about = { id: client.id, name: client.name };
      attempt.client = about;
      const me = await freshHolder(context);
      refuseUnlessMay(parts, action, client, me, words);
      await refuseIfChanged(parts, { holder: me }, present, body.version);
      refuseFaults(reasonFaults(body.reason));
      const before = { state: client.state, dateToDelete: client.dateToDelete };
      const plan = { kind: 'state', action: recordedAs, before, reason: body.reason ?? null } as const;
      const ask = async () => ({ client: await context.platform.clients.update(client, { state }) });
      const { client: after } = await carryOut(parts, context, { key, client: about, plan, ask });
      return detailView(parts, { holder: me }, words, after, keeping);
    };

    return once<ClientDetail>(parts, context, {
      sent: { params, body },
      act: (key) => alone(parts, params.clientId, () => act(key)),
      settle: (intention) => settleAs(parts, context, intention),
      again: () => answerNow(parts, context, params.clientId),
    });
  });

/**
 * A client whose seven days are over is gone for the Platform; who asks to restore it is told that it was there, whether
 * or not anything has purged it (security D-05, D-06).
 */
async function orWindowOver(
  { db, clock }: Parts,
  action: ClientAction,
  clientId: string,
  error: unknown,
): Promise<never> {
  if (action !== 'restore' || !(error instanceof Fault) || error.code !== 'client.not_found') throw error;
  const now = clock().toISOString();
  const { rows } = await db.execute<{ at: Date | string | null }>(sql`
    SELECT date_to_delete AS at FROM inventory WHERE client_id = ${clientId} AND date_to_delete <= ${now}
    UNION ALL
    SELECT NULL FROM audit_events WHERE client_id = ${clientId} AND action = 'client.deletion_scheduled' AND outcome = 'succeeded'`);
  const [found] = rows;
  if (found === undefined) throw error;
  throw new Fault('client.restore_window_over', found.at === null ? {} : { at: new Date(found.at).toISOString() }, {
    cause: error,
  });
}

/** Switches a client off without an end (product 8.4). */
export const deactivateClient = (parts: Parts): Operations['deactivate'] =>
  switching(parts, 'deactivate', 'client.deactivated', 'inactive');

/** Switches a deactivated client on again. */
export const reactivateClient = (parts: Parts): Operations['reactivate'] =>
  switching(parts, 'reactivate', 'client.reactivated', 'active');

/** Brings a client back that is pending removal, until the last second of its window (product 8.3). */
export const restoreClient = (parts: Parts): Operations['restore'] =>
  switching(parts, 'restore', 'client.restored', 'active');
