import { sql } from 'drizzle-orm';
import type { AuditEvent } from '@latchkey/domain/audit';
import { auditColumns, eventOf, type AuditRow } from '../audit/rows.ts';
import type { TestConsole } from './start-console.ts';

/** Everything that was recorded, oldest first; of one client, when told. */
export async function auditOf({ console }: TestConsole, clientId?: string): Promise<AuditEvent[]> {
  const { rows } = await console.parts.db.execute<AuditRow>(sql`SELECT ${auditColumns} FROM audit_events
    WHERE ${clientId === undefined ? sql`true` : sql`client_id = ${clientId}`} ORDER BY seq`);
  return rows.map(eventOf);
}

/** The codes of events, for short comparisons: `client.created.succeeded`. */
export const codesOf = (events: readonly AuditEvent[]): string[] =>
  events.map(({ action, outcome }) => `${action}.${outcome}`);
