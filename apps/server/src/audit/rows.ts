import type { AuditEvent } from '@latchkey/domain/audit';
import { sql } from 'drizzle-orm';

/** A row of `audit_events` as the driver gives it. */
export interface AuditRow extends Record<string, unknown> {
  seq: string;
  at: Date | string;
  actor: AuditEvent['actor'];
  session: string | null;
  address: string | null;
  action: AuditEvent['action'];
  client_id: string | null;
  client_name: string | null;
  outcome: AuditEvent['outcome'];
  reason: string | null;
  changes: AuditEvent['changes'];
  details: AuditEvent['details'];
  request_id: string;
  previous_hash: string;
  hash: string;
}

/** The columns that make an event. */
export const auditColumns = sql.raw(
  'seq, at, actor, session, address, action, client_id, client_name, outcome, reason, changes, details, request_id, previous_hash, hash',
);

/** The event that a row holds, as it was hashed. */
export const eventOf = (row: AuditRow): AuditEvent => ({
  seq: Number(row.seq),
  at: new Date(row.at).toISOString(),
  actor: row.actor,
  session: row.session,
  address: row.address,
  action: row.action,
  client: row.client_id === null ? null : { id: row.client_id, name: row.client_name ?? '' },
  outcome: row.outcome,
  reason: row.reason,
  changes: row.changes,
  details: row.details,
  requestId: row.request_id,
  previousHash: row.previous_hash,
  hash: row.hash,
});
