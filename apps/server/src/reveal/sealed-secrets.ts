import { Fault } from '@latchkey/contract/faults';
import type { Reveal, SecretForm, SecretWay } from '@latchkey/contract/console-api/models';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Context } from '../context.ts';
import type { Parts } from '../parts.ts';

/** How long a sealed secret waits, in seconds (product 5.3). */
export const revealLifeSeconds = 900;

/** One way in which a secret left the dialog, in one form. */
export interface WayTaken {
  readonly way: SecretWay;
  readonly form: SecretForm;
}

/** A sealed secret, or what is left of it: a receipt. */
export interface SealedSecret {
  readonly id: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly personId: string;
  readonly sessionRef: string;
  readonly why: Reveal['why'];
  /** Gone as soon as `endedAs` is set. */
  readonly jwe: string | null;
  readonly keyThumbprint: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly previousEndsAt: string | null;
  readonly ways: readonly WayTaken[];
  readonly endedAs: 'acknowledged' | 'expired' | 'never_revealed' | null;
  readonly endedAt: string | null;
  readonly storedWhere: string | null;
}

/** Puts a sealed secret down, in the transaction that records its making. */
export async function putSealed(
  tx: NodePgDatabase,
  sealed: Omit<SealedSecret, 'ways' | 'endedAs' | 'endedAt' | 'storedWhere'>,
): Promise<void> {
  await tx.execute(sql`INSERT INTO sealed_secrets
    (id, client_id, client_name, person_id, session_ref, why, jwe, key_thumbprint, created_at, expires_at, previous_ends_at)
    VALUES (${sealed.id}, ${sealed.clientId}, ${sealed.clientName}, ${sealed.personId}, ${sealed.sessionRef}, ${sealed.why},
      ${sealed.jwe}, ${sealed.keyThumbprint}, ${sealed.createdAt}, ${sealed.expiresAt}, ${sealed.previousEndsAt})`);
}

/** Notes that a secret was made and never reached anybody, since its answer was lost (security K-14). */
export async function noteNeverRevealed(
  tx: NodePgDatabase,
  lost: Pick<SealedSecret, 'id' | 'clientId' | 'clientName' | 'personId' | 'sessionRef' | 'why' | 'createdAt'>,
): Promise<void> {
  await tx.execute(sql`INSERT INTO sealed_secrets
    (id, client_id, client_name, person_id, session_ref, why, created_at, expires_at, ended_at, ended_as)
    VALUES (${lost.id}, ${lost.clientId}, ${lost.clientName}, ${lost.personId}, ${lost.sessionRef}, ${lost.why},
      ${lost.createdAt}, ${lost.createdAt}, ${lost.createdAt}, 'never_revealed') ON CONFLICT (id) DO NOTHING`);
}

/** Empties a sealed secret for good. */
export async function endSealed(
  tx: NodePgDatabase,
  id: string,
  as: 'acknowledged' | 'expired',
  at: Date,
  storedWhere?: string,
): Promise<void> {
  await tx.execute(sql`UPDATE sealed_secrets SET jwe = NULL, ended_as = ${as}, ended_at = ${at.toISOString()},
    stored_where = ${storedWhere ?? null} WHERE id = ${id}`);
}

/** Adds a way; false when this way and form were noted before. The row must be locked. */
export async function addWay(tx: NodePgDatabase, { id, ways }: SealedSecret, taken: WayTaken): Promise<boolean> {
  if (ways.some(({ way, form }) => way === taken.way && form === taken.form)) return false;
  await tx.execute(sql`UPDATE sealed_secrets SET ways = ways || ${JSON.stringify([taken])}::jsonb WHERE id = ${id}`);
  return true;
}

interface Row extends Record<string, unknown> {
  id: string;
  client_id: string;
  client_name: string;
  person_id: string;
  session_ref: string;
  why: Reveal['why'];
  jwe: string | null;
  key_thumbprint: string | null;
  created_at: Date | string;
  expires_at: Date | string;
  previous_ends_at: Date | string | null;
  ways: WayTaken[];
  ended_as: SealedSecret['endedAs'];
  ended_at: Date | string | null;
  stored_where: string | null;
}

const iso = (at: Date | string): string => new Date(at).toISOString();

const sealedOf = (row: Row): SealedSecret => ({
  id: row.id,
  clientId: row.client_id,
  clientName: row.client_name,
  personId: row.person_id,
  sessionRef: row.session_ref,
  why: row.why,
  jwe: row.jwe,
  keyThumbprint: row.key_thumbprint ?? '',
  createdAt: iso(row.created_at),
  expiresAt: iso(row.expires_at),
  previousEndsAt: row.previous_ends_at === null ? null : iso(row.previous_ends_at),
  ways: row.ways,
  endedAs: row.ended_as,
  endedAt: row.ended_at === null ? null : iso(row.ended_at),
  storedWhere: row.stored_where,
});

