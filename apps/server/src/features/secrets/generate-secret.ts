import { randomUUID } from 'node:crypto';
import { Fault } from '@latchkey/contract/faults';
import type { ConsoleApi } from '@latchkey/contract/console-api/table';
import { faultAt } from '@latchkey/domain/refusal';
import { overlapFor, overlapSentences, whyNotOverlap, type RotationReason } from '@latchkey/domain/secret';
import type { Handlers } from '@latchkey/wire/mount';
import { attempting } from '../../audit/refused.ts';
import type { Context } from '../../context.ts';
import type { Parts } from '../../parts.ts';
import { sealTo } from '../../reveal/seal.ts';
import { newSealed, revealAgain, revealOf } from '../../reveal/sealed-secrets.ts';
import { alone } from '../../writing/alone.ts';
import { carryOut } from '../../writing/carry-out.ts';
import { once, type ActKey } from '../../writing/idempotency.ts';
import { freshHolder, readPresent, refuseNoClientId, settleAs } from '../../writing/reading.ts';
import { refuseFaults, refuseUnlessMay } from '../../writing/rules.ts';

type Operation = Handlers<Pick<ConsoleApi, 'secrets'>, Context>['secrets']['generate'];

/** Generates a new secret once, and hands it over sealed (product 7.1, 5.3). */
export const generateSecret = (parts: Parts): Operation =>
  attempting(parts, 'secret.generated', async ({ params, body }, context, attempt) => {
    attempt.reason = body.reason;
    const seal = await sealTo(body.revealKey);

    const act = async (key: ActKey, seen: string | null) => {
      await parts.limits.generate.take(context.person.id);
      const { client, words } = await readPresent(parts, context, params.clientId);
      attempt.client = { id: client.id, name: client.name };
      refuseUnlessMay(parts, 'generateSecret', client, await freshHolder(context), words);
      const keepPreviousForSeconds = overlapOf(parts, body.reason, body.keepPreviousForSeconds);
      const replaces = await currentSecretId(context, client.id);
      if (replaces !== seen)
        throw new Fault('secret.generated_meanwhile', {
          remedy: 'Look at the secrets as they are now, and generate another only if you still need one.',
        });
      const hasPrevious = keepPreviousForSeconds > 0 && (replaces !== null || client.secretCreatedAt !== null);
      const ends = (from: number) =>
        hasPrevious ? new Date(from + keepPreviousForSeconds * 1000).toISOString() : null;

      const ask = async () => {
        const how = { reason: body.reason, keepPreviousForSeconds, ...(replaces !== null && { replaces }) };
        const { client: after, secret } = await context.platform.clients.newSecret(client.id, how);
        const jwe = await seal.close(secret);
        const previousEndsAt = ends(Date.parse(after.secretCreatedAt ?? parts.clock().toISOString()));
        const made = {
          id: randomUUID(),
          why: 'generated',
          jwe,
          keyThumbprint: seal.keyThumbprint,
          previousEndsAt,
        } as const;
        return { client: after, sealed: newSealed(parts.clock(), context, after, made) };
      };

      const plan = {
        kind: 'generate',
        reason: body.reason,
        keepPreviousForSeconds,
        replaces,
        secretCreatedAt: client.secretCreatedAt,
        previousEndsAt: ends(parts.clock().getTime()),
      } as const;
      const { sealed } = await carryOut(parts, context, { key, client: attempt.client, plan, ask }, (done) => ({
        revealId: done.sealed.id,
      }));
      const reveal = revealOf({ ...sealed, ways: [], endedAs: null, endedAt: null, storedWhere: null });
      if (reveal === null) throw new Error('A fresh secret has nothing to reveal');
      return { reveal };
    };

    return once(parts, context, {
      sent: { params, body },
      async act(key) {
        // Seen before the turn comes: of two who ask at the same moment, the second is told.
        const seen = body.replaces ?? (await currentSecretId(context, params.clientId));
        return alone(parts, params.clientId, () => act(key, seen));
      },
      settle: (intention) => settleAs(parts, context, intention),
      again: async ({ clientId, revealId }) => ({ reveal: await revealAgain(parts, context, clientId, revealId) }),
    });
  });

/** For how long the previous secret still works, where the Platform can keep two. */
function overlapOf({ platform }: Parts, reason: RotationReason, asked: number | undefined): number {
  const refusal = asked === undefined ? null : whyNotOverlap(reason, asked);
  if (refusal !== null) refuseFaults([faultAt('keepPreviousForSeconds', refusal, overlapSentences[refusal])]);
  return platform.capabilities.overlappingSecrets ? overlapFor(reason, asked) : 0;
}

/**
 * The secret that is replaced; always named to the Platform, so that of two who generate at the same moment one is
 * refused (security K-16).
 */
async function currentSecretId({ platform }: Context, clientId: string): Promise<string | null> {
  refuseNoClientId(clientId);
  const secrets = await platform.clients.secrets(clientId);
  return secrets?.find(({ endsAt }) => endsAt === null)?.id ?? null;
}
