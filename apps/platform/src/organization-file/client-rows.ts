import { secretHint } from '@latchkey/domain/secret';
import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import type { SecretHasher } from '../authorization-server/secret-hasher.ts';
import type { clients, clientSecrets } from '../storage/schema.ts';
import { instantOf, type ClientEntry } from './organization-schema.ts';

type Entry = z.output<typeof ClientEntry>;

/** The duration of a client that names none (platform-api 3.7). */
const omittedTokenSeconds = 86_400;

/** The rows of one client of the file; its secret is hashed here and goes no further. */
export function clientRows(
  entry: Entry,
  { now, homeDivisionId, secrets }: { now: Date; homeDivisionId: string; secrets: SecretHasher },
): { client: typeof clients.$inferInsert; secret: typeof clientSecrets.$inferInsert | null } {
  const id = entry.id ?? randomUUID();
  const dateCreated = entry.dateCreated === undefined ? now : instantOf(entry.dateCreated, now);
  const createdBy = entry.createdBy?.id ?? null;
  const client = {
    id,
    name: entry.name,
    description: entry.description ?? null,
    grantTypes: [...new Set([entry.authorizedGrantType, ...(entry.authorizedGrantTypes ?? [])])],
    accessTokenValiditySeconds: entry.accessTokenValiditySeconds ?? omittedTokenSeconds,
    redirectUris: entry.registeredRedirectUri ?? [],
    scopes: entry.scope ?? [],
    roleDivisions:
      entry.roleDivisions ?? (entry.roleIds ?? []).map((roleId) => ({ roleId, divisionId: homeDivisionId })),
    allowedIpRanges: entry.allowedIpRanges ?? [],
    state: entry.state ?? 'active',
    dateToDelete: entry.dateToDelete == null ? null : instantOf(entry.dateToDelete, now),
    dateCreated,
    createdBy,
    dateModified: entry.dateModified === undefined ? dateCreated : instantOf(entry.dateModified, now),
    modifiedBy: entry.modifiedBy?.id ?? createdBy,
    dateLastUsed: entry.dateLastUsed == null ? null : instantOf(entry.dateLastUsed, now),
  };
  if (entry.secret === undefined) return { client, secret: null };
  const secret = {
    id: randomUUID(),
    clientId: id,
    hash: secrets.hash(id, entry.secret),
    hint: secretHint(entry.secret),
    dateCreated: entry.dateSecretCreated === undefined ? dateCreated : instantOf(entry.dateSecretCreated, now),
    createdBy,
  };
  return { client, secret };
}
