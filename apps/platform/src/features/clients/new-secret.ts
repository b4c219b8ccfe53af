import { composeSecret, secretHint, secretRandomBytes } from '@latchkey/domain/secret';
import { randomBytes, randomUUID } from 'node:crypto';
import type { SecretHasher } from '../../authorization-server/secret-hasher.ts';
import type { Store } from '../../context/platform.ts';
import { clientSecrets } from '../../storage/schema.ts';

/** Makes the current secret of a client: stores its keyed hash and answers the secret, which is then nowhere else. */
export async function storeNewSecret(
  tx: Store,
  hasher: SecretHasher,
  {
    clientId,
    createdBy,
    now,
    reason = null,
  }: { clientId: string; createdBy: string; now: Date; reason?: string | null },
): Promise<string> {
  const secret = composeSecret(randomBytes(secretRandomBytes));
  await tx.insert(clientSecrets).values({
    id: randomUUID(),
    clientId,
    hash: hasher.hash(clientId, secret),
    hint: secretHint(secret),
    dateCreated: now,
    createdBy,
    reason,
  });
  return secret;
}
