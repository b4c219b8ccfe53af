import { Fault } from '@latchkey/contract/faults';
import type { ConsoleApi } from '@latchkey/contract/console-api/table';
import { transaction } from '@latchkey/database/transaction';
import { secretStateAt } from '@latchkey/domain/secret';
import type { Handlers } from '@latchkey/wire/mount';
import { append } from '../../audit/append.ts';
import { attempting, type Attempt } from '../../audit/refused.ts';
import { whoOf } from '../../audit/who.ts';
import type { Context } from '../../context.ts';
import type { Parts } from '../../parts.ts';
import { addWay, endSealed, readSealed, revealOf, waitingFor, type SealedSecret } from '../../reveal/sealed-secrets.ts';
import { readPresent } from '../../writing/reading.ts';
import { refuseFaults, secretIn } from '../../writing/rules.ts';
import { textFaults } from '@latchkey/domain/client-settings';
import { maxStoredWhereLength } from '@latchkey/domain/text';
import { generateSecret } from './generate-secret.ts';
import { retireSecret } from './retire-secret.ts';

/** The secrets of a client (product 7.1, 7.2). */
export const secretHandlers = (parts: Parts): Handlers<Pick<ConsoleApi, 'secrets'>, Context>['secrets'] => ({
  async list({ params }, context) {
    const { client } = await readPresent(parts, context, params.clientId);
    const secrets = await context.platform.clients.secrets(client.id);
    const now = parts.clock();
    const items = (secrets ?? []).flatMap(({ usesToday, ...secret }) => {
      const state = secretStateAt(secret, now);
      return state === 'ended' ? [] : [{ ...secret, usesToday, state }];
    });
    return { items, detailed: secrets !== null };
  },
  generate: generateSecret(parts),
  retire: retireSecret(parts),
});

/** Sealed secrets that wait for the page of this session (product 5.3, 5.6). */
export const revealHandlers = (parts: Parts): Handlers<Pick<ConsoleApi, 'reveals'>, Context>['reveals'] => ({
  async list(_input, { person, sessionRef }) {
    const waiting = await waitingFor(parts.db, person.id, sessionRef, parts.clock());
    return waiting.flatMap((sealed) => revealOf(sealed) ?? []);
  },

  note: async ({ params, body }, context) => {
    await transaction(parts.db, async (tx) => {
      const sealed = mine(await readSealed(tx, params.revealId, { lock: true }), context);
      refuseIfOver(sealed, parts.clock());
      if (!(await addWay(tx, sealed, body))) return;
      const about = { client: { id: sealed.clientId, name: sealed.clientName }, at: parts.clock().toISOString() };
      await append(tx, [
        {
          ...whoOf(parts, context),
          ...about,
          action: `secret.${body.way}`,
          outcome: 'succeeded',
          details: { revealId: sealed.id, form: body.form },
        },
      ]);
    });
  },

  acknowledge: attempting(
    parts,
    'secret.acknowledged',
    async ({ params, body: { storedWhere } }, context, attempt: Attempt) => {
      refuseFaults([
        ...textFaults('storedWhere', storedWhere, { max: maxStoredWhereLength }),
        ...secretIn('storedWhere', storedWhere),
      ]);
      return transaction(parts.db, async (tx) => {
        const sealed = mine(await readSealed(tx, params.revealId, { lock: true }), context);
        const client = { id: sealed.clientId, name: sealed.clientName };
        attempt.client = client;
        const now = parts.clock();
        refuseIfOver(sealed, now);
        await endSealed(tx, sealed.id, 'acknowledged', now, storedWhere);
        const details = {
          revealId: sealed.id,
          why: sealed.why,
          storedWhere,
          ways: sealed.ways.map(({ way, form }) => ({ way, form })),
        };
        await append(tx, [
          {
            ...whoOf(parts, context),
            at: now.toISOString(),
            client,
            action: 'secret.acknowledged',
            outcome: 'succeeded',
            details,
          },
        ]);
        const ways = [...new Set(sealed.ways.map(({ way }) => way))];
        return { clientId: client.id, clientName: client.name, acknowledgedAt: now.toISOString(), ways, storedWhere };
      });
    },
  ),
});

/** Only for the person and the session that asked for it (security K-26). @throws reveal.not_found */
function mine(sealed: SealedSecret | null, { person, sessionRef }: Context): SealedSecret {
  if (sealed === null || sealed.personId !== person.id || sealed.sessionRef !== sessionRef)
    throw new Fault('reveal.not_found');
  return sealed;
}

/** @throws reveal.over */
function refuseIfOver({ endedAs, expiresAt, clientName }: SealedSecret, now: Date): void {
  if (endedAs === null && now.toISOString() < expiresAt) return;
  throw new Fault('reveal.over', {
    detail:
      endedAs === 'acknowledged'
        ? `That the secret of “${clientName}” is stored was said before.`
        : `The time to store the secret of “${clientName}” is over.`,
    remedy:
      endedAs === 'acknowledged'
        ? 'There is nothing left to do.'
        : 'If it was not stored, open the client and generate a new secret.',
  });
}
