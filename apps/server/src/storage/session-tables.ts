import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** The registry of sessions; see `migrations/0001_sessions.sql` for what each table is for. */
export const sessions = pgTable('sessions', {
  id: uuid('id').primaryKey(),
  personId: text('person_id').notNull(),
  personName: text('person_name').notNull(),
  personEmail: text('person_email').notNull(),
  issuer: text('issuer').notNull(),
  startedAt: instant('started_at').notNull(),
  lastActiveAt: instant('last_active_at').notNull(),
  idleSeconds: integer('idle_seconds').notNull(),
  endsAt: instant('ends_at').notNull(),
  address: text('address').notNull(),
  browser: text('browser').notNull(),
  endedAt: instant('ended_at'),
  endedWhy: text('ended_why'),
});
export type SessionRow = typeof sessions.$inferSelect;

/** Encrypted tokens with their lease. */
export const sessionTokens = pgTable('session_tokens', {
  sessionId: uuid('session_id').primaryKey(),
  sealed: text('sealed').notNull(),
  accessEndsAt: instant('access_ends_at').notNull(),
  version: integer('version').notNull().default(1),
  lease: uuid('lease'),
  leaseUntil: instant('lease_until'),
});

/** Sign-ins under way. */
export const signIns = pgTable('sign_ins', {
  stateHash: text('state_hash').primaryKey(),
  browserHash: text('browser_hash').notNull(),
  sealed: text('sealed').notNull(),
  expiresAt: instant('expires_at').notNull(),
});

/** Revocations that the Platform has not answered yet. */
export const tokenRevocations = pgTable('token_revocations', {
  id: uuid('id').primaryKey(),
  sealed: text('sealed').notNull(),
  createdAt: instant('created_at').notNull(),
  nextTryAt: instant('next_try_at').notNull(),
  tries: integer('tries').notNull().default(0),
});
