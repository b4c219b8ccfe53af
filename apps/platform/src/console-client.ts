import { randomUUID } from 'node:crypto';
import type { Database } from '@latchkey/database/pool';
import { transaction } from '@latchkey/database/transaction';
import { and, eq, ne } from 'drizzle-orm';
import type { SecretHasher } from './authorization-server/secret-hasher.ts';
import type { ConsoleClient } from './config.ts';
import { clients, clientSecrets } from './storage/schema.ts';

/** Life of the console's access tokens in seconds; it refreshes them on its server. */
const tokenSeconds = 1_800;

/**
 * Registers the console's own client as the settings say it, whatever was there before. Every replica with the same
 * settings leaves the same behind.
 */
export async function registerConsoleClient(db: Database, given: ConsoleClient, hasher: SecretHasher): Promise<void> {
  const hash = hasher.hash(given.id, given.secret);
  const facts = {
    name: 'Latchkey console',
    description: 'The console itself. Registered by its settings.',
    grantTypes: ['CODE', 'CLIENT-CREDENTIALS'] as ('CODE' | 'CLIENT-CREDENTIALS')[],
    accessTokenValiditySeconds: tokenSeconds,
    redirectUris: [given.redirectUri],
    state: 'active' as const,
    dateToDelete: null,
    builtIn: true,
  };
  await transaction(db, async (tx) => {
    const [known] = await tx
      .select({ builtIn: clients.builtIn })
      .from(clients)
      .where(eq(clients.id, given.id))
      .for('update');
    if (known?.builtIn === false) throw new Error('CONSOLE_CLIENT_ID is the id of a client of the organization');
    await tx
      .insert(clients)
      .values({ id: given.id, ...facts })
      .onConflictDoUpdate({ target: clients.id, set: facts });
    const secrets = eq(clientSecrets.clientId, given.id);
    await tx.delete(clientSecrets).where(and(secrets, ne(clientSecrets.hash, hash)));
    if ((await tx.$count(clientSecrets, secrets)) === 0) {
      // The last four characters of a secret from the settings are shown to nobody, so they are not kept.
      await tx.insert(clientSecrets).values({ id: randomUUID(), clientId: given.id, hash, hint: '' });
    }
  });
}
