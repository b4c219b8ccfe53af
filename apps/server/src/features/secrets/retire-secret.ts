import { Fault } from '@latchkey/contract/faults';
import type { ConsoleApi } from '@latchkey/contract/console-api/table';
import { secretStateAt } from '@latchkey/domain/secret';
import type { Handlers } from '@latchkey/wire/mount';
import { attempting } from '../../audit/refused.ts';
import type { Context } from '../../context.ts';
import type { Parts } from '../../parts.ts';
import { alone } from '../../writing/alone.ts';
import { carryOut } from '../../writing/carry-out.ts';
import { once, type ActKey } from '../../writing/idempotency.ts';
import { freshHolder, readPresent, settleAs } from '../../writing/reading.ts';
import { refuseUnlessMay } from '../../writing/rules.ts';

type Operation = Handlers<Pick<ConsoleApi, 'secrets'>, Context>['secrets']['retire'];

/** Ends the previous secret now; the last one that works cannot be ended (product 7.2). */
export const retireSecret = (parts: Parts): Operation =>
  attempting(parts, 'secret.retired', async ({ params }, context, attempt) => {
    const act = async (key: ActKey): Promise<undefined> => {
      const { client, words } = await readPresent(parts, context, params.clientId);
      const about = { id: client.id, name: client.name };
      attempt.client = about;
      refuseUnlessMay(parts, 'edit', client, await freshHolder(context), words);
      const secrets = (await context.platform.clients.secrets(client.id)) ?? [];
      const secret = secrets.find(({ id }) => id === params.secretId);
      if (secret === undefined || secretStateAt(secret, parts.clock()) === 'ended') throw new Fault('secret.not_found');
      if (secret.endsAt === null)
        throw new Fault('secret.last_one', {
          remedy: 'Generate a new secret first; this one then becomes the previous one.',
        });
      const plan = { kind: 'retire', secretId: secret.id, hint: secret.hint } as const;
      const ask = async () => {
        await context.platform.clients.retireSecret(client.id, secret.id);
        return { client };
      };
      await carryOut(parts, context, { key, client: about, plan, ask });
      return undefined;
    };
    return once<undefined>(parts, context, {
      sent: { params },
      act: (key) => alone(parts, params.clientId, () => act(key)),
      settle: (intention) => settleAs(parts, context, intention),
      again: async () => undefined,
    });
  });
