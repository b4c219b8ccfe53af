import type { ClientKeeping, Environment } from '@latchkey/domain/client';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';

/** What the console keeps of a client that nobody described yet. */
export const nothingKept: ClientKeeping = { owner: null, purpose: '', environment: null };

interface Row extends Record<string, unknown> {
  client_id: string;
  owner_id: string | null;
  owner_name: string | null;
  owner_email: string | null;
  purpose: string;
  environment: Environment | null;
}

/** Owner, purpose and environment of clients, by id. */
export async function readKeepings(
  db: NodePgDatabase,
  clientIds: readonly string[],
): Promise<Map<string, ClientKeeping>> {
  const { rows } = await db.execute<Row>(sql`SELECT * FROM client_keeping
    WHERE client_id IN (SELECT jsonb_array_elements_text(${JSON.stringify(clientIds)}::jsonb))`);
  return new Map(
    rows.map((row) => [
      row.client_id,
      {
        owner:
          row.owner_id === null
            ? null
            : {
                id: row.owner_id,
                name: row.owner_name ?? row.owner_id,
                ...(row.owner_email !== null && { email: row.owner_email }),
              },
        purpose: row.purpose,
        environment: row.environment,
      },
    ]),
  );
}

/** Those of one client. */
export const readKeeping = async (db: NodePgDatabase, clientId: string): Promise<ClientKeeping> =>
  (await readKeepings(db, [clientId])).get(clientId) ?? nothingKept;

/** Keeps what is said of a client. */
export async function keep(
  tx: NodePgDatabase,
  clientId: string,
  { owner, purpose, environment }: ClientKeeping,
): Promise<void> {
  await tx.execute(sql`INSERT INTO client_keeping (client_id, owner_id, owner_name, owner_email, purpose, environment)
    VALUES (${clientId}, ${owner?.id ?? null}, ${owner?.name ?? null}, ${owner?.email ?? null}, ${purpose}, ${environment})
    ON CONFLICT (client_id) DO UPDATE SET owner_id = excluded.owner_id, owner_name = excluded.owner_name,
      owner_email = excluded.owner_email, purpose = excluded.purpose, environment = excluded.environment`);
}
