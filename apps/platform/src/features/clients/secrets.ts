import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import type { OAuthClientSecret, OAuthClientWithSecret } from '@latchkey/contract/platform-api/models';
import { transaction } from '@latchkey/database/transaction';
import { whyNotEdit, whyNotGenerateSecret } from '@latchkey/domain/may';
import { faultAt } from '@latchkey/domain/refusal';
import { overlapSentences, secretsAfterGenerating, whyNotOverlap, type RotationReason } from '@latchkey/domain/secret';
import { and, desc, eq, sql } from 'drizzle-orm';
import { endTokensOfClient } from '../../authorization-server/end-tokens.ts';
import type { Platform, Store } from '../../context/platform.ts';
import { clients, clientSecrets, secretUses, users } from '../../storage/schema.ts';
import { actorId, holderOf, type Call } from '../shared/call.ts';
import { couldBeId, found } from '../shared/known-id.ts';
import type { Now } from '../shared/now.ts';
import { record } from '../shared/record.ts';
import { offerOf } from './choices.ts';
import { refuse, refuseFaults } from './client-faults.ts';
import { lockClient, type Locked } from './client-row.ts';
import { clientUri, showClient, whoRef } from './client-view.ts';
import { storeNewSecret } from './new-secret.ts';

interface OfClient {
  readonly params: { readonly clientId: string };
}
type SecretRow = typeof clientSecrets.$inferSelect;

/** What a caller says about a new secret; the plain wire has no body. */
interface NewSecret extends OfClient {
  readonly body?:
    | {
        readonly keepPreviousForSeconds?: number | undefined;
        readonly reason?: RotationReason | undefined;
        readonly replaces?: string | undefined;
      }
    | undefined;
}

/** Generates a secret, shows it once, and lets the previous one go on for as long as was asked: without a word, not at all. */
export function newSecret({ db, secrets, extensions }: Platform, clock: Now) {
  return ({ params, body }: NewSecret, call: Call): Promise<OAuthClientWithSecret> =>
    transaction(db, async (tx) => {
      const { reason, replaces, keepPreviousForSeconds = 0 } = (extensions ? body : undefined) ?? {};
      const locked = await lockForSecrets(tx, params.clientId, clock, call, whyNotGenerateSecret);
      const live = await liveSecrets(tx, locked);

      const overlap = whyNotOverlap(reason ?? 'scheduled', keepPreviousForSeconds);
      if (overlap !== null) refuseFaults([faultAt('keepPreviousForSeconds', overlap, overlapSentences[overlap])]);
      const current = live.find(({ dateEnds }) => dateEnds === null);
      if (replaces !== undefined && replaces !== current?.id)
        throw secretConflict('secret.generated_meanwhile', 'Another secret was generated meanwhile.');

      const ends = secretsAfterGenerating(live.map(timesOf), locked.now, keepPreviousForSeconds);
      for (const { id, endsAt } of ends) await endSecret(tx, id, new Date(endsAt), locked.now);
      const createdBy = actorId(call.caller);
      const { now } = locked;
      const secret = await storeNewSecret(tx, secrets, {
        clientId: locked.row.id,
        createdBy,
        now,
        reason: reason ?? null,
      });
      await touch(tx, locked, call, 'secret.generate', {
        keepPreviousForSeconds: String(keepPreviousForSeconds),
        ...(reason && { reason }),
      });

      return { ...(await showClient(tx, locked.row.id, clock, extensions)), secret };
    });
}

/** The secrets that still work, newest first, without their values. */
export function listSecrets({ db }: Platform, clock: Now) {
  return async ({
    params: { clientId },
  }: OfClient): Promise<{ total: number; entities: OAuthClientSecret[]; selfUri: string }> => {
    const client = await showClient(db, clientId, clock, true);
    const now = await clock(db);
    const day = now.toISOString().slice(0, 10);
    const rows = await db
      .select({ secret: clientSecrets, uses: secretUses.uses, isPerson: sql<boolean>`${users.id} IS NOT NULL` })
      .from(clientSecrets)
      .leftJoin(secretUses, and(eq(secretUses.secretId, clientSecrets.id), eq(secretUses.day, day)))
      .leftJoin(users, eq(users.id, clientSecrets.createdBy))
      .where(and(eq(clientSecrets.clientId, client.id), stillLive(now)))
      .orderBy(desc(clientSecrets.dateCreated));
    const entities = rows.map(({ secret, uses, isPerson }) => secretView(secret, uses ?? 0, isPerson));
    return { total: entities.length, entities, selfUri: `${clientUri(client.id)}/secrets` };
  };
}

