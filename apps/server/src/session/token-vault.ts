import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { and, eq, isNull, lt, or } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Fault } from '@latchkey/contract/faults';
import type { Keys } from '../keys.ts';
import type { Parts } from '../parts.ts';
import type { OpenId } from '../sign-in/openid.ts';
import { sessionTokens } from '../storage/session-tables.ts';
import { Tokens } from './tokens.ts';

/** Tokens are renewed so long before they end, in milliseconds, that a call does not outlive them. */
const renewBefore = 15_000;

/** How long one process may take to renew before another may try, in milliseconds; longer than the call can last. */
const leaseLife = 15_000;

const pollEvery = 40;

/** The encrypted tokens of sessions, renewed once however many ask at the same time. */
export interface TokenVault {
  put(db: NodePgDatabase, sessionId: string, tokens: Tokens): Promise<void>;
  /** Removes the tokens of a session and answers them, for revocation. */
  take(db: NodePgDatabase, sessionId: string): Promise<Tokens | null>;
  /**
   * An access token that lasts.
   * @throws session.expired when the Platform will not renew it; platform.unreachable when it could not be asked
   */
  accessToken(sessionId: string): Promise<string>;
}

/** Opens the vault. */
export function openTokenVault(
  { db, keys, clock, log }: Pick<Parts, 'db' | 'keys' | 'clock' | 'log'>,
  openid: OpenId,
): TokenVault {
  const renewing = new Map<string, Promise<string>>();

  const read = async (sessionId: string) => {
    const [row] = await db.select().from(sessionTokens).where(eq(sessionTokens.sessionId, sessionId));
    const tokens = row ? unseal(keys, row.sealed, sessionId) : null;
    if (!row || !tokens) throw new Fault('session.expired');
    return { row, tokens, fresh: clock().getTime() < row.accessEndsAt.getTime() - renewBefore };
  };

  /** Compare and set: one process on one replica holds the lease of a version, all others lose. */
  const lease = async (sessionId: string, version: number): Promise<string | null> => {
    const mine = randomUUID();
    const now = new Date();
    const won = await db
      .update(sessionTokens)
      .set({ lease: mine, leaseUntil: new Date(now.getTime() + leaseLife) })
      .where(
        and(
          eq(sessionTokens.sessionId, sessionId),
          eq(sessionTokens.version, version),
          or(isNull(sessionTokens.lease), lt(sessionTokens.leaseUntil, now)),
        ),
      )
      .returning({ sessionId: sessionTokens.sessionId });
    return won.length > 0 ? mine : null;
  };

  const renewWith = async (sessionId: string, version: number, mine: string, old: Tokens): Promise<string> => {
    const held = and(eq(sessionTokens.sessionId, sessionId), eq(sessionTokens.lease, mine));
    try {
      if (old.refresh === null) throw new Fault('session.expired');
      const renewed = await openid.refresh(old.refresh);
      const tokens = { ...renewed, refresh: renewed.refresh ?? old.refresh };
      const sealed = seal(keys, tokens, sessionId);
      await db
        .update(sessionTokens)
        .set({ sealed, accessEndsAt: tokens.accessEndsAt, version: version + 1, lease: null, leaseUntil: null })
        .where(held);
      return tokens.access;
    } catch (error) {
      await db
        .update(sessionTokens)
        .set({ lease: null, leaseUntil: null })
        .where(held)
        .catch((failure: unknown) => log.warn({ err: failure }, 'A lease on tokens could not be given back'));
      throw error;
    }
  };

  const renew = async (sessionId: string): Promise<string> => {
    const deadline = Date.now() + leaseLife * 2;
    do {
      const { row, tokens, fresh } = await read(sessionId);
      if (fresh) return tokens.access;
      const mine = await lease(sessionId, row.version);
      if (mine !== null) return await renewWith(sessionId, row.version, mine, tokens);
      await pause(pollEvery);
    } while (Date.now() < deadline);
    throw new Fault('platform.unreachable');
  };

  return {
    async put(tx, sessionId, tokens) {
      await tx
        .insert(sessionTokens)
        .values({ sessionId, sealed: seal(keys, tokens, sessionId), accessEndsAt: tokens.accessEndsAt });
    },
    async take(tx, sessionId) {
      const [row] = await tx.delete(sessionTokens).where(eq(sessionTokens.sessionId, sessionId)).returning();
      return row ? unseal(keys, row.sealed, sessionId) : null;
    },
    async accessToken(sessionId) {
      const { tokens, fresh } = await read(sessionId);
      if (fresh) return tokens.access;
      // One renewal per process and session, so that twenty parallel calls do not poll twenty times.
      const under = renewing.get(sessionId) ?? renew(sessionId).finally(() => renewing.delete(sessionId));
      renewing.set(sessionId, under);
      return await under;
    },
  };
}

const seal = (keys: Keys, tokens: Tokens, sessionId: string): string =>
  keys.seal('tokens-at-rest', JSON.stringify(tokens), `session ${sessionId}`);

function unseal(keys: Keys, sealed: string, sessionId: string): Tokens | null {
  const plain = keys.open('tokens-at-rest', sealed, `session ${sessionId}`);
  return plain === null ? null : Tokens.parse(JSON.parse(plain));
}
