import type { ClientKeeping, Environment, PersonRef } from '@latchkey/domain/client';
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

/**
 * Takes the owners that the Platform names into the console's keeping, for clients of which nothing is kept yet. From
 * then on the console's word counts, also when it says that nobody owns the client.
 */
export async function keepInitialOwners(
  db: NodePgDatabase,
  clients: readonly { readonly id: string; readonly initialOwner?: PersonRef }[],
  keepings: Map<string, ClientKeeping>,
): Promise<void> {
  const owned = clients.flatMap(({ id, initialOwner: owner }) =>
    owner === undefined || keepings.has(id) ? [] : [{ client_id: id, owner }],
  );
  if (owned.length === 0) return;
  const rows = owned.map(({ client_id, owner: { id, name, email } }) => ({
    client_id,
    owner_id: id,
    owner_name: name,
    owner_email: email ?? null,
  }));
  await db.execute(sql`INSERT INTO client_keeping (client_id, owner_id, owner_name, owner_email, purpose)
    SELECT client_id, owner_id, owner_name, owner_email, ''
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(client_id text, owner_id text, owner_name text, owner_email text)
    ON CONFLICT DO NOTHING`);
  // Somebody may have been quicker with another word.
  const kept = await readKeepings(
    db,
    owned.map(({ client_id }) => client_id),
  );
  for (const [id, keeping] of kept) keepings.set(id, keeping);
}
