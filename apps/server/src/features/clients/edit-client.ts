import type { ClientDetail } from '@latchkey/contract/console-api/models';
import type { ConsoleApi } from '@latchkey/contract/console-api/table';
import { transaction } from '@latchkey/database/transaction';
import { eventsOfChanges } from '@latchkey/domain/audit';
import { changesBetween } from '@latchkey/domain/change';
import type { ClientKeeping } from '@latchkey/domain/client';
import type { Handlers } from '@latchkey/wire/mount';
import { append } from '../../audit/append.ts';
import { attempting } from '../../audit/refused.ts';
import { whoOf } from '../../audit/who.ts';
import type { Context } from '../../context.ts';
import { keep } from '../../inventory/keeping.ts';
import { rowWords, takeOver } from '../../inventory/store.ts';
import { detailView, keepingOf, settingsOf } from '../../inventory/view.ts';
import type { Parts } from '../../parts.ts';
import { alone } from '../../writing/alone.ts';
import { carryOut } from '../../writing/carry-out.ts';
import { finish, once, type ActKey } from '../../writing/idempotency.ts';
import { freshHolder, readPresent, settleAs, type Present } from '../../writing/reading.ts';
import {
  judgeKeeping,
  judgeSettings,
  reasonFaults,
  refuseFaults,
  refuseForeignRoles,
  refuseUnlessMay,
} from '../../writing/rules.ts';
import { refuseIfChanged } from './if-changed.ts';

type Operation = Handlers<Pick<ConsoleApi, 'clients'>, Context>['clients']['edit'];

/** Changes a client, from the version that the person saw (product 6, security F-14). */
export const editClient = (parts: Parts): Operation =>
  attempting(parts, 'client.edited', async ({ params, body }, context, attempt) => {
    attempt.reason = body.reason ?? null;

    const act = async (key: ActKey): Promise<ClientDetail> => {
      const present = await readPresent(parts, context, params.clientId);
      const { client, words } = present;
      attempt.client = { id: client.id, name: client.name };
      const me = await freshHolder(context);
      refuseUnlessMay(parts, 'edit', client, me, words);
      const settings = settingsOf(body.client);
      refuseForeignRoles(me, settings, words);
      await refuseIfChanged(parts, { holder: me }, present, body.version);
      const { keeping, faults } = await judgeKeeping(context, body.client, present.keeping);
      refuseFaults([
        ...(await judgeSettings(parts, context, settings, words, settingsOf(client))),
        ...faults,
        ...reasonFaults(body.reason),
      ]);
      const after = await save(present, { ...settings, ...keeping }, key);
      return detailView(parts, { holder: me }, words, after, keeping);
    };

    const save = async (present: Present, after: ReturnType<typeof settingsOf> & ClientKeeping, key: ActKey) => {
      const { client, keeping } = present;
      const before = { ...settingsOf(client), ...keepingOf(keeping) };
      if (changesBetween(settingsOf(client), settingsOf(after)).length === 0 && sameOrder(client, after)) {
        await keepOnly(parts, context, present, after, { reason: body.reason ?? null, key });
        return client;
      }
      const plan = { kind: 'edit', before, after, reason: body.reason ?? null } as const;
      const ask = async () => ({
        client: await context.platform.clients.update(client, { settings: settingsOf(after) }),
      });
      return (await carryOut(parts, context, { key, client: { id: client.id, name: client.name }, plan, ask })).client;
    };

    return once<ClientDetail>(parts, context, {
      sent: { params, body },
      act: (key) => alone(parts, params.clientId, () => act(key)),
      settle: (intention) => settleAs(parts, context, intention),
      again: async () => answerNow(parts, context, params.clientId),
    });
  });

/** The first grant type is the wire's only one, so its place counts (platform-api 2.1). */
const sameOrder = (a: { grantTypes: readonly string[] }, b: { grantTypes: readonly string[] }): boolean =>
  a.grantTypes[0] === b.grantTypes[0];

/** Owner, purpose and environment are the console's own: the Platform is not asked. */
async function keepOnly(
  parts: Parts,
  context: Context,
  { client, keeping, words }: Present,
  after: ClientKeeping,
  { reason, key }: { reason: string | null; key: ActKey },
): Promise<void> {
  const at = parts.clock();
  const events = eventsOfChanges(changesBetween({ ...client, ...keeping }, { ...client, ...keepingOf(after) }));
  const named = await rowWords(parts.db, parts.platform, words);
  await transaction(parts.db, async (tx) => {
    await keep(tx, client.id, after);
    await takeOver(tx, [client], at, named);
    if (key.key !== '') await finish(tx, key, at, { clientId: client.id });
    const frame = {
      ...whoOf(parts, context),
      at: at.toISOString(),
      client: { id: client.id, name: client.name },
      outcome: 'succeeded',
      reason,
    } as const;
    await append(
      tx,
      events.map((event) => ({ ...frame, ...event })),
    );
  });
}

/** The client as it is now, for a repetition of something that was done. */
export async function answerNow(parts: Parts, context: Context, clientId: string): Promise<ClientDetail> {
  const { client, keeping, words } = await readPresent(parts, context, clientId);
  return detailView(parts, context, words, client, keeping);
}
