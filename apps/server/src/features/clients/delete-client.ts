import { Fault } from '@latchkey/contract/faults';
import type { ConsoleApi } from '@latchkey/contract/console-api/table';
import { deletionMeaning, type DeletionMeaning } from '@latchkey/domain/deletion';
import type { Handlers } from '@latchkey/wire/mount';
import { attempting } from '../../audit/refused.ts';
import type { Context } from '../../context.ts';
import { detailView } from '../../inventory/view.ts';
import type { Parts } from '../../parts.ts';
import type { PlatformClient } from '../../platform/door.ts';
import { alone } from '../../writing/alone.ts';
import { carryOut, HalfDeleted } from '../../writing/carry-out.ts';
import { once, type ActKey } from '../../writing/idempotency.ts';
import { freshHolder, readPresent, settleAs, type Present } from '../../writing/reading.ts';
import { reasonFaults, refuseFaults, refuseUnlessMay } from '../../writing/rules.ts';
import { refuseIfChanged } from './if-changed.ts';

type Operation = Handlers<Pick<ConsoleApi, 'clients'>, Context>['clients']['delete'];
type Answer = Awaited<ReturnType<Operation>>;

/** Deletes a client, in the meaning that the dialog named and no other (product 8.1, security D-01, D-03). */
export const deleteClient = (parts: Parts): Operation =>
  attempting(parts, 'client.deleted', async ({ params, body }, context, attempt) => {
    attempt.reason = body.reason ?? null;

    const act = async (key: ActKey): Promise<Answer> => {
      await parts.limits.remove.take(context.person.id);
      const present = await readPresent(parts, context, params.clientId);
      const { client, keeping, words } = present;
      attempt.client = { id: client.id, name: client.name };
      const me = await freshHolder(context);
      refuseUnlessMay(parts, 'delete', client, me, words);
      await refuseIfChanged(parts, { holder: me }, present, body.version);
      refuseFaults(reasonFaults(body.reason));
      await refuseOtherMeaning(parts, me, present, body);
      const before = { state: client.state, dateToDelete: client.dateToDelete };
      const plan = { kind: 'delete', meaning: body.meaning, before, reason: body.reason ?? null } as const;
      const { client: after } = await carryOut(
        parts,
        context,
        { key, client: { id: client.id, name: client.name }, plan, ask: () => ask(client) },
        (done) => ({ answer: meaningOf(done.client) }),
      );
      return {
        meaning: meaningOf(after),
        client: after && (await detailView(parts, { holder: me }, words, after, keeping)),
      };
    };

    /** An active client is switched off first: the Platform deletes no other (platform-api 4). */
    const ask = async (client: PlatformClient) => {
      const off =
        client.state === 'active' ? await context.platform.clients.update(client, { state: 'inactive' }) : null;
      try {
        return { client: await context.platform.clients.remove(client.id) };
      } catch (error) {
        const isOutcome = error instanceof Fault && error.code !== 'outcome.unknown';
        throw off !== null && isOutcome ? new HalfDeleted(off, error) : error;
      }
    };

    return once<Answer>(parts, context, {
      sent: { params, body },
      act: (key) => alone(parts, params.clientId, () => act(key)),
      settle: (intention) => settleAs(parts, context, intention),
      async again({ answer }) {
        const meaning = answer === 'final' ? 'final' : 'restorable';
        if (meaning === 'final') return { meaning, client: null };
        const now = await readPresent(parts, context, params.clientId).catch((error: unknown) => {
          if (error instanceof Fault && error.code === 'client.not_found') return null;
          throw error;
        });
        return { meaning, client: now && (await detailView(parts, context, now.words, now.client, now.keeping)) };
      },
    });
  });

const meaningOf = (after: PlatformClient | null): DeletionMeaning => (after === null ? 'final' : 'restorable');

async function refuseOtherMeaning(
  parts: Parts,
  holder: Context['holder'],
  { client, keeping, words }: Present,
  { meaning, confirmName }: { meaning: DeletionMeaning; confirmName?: string | undefined },
): Promise<void> {
  if (deletionMeaning(client, parts.clock()) !== meaning) {
    throw new Fault('deletion.meaning_changed', {
      remedy: 'Read what deleting means now, and confirm again.',
      current: await detailView(parts, { holder }, words, client, keeping),
    });
  }
  if (meaning === 'final' && confirmName !== client.name) {
    throw new Fault('client.name_not_confirmed', {
      remedy: 'Type the name exactly as it stands there, case included.',
    });
  }
}
