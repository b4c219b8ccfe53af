import type { ConsoleApi } from '@latchkey/contract/console-api/table';
import type { Handlers } from '@latchkey/wire/mount';
import { sql } from 'drizzle-orm';
import { auditColumns, eventOf, type AuditRow } from '../../audit/rows.ts';
import type { Context } from '../../context.ts';
import type { Parts } from '../../parts.ts';

/** What happened to a client, as the console recorded it (product 10.3). It outlives the client. */
export const historyHandlers = ({ db }: Parts): Handlers<Pick<ConsoleApi, 'history'>, Context>['history'] => ({
  async ofClient({ params, query: { limit, before } }) {
    // PostgreSQL takes no NUL; and no client has one in its id.
    if (params.clientId.includes('\0')) return { items: [], next: null };
    const { rows } = await db.execute<AuditRow>(sql`SELECT ${auditColumns} FROM audit_events
      WHERE client_id = ${params.clientId} ${before === undefined ? sql`` : sql`AND seq < ${before}`}
      ORDER BY seq DESC LIMIT ${limit + 1}`);
    const items = rows.slice(0, limit).map(eventOf);
    return { items, next: rows.length > limit ? (items.at(-1)?.seq ?? null) : null };
  },
});
