import { randomUUID } from 'node:crypto';
import { Fault } from '@latchkey/contract/faults';
import type { ConsoleApi } from '@latchkey/contract/console-api/table';
import type { ClientSettings } from '@latchkey/domain/client';
import type { Handlers } from '@latchkey/wire/mount';
import { attempting } from '../../audit/refused.ts';
import type { Context } from '../../context.ts';
import { readKeeping } from '../../inventory/keeping.ts';
import { detailView, settingsOf } from '../../inventory/view.ts';
import { wordsOf } from '../../inventory/words.ts';
import type { Parts } from '../../parts.ts';
import { sealTo } from '../../reveal/seal.ts';
import { newSealed, revealAgain, revealOf } from '../../reveal/sealed-secrets.ts';
import { carryOut } from '../../writing/carry-out.ts';
import { once, type ActKey } from '../../writing/idempotency.ts';
import { freshHolder, settleAs } from '../../writing/reading.ts';
import { judgeKeeping, judgeSettings, refuseFaults, refuseForeignRoles } from '../../writing/rules.ts';

type Operation = Handlers<Pick<ConsoleApi, 'clients'>, Context>['clients']['create'];

/** Creates a client once, and hands its secret over sealed (product 4, 5.3). */
export const createClient = (parts: Parts): Operation =>
  attempting(parts, 'client.created', async ({ body }, context, attempt) => {
    const { client: form, revealKey } = body;
    const seal = await sealTo(revealKey);

    const act = async (key: ActKey) => {
      await parts.limits.create.take(context.person.id);
      const settings = settingsOf(form);
      const [me, words] = [await freshHolder(context), await wordsOf(parts.platform, context)];
      if (!me.permissions.has('oauth:client:add'))
        throw new Fault('permission.missing', { permissions: ['oauth:client:add'] });
      refuseForeignRoles(me, settings, words);
      const { keeping, faults } = await judgeKeeping(context, form);
      refuseFaults([...(await judgeSettings(parts, context, settings, words)), ...faults]);
      const { client, sealed } = await carryOut(
        parts,
        context,
        { key, client: null, plan: { kind: 'create', settings, keeping }, ask: () => ask(settings) },
        (done) => ({ revealId: done.sealed.id }),
      );
      attempt.client = { id: client.id, name: client.name };
      const reveal = revealOf({ ...sealed, ways: [], endedAs: null, endedAt: null, storedWhere: null });
      if (reveal === null) throw new Error('A fresh secret has nothing to reveal');
      return { client: await detailView(parts, { holder: me }, words, client, keeping), reveal };
    };

    const ask = async (settings: ClientSettings) => {
      const { client, secret } = await context.platform.clients.create(settings);
      const jwe = await seal.close(secret);
      return {
        client,
        sealed: newSealed(parts.clock(), context, client, {
          id: randomUUID(),
          why: 'created',
          jwe,
          keyThumbprint: seal.keyThumbprint,
          previousEndsAt: null,
        }),
      };
    };

    return once(parts, context, {
      sent: body,
      act,
      settle: (intention) => settleAs(parts, context, intention),
      async again({ clientId, revealId }) {
        const reveal = await revealAgain(parts, context, clientId, revealId);
        const [client, words] = [
          await context.platform.clients.read(reveal.clientId),
          await wordsOf(parts.platform, context),
        ];
        return {
          client: await detailView(parts, context, words, client, await readKeeping(parts.db, client.id)),
          reveal,
        };
      },
    });
  });