/** One sealed secret by its id; `lock` keeps others from ending it meanwhile. */
export async function readSealed(db: NodePgDatabase, id: string, { lock = false } = {}): Promise<SealedSecret | null> {
  const { rows } = await db.execute<Row>(
    sql`SELECT * FROM sealed_secrets WHERE id = ${id} ${lock ? sql`FOR UPDATE` : sql``}`,
  );
  return rows[0] === undefined ? null : sealedOf(rows[0]);
}

/** The sealed secrets that wait for a session, oldest first. */
export async function waitingFor(
  db: NodePgDatabase,
  personId: string,
  sessionRef: string,
  now: Date,
): Promise<SealedSecret[]> {
  const { rows } = await db.execute<Row>(sql`SELECT * FROM sealed_secrets WHERE person_id = ${personId}
    AND session_ref = ${sessionRef} AND ended_as IS NULL AND jwe IS NOT NULL AND expires_at > ${now.toISOString()} ORDER BY created_at`);
  return rows.map(sealedOf);
}

/** Sealed secrets whose time is over, locked for this transaction and skipped by others. */
export async function lockExpired(tx: NodePgDatabase, now: Date, limit = 100): Promise<SealedSecret[]> {
  const { rows } = await tx.execute<Row>(sql`SELECT * FROM sealed_secrets WHERE ended_as IS NULL
    AND expires_at <= ${now.toISOString()} ORDER BY expires_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`);
  return rows.map(sealedOf);
}

/**
 * The last secret of a client when nobody is known to have stored it: its way ended without acknowledgement, or it
 * never had one (security K-14). One that still waits for its page is not counted.
 */
export async function unacknowledged(
  db: NodePgDatabase,
  clientId: string,
  now: Date,
): Promise<{ since: string; shown: boolean } | null> {
  const { rows } = await db.execute<Row>(
    sql`SELECT * FROM sealed_secrets WHERE client_id = ${clientId} ORDER BY created_at DESC LIMIT 1`,
  );
  if (rows[0] === undefined) return null;
  const last = sealedOf(rows[0]);
  if (last.endedAs === 'acknowledged' || (last.endedAs === null && now.toISOString() < last.expiresAt)) return null;
  return { since: last.createdAt, shown: last.ways.length > 0 };
}

/** A sealed secret as its page receives it; `null` once there is nothing to open. */
export function revealOf(sealed: SealedSecret): Reveal | null {
  if (sealed.jwe === null) return null;
  const { id, clientId, clientName, why, jwe, keyThumbprint, createdAt, expiresAt, previousEndsAt } = sealed;
  return { id, clientId, clientName, why, sealed: jwe, keyThumbprint, createdAt, expiresAt, previousEndsAt };
}

/** A sealed secret that begins to wait now, for the session that asked for it. */
export const newSealed = (
  now: Date,
  { person, sessionRef }: Pick<Context, 'person' | 'sessionRef'>,
  client: { readonly id: string; readonly name: string },
  made: Pick<SealedSecret, 'id' | 'why' | 'keyThumbprint' | 'previousEndsAt'> & { readonly jwe: string },
) => ({
  clientId: client.id,
  clientName: client.name,
  personId: person.id,
  sessionRef,
  createdAt: now.toISOString(),
  expiresAt: new Date(now.getTime() + revealLifeSeconds * 1000).toISOString(),
  ...made,
});

/**
 * The reveal of an act that was done before, for a repetition in the same session (security K-15).
 *
 * @throws reveal.over when there is nothing to open any more, or never was, or it is for another session
 */
export async function revealAgain(
  { db, clock }: Pick<Parts, 'db' | 'clock'>,
  context: Context,
  clientId: string | null,
  revealId: string | null,
): Promise<Reveal> {
  const sealed = revealId === null ? null : await readSealed(db, revealId);
  const isMine = sealed?.sessionRef === context.sessionRef && sealed.personId === context.person.id;
  const reveal = sealed !== null && isMine && clock().toISOString() < sealed.expiresAt ? revealOf(sealed) : null;
  if (reveal !== null) return reveal;
  throw new Fault('reveal.over', {
    detail: 'This was done, but its secret cannot be shown any more.',
    remedy: 'Open the client and generate a new secret.',
    ...(clientId !== null && { current: { clientId } }),
  });
}
