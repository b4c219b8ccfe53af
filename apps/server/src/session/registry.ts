import { createHash, randomUUID } from 'node:crypto';
import { and, desc, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { sessions, type SessionRow } from '../storage/session-tables.ts';

/** Absolute life of a session in seconds, whatever the activity (security 0.1). */
export const absoluteSeconds = 43_200;

/** Idle limit in seconds at most, where the organization is under HIPAA (product 2.2). */
export const hipaaIdleSeconds = 900;

/** How long the registry remembers an ended session, in seconds: so long can the page be told that it ended. */
const rememberedSeconds = 86_400;

/** Activity closer together than this, in milliseconds, is written once. */
const activityGrain = 1_000;

/** Why a session ended. */
export type EndedWhy =
  | 'signed-out'
  | 'signed-out-everywhere'
  | 'ended-by-person'
  | 'signed-in-again'
  | 'idle'
  | 'too-old'
  | 'platform';

/** What a new session begins with. */
export type NewSession = Pick<
  SessionRow,
  'personId' | 'personName' | 'personEmail' | 'issuer' | 'idleSeconds' | 'address' | 'browser'
>;

/** Begins a session. */
export async function beginSession(db: NodePgDatabase, begun: NewSession, now: Date): Promise<SessionRow> {
  const endsAt = new Date(now.getTime() + absoluteSeconds * 1_000);
  const rows = await db
    .insert(sessions)
    .values({ id: randomUUID(), ...begun, startedAt: now, lastActiveAt: now, endsAt })
    .returning();
  return rows[0] as SessionRow;
}

/** A session, ended or not; null when the registry has forgotten it. */
export async function findSession(db: NodePgDatabase, id: string): Promise<SessionRow | null> {
  const [row] = await db.select().from(sessions).where(eq(sessions.id, id));
  return row ?? null;
}

/** `findSession` for the path of every request: planned once per connection. */
export function sessionFinder(db: NodePgDatabase): (id: string) => Promise<SessionRow | null> {
  const find = db
    .select()
    .from(sessions)
    .where(eq(sessions.id, sql.placeholder('id')))
    .prepare('find_session');
  return async (id) => (await find.execute({ id }))[0] ?? null;
}

/** Why a session is over at this moment although nobody ended it; null while it lives. */
export function whyOver(
  { startedAt, lastActiveAt, idleSeconds, endsAt }: SessionRow,
  now: Date,
): 'idle' | 'too-old' | null {
  if (now >= endsAt) return 'too-old';
  if (now.getTime() >= lastActiveAt.getTime() + idleSeconds * 1_000) return 'idle';
  // A clock that was set back far behind the beginning proves nothing: fail closed (security F-22).
  if (now.getTime() < startedAt.getTime() - absoluteSeconds * 1_000) return 'too-old';
  return null;
}

/** Notes that the person did something. Never moves backwards. */
export async function noteActivity(db: NodePgDatabase, session: SessionRow, now: Date): Promise<SessionRow> {
  if (now.getTime() - session.lastActiveAt.getTime() < activityGrain) return session;
  await db
    .update(sessions)
    .set({ lastActiveAt: now })
    .where(and(eq(sessions.id, session.id), isNull(sessions.endedAt), lt(sessions.lastActiveAt, now)));
  return { ...session, lastActiveAt: now };
}

/** Marks a session as ended; answers it when it was this call that ended it. */
export async function markEnded(db: NodePgDatabase, id: string, why: EndedWhy, now: Date): Promise<SessionRow | null> {
  const [row] = await db
    .update(sessions)
    .set({ endedAt: now, endedWhy: why })
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt)))
    .returning();
  return row ?? null;
}

/** The living sessions of a person, latest activity first. */
export async function livingSessionsOf(db: NodePgDatabase, personId: string, now: Date): Promise<SessionRow[]> {
  const rows = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.personId, personId), isNull(sessions.endedAt)))
    .orderBy(desc(sessions.lastActiveAt))
    .limit(200);
  return rows.filter((row) => whyOver(row, now) === null);
}

/** Sessions that are over by their limits and not marked yet. */
export async function overdueSessions(db: NodePgDatabase, now: Date, limit = 200): Promise<SessionRow[]> {
  return await db
    .select()
    .from(sessions)
    .where(
      and(
        isNull(sessions.endedAt),
        or(
          lt(sessions.endsAt, now),
          sql`${sessions.lastActiveAt} + make_interval(secs => ${sessions.idleSeconds}) <= ${now.toISOString()}::timestamptz`,
        ),
      ),
    )
    .limit(limit);
}

/** Forgets sessions that ended a day ago, and what express-session kept of them. */
export async function forgetEnded(db: NodePgDatabase, now: Date): Promise<void> {
  const before = new Date(now.getTime() - rememberedSeconds * 1_000);
  await db.delete(sessions).where(lt(sessions.endedAt, before));
  await db.execute(sql`DELETE FROM browser_sessions WHERE expire < now()`);
}

/** How the audit and sealed reveals name a session: a hash that opens nothing (security L-02). */
export const sessionRefOf = (id: string): string =>
  createHash('sha256').update(`latchkey session ${id}`).digest('base64url').slice(0, 32);

/** The instants at which a session ends by itself (product 2.2). */
export function endsOf({ lastActiveAt, idleSeconds, endsAt }: SessionRow, now: Date) {
  const idleEndsAt = new Date(Math.min(lastActiveAt.getTime() + idleSeconds * 1_000, endsAt.getTime()));
  return {
    idleSeconds,
    idleEndsAt: idleEndsAt.toISOString(),
    absoluteEndsAt: endsAt.toISOString(),
    now: now.toISOString(),
  };
}
