import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { asc, eq, lte } from 'drizzle-orm';
import type { AuditAction, AuditEvent } from '@latchkey/domain/audit';
import { transaction } from '@latchkey/database/transaction';
import { append, type NewEvent } from '../audit/append.ts';
import type { Parts } from '../parts.ts';
import type { OpenId } from '../sign-in/openid.ts';
import { tokenRevocations, type SessionRow } from '../storage/session-tables.ts';
import { livingSessionsOf, markEnded, overdueSessions, sessionRefOf, type EndedWhy } from './registry.ts';
import type { TokenVault } from './token-vault.ts';
import { Tokens } from './tokens.ts';

/** Who ends sessions, and in which request. */
export interface Ending {
  readonly why: EndedWhy;
  readonly requestId: string;
  /** Where the request came from; null when nobody asked. */
  readonly address: string | null;
}

/** Ends sessions: here at once, at the Platform as soon as it answers (security S-17, S-19). */
export interface SessionEnder {
  /** Ends sessions and answers how many this call ended, and whether the Platform confirmed. */
  end(ids: readonly string[], ending: Ending): Promise<{ ended: number; revoked: boolean }>;
  /** All living sessions of a person. */
  endAllOf(personId: string, ending: Ending): Promise<{ ended: number; revoked: boolean }>;
  /** Ends what is over by its limits; one of the regular chores. */
  endOverdue(): Promise<number>;
  /** Tries again what the Platform has not confirmed; one of the regular chores. */
  revokeWaiting(): Promise<void>;
}

/** How long somebody who signs out waits for the Platform's word, in milliseconds. */
const patience = 3_000;

const actionOf: Record<EndedWhy, AuditAction> = {
  'signed-out': 'session.signed_out',
  'signed-out-everywhere': 'session.ended',
  'ended-by-person': 'session.ended',
  'signed-in-again': 'session.ended',
  idle: 'session.expired',
  'too-old': 'session.expired',
  platform: 'session.ended',
};

/** Builds the ender. */
export function sessionEnder(
  { db, keys, clock, log }: Pick<Parts, 'db' | 'keys' | 'clock' | 'log'>,
  vault: TokenVault,
  openid: OpenId,
): SessionEnder {
  const boundTo = (id: string) => `revocation ${id}`;

  /** The end, the order to revoke and the record are kept together. */
  const endOne = async (
    tx: NodePgDatabase,
    id: string,
    ending: Ending,
    events: NewEvent[],
  ): Promise<string | null | undefined> => {
    const now = clock();
    const session = await markEnded(tx, id, ending.why, now);
    if (session === null) return undefined;
    const tokens = await vault.take(tx, id);
    events.push(endedEvent(session, ending, now));
    if (tokens === null) return null;
    const order = randomUUID();
    const sealed = keys.seal('tokens-at-rest', JSON.stringify(tokens), boundTo(order));
    await tx
      .insert(tokenRevocations)
      .values({ id: order, sealed, createdAt: now, nextTryAt: new Date(now.getTime() + 20_000) });
    return order;
  };

  const revoke = async (order: string): Promise<boolean> => {
    const [row] = await db.select().from(tokenRevocations).where(eq(tokenRevocations.id, order));
    if (!row) return true;
    const plain = keys.open('tokens-at-rest', row.sealed, boundTo(order));
    try {
      if (plain !== null) {
        const tokens = Tokens.parse(JSON.parse(plain));
        if (tokens.refresh !== null) await openid.revoke(tokens.refresh, 'refresh_token');
        await openid.revoke(tokens.access, 'access_token');
      }
      await db.delete(tokenRevocations).where(eq(tokenRevocations.id, order));
      return true;
    } catch (error) {
      const now = clock();
      // Tokens end by themselves; after a week nothing is left to revoke.
      if (now.getTime() - row.createdAt.getTime() > 7 * 86_400_000)
        await db.delete(tokenRevocations).where(eq(tokenRevocations.id, order));
      const wait = Math.min(30_000 * 2 ** row.tries, 3_600_000);
      await db
        .update(tokenRevocations)
        .set({ tries: row.tries + 1, nextTryAt: new Date(now.getTime() + wait) })
        .where(eq(tokenRevocations.id, order));
      log.warn(
        { err: error, tries: row.tries + 1 },
        'The Platform did not confirm that tokens are revoked; it is tried again',
      );
      return false;
    }
  };

  /** Nobody waits long for a Platform that is silent: the order stands, and is carried out meanwhile or later. */
  const revokeSoon = async (order: string): Promise<boolean> => {
    const done = revoke(order).catch((error: unknown) => {
      log.warn({ err: error }, 'An order to revoke tokens could not be noted; it is tried again');
      return false;
    });
    const late = new AbortController();
    const tooLate = pause(patience, false, { signal: late.signal, ref: false }).catch(() => false);
    return await Promise.race([done, tooLate]).finally(() => late.abort());
  };

  const end = async (ids: readonly string[], ending: Ending, more: readonly NewEvent[] = []) => {
    const orders = await transaction(db, async (tx) => {
      const events: NewEvent[] = [];
      const made: (string | null)[] = [];
      for (const id of ids) {
        const order = await endOne(tx, id, ending, events);
        if (order !== undefined) made.push(order);
      }
      if (events.length + more.length > 0) await append(tx, [...events, ...more]);
      return made;
    });
    const confirmed = await Promise.all(
      orders.map((order) => (order === null ? Promise.resolve(true) : revokeSoon(order))),
    );
    return { ended: orders.length, revoked: confirmed.every(Boolean) };
  };

  return {
    end: (ids, ending) => end(ids, ending),
    async endAllOf(personId, ending) {
      const living = await livingSessionsOf(db, personId, clock());
      const [first] = living;
      const note: NewEvent[] = first
        ? [
            {
              ...endedEvent(first, ending, clock()),
              session: null,
              action: 'sessions.ended_everywhere',
              details: { ended: living.length },
            },
          ]
        : [];
      return await end(
        living.map(({ id }) => id),
        ending,
        note,
      );
    },
    async endOverdue() {
      const now = clock();
      const overdue = await overdueSessions(db, now);
      for (const session of overdue) {
        const why = now >= session.endsAt ? 'too-old' : 'idle';
        await end([session.id], { why, requestId: randomUUID(), address: null });
      }
      return overdue.length;
    },
    async revokeWaiting() {
      const due = await db
        .select({ id: tokenRevocations.id })
        .from(tokenRevocations)
        .where(lte(tokenRevocations.nextTryAt, clock()))
        .orderBy(asc(tokenRevocations.nextTryAt))
        .limit(50);
      for (const { id } of due) if (!(await revoke(id))) return;
    },
  };
}

function endedEvent(session: SessionRow, { why, requestId, address }: Ending, now: Date): NewEvent {
  const byItself = address === null || why === 'idle' || why === 'too-old' || why === 'platform';
  const person: AuditEvent['actor'] = {
    kind: 'person',
    id: session.personId,
    name: session.personName,
    issuer: session.issuer,
  };
  return {
    actor: byItself ? { kind: 'console', id: null, name: null, issuer: null } : person,
    action: actionOf[why],
    at: now.toISOString(),
    outcome: 'succeeded',
    session: sessionRefOf(session.id),
    address,
    reason: why,
    details: { personId: session.personId, personName: session.personName },
    requestId,
  };
}