/** Ends a previous secret before its time. The current one cannot be ended this way, since nothing would be left. */
export function retireSecret({ db }: Platform, clock: Now) {
  return ({ params }: { params: { clientId: string; secretId: string } }, call: Call): Promise<undefined> =>
    transaction(db, async (tx) => {
      const locked = await lockForSecrets(tx, params.clientId, clock, call, whyNotEdit);
      const live = await liveSecrets(tx, locked);

      const secret = found(couldBeId(params.secretId) ? live.find(({ id }) => id === params.secretId) : null);
      if (secret.dateEnds === null)
        throw secretConflict('secret.last_one', 'The current secret cannot be ended; generate a new one.');

      await endSecret(tx, secret.id, locked.now, locked.now);
      await touch(tx, locked, call, 'secret.retire', {});
      return undefined;
    });
}

/** Ends all tokens of a client; with its secret it can get new ones at once. */
export function revokeTokens({ db }: Platform, clock: Now) {
  return ({ params }: OfClient, call: Call): Promise<undefined> =>
    transaction(db, async (tx) => {
      const locked = await lockForSecrets(tx, params.clientId, clock, call, whyNotEdit);
      const tokens = await endTokensOfClient(tx, locked.row.id);
      await touch(tx, locked, call, 'tokens.revoke', { tokens: String(tokens) });
      return undefined;
    });
}

async function lockForSecrets(
  tx: Store,
  clientId: string,
  clock: Now,
  call: Call,
  whyNot: typeof whyNotEdit,
): Promise<Locked> {
  const locked = await lockClient(tx, clientId, clock);
  const surroundings = { now: locked.now, deleteNeedsEdit: false, restore: true };
  const { roleNames } = await offerOf(tx, true);
  refuse(whyNot(locked.client, holderOf(call.caller), surroundings), roleNames);
  return locked;
}

const liveSecrets = (tx: Store, { row, now }: Locked): Promise<SecretRow[]> =>
  tx
    .select()
    .from(clientSecrets)
    .where(and(eq(clientSecrets.clientId, row.id), stillLive(now)));

const stillLive = (now: Date) =>
  sql`(${clientSecrets.dateEnds} IS NULL OR ${clientSecrets.dateEnds} > ${now.toISOString()}::timestamptz)`;

const timesOf = ({ id, dateCreated, dateEnds }: SecretRow) => ({
  id,
  dateCreated: dateCreated.toISOString(),
  endsAt: dateEnds?.toISOString() ?? null,
});

/** What ends now is removed with its hash, so that no clock that goes wrong lets it work again. */
async function endSecret(tx: Store, id: string, endsAt: Date, now: Date): Promise<void> {
  if (endsAt.getTime() > now.getTime())
    await tx.update(clientSecrets).set({ dateEnds: endsAt }).where(eq(clientSecrets.id, id));
  else await tx.delete(clientSecrets).where(eq(clientSecrets.id, id));
}

const secretConflict = (errorCode: string, message: string): PlatformFault =>
  new PlatformFault('conflict', { message, details: [{ errorCode, fieldName: 'secret' }] });

async function touch(
  tx: Store,
  { row, now }: Locked,
  call: Call,
  operation: string,
  context: Record<string, string>,
): Promise<void> {
  await tx
    .update(clients)
    .set({ dateModified: now, modifiedBy: actorId(call.caller) })
    .where(eq(clients.id, row.id));
  await record(tx, call, {
    action: 'Update',
    entityType: 'OAuthClient',
    entityId: row.id,
    entityName: row.name,
    date: now,
    context: { operation, ...context },
  });
}

const secretView = (secret: SecretRow, usesToday: number, isPerson: boolean): OAuthClientSecret => ({
  id: secret.id,
  hint: secret.hint,
  dateCreated: secret.dateCreated.toISOString(),
  ...(secret.createdBy !== null && { createdBy: whoRef(secret.createdBy, isPerson) }),
  ...(secret.dateLastUsed !== null && { dateLastUsed: secret.dateLastUsed.toISOString() }),
  usesToday,
  ...(secret.dateEnds !== null && { dateEnds: secret.dateEnds.toISOString() }),
  ...(secret.reason !== null && { reason: secret.reason }),
});
