import { createHash } from 'node:crypto';
import type { AuditEvent } from '@latchkey/domain/audit';
import { linkHash } from '@latchkey/domain/audit-chain';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { storable } from './storable.ts';

/** An event before it has its place in the chain; the members that are left out are empty, `at` is now. */
export type NewEvent = Pick<AuditEvent, 'actor' | 'action' | 'outcome' | 'requestId'> &
  Partial<Pick<AuditEvent, 'at' | 'session' | 'address' | 'client' | 'reason' | 'changes' | 'details'>>;

/** The hash of the chain: SHA-256 of UTF-8, in lower-case hexadecimal digits. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * Appends events to the chain, inside the caller's transaction, so that the change and its record are kept together or
 * not at all (product 10.2, security L-03). Takes the lock on the end of the chain and holds it until the transaction
 * ends: append last, and never call another system afterwards.
 *
 * @returns the events as they stand in the chain
 */
export async function append(tx: NodePgDatabase, events: readonly NewEvent[]): Promise<AuditEvent[]> {
  if (events.length === 0) return [];
  const { rows } = await tx.execute<{ seq: string; hash: string }>(sql`SELECT seq, hash FROM audit_chain FOR UPDATE`);
  const end = rows[0];
  if (end === undefined) throw new Error('The audit has lost the end of its chain');
  const chained: AuditEvent[] = [];
  let last = { seq: Number(end.seq), hash: end.hash };
  for (const event of events) {
    const link = inFull(event, last);
    const next = { ...link, hash: linkHash(link, sha256) };
    chained.push(next);
    last = next;
  }
  await tx.execute(sql`INSERT INTO audit_events
    (seq, at, actor, session, address, action, client_id, client_name, outcome, reason, changes, details, request_id,
     previous_hash, hash)
    SELECT seq, at, actor, session, address, action, client->>'id', client->>'name', outcome, reason, changes, details,
     "requestId", "previousHash", hash
    FROM jsonb_to_recordset(${JSON.stringify(chained)}::jsonb) AS e(seq bigint, at timestamptz, actor jsonb, session text,
     address text, action text, client jsonb, outcome text, reason text, changes jsonb, details jsonb, "requestId" text,
     "previousHash" text, hash text)`);
  await tx.execute(sql`UPDATE audit_chain SET seq = ${last.seq}, hash = ${last.hash}`);
  return chained;
}

function inFull(event: NewEvent, last: { seq: number; hash: string }): Omit<AuditEvent, 'hash'> {
  const { at = new Date().toISOString(), session = null, address = null, client = null, reason = null } = event;
  const { actor, action, outcome, requestId, changes = [], details = {} } = event;
  const full = storable({ actor, session, address, action, client, outcome, reason, changes, details, requestId });
  return { seq: last.seq + 1, at: new Date(at).toISOString(), ...full, previousHash: last.hash };
}
