import { secretHint } from '@latchkey/domain/secret';
import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import type { SecretHasher } from '../authorization-server/secret-hasher.ts';
import type { clients, clientSecrets } from '../storage/schema.ts';
import { instantOf, type ClientEntry } from './organization-schema.ts';
import type { PeopleOfFile } from './people-of-file.ts';

type Entry = z.output<typeof ClientEntry>;

/** The duration of a client that names none (platform-api 3.7). */
const omittedTokenSeconds = 86_400;

/** A secret of fewer characters has no hint. */
const shortSecret = 16;

/** What the clients of a file are read with. */
export interface ClientFacts {
  readonly now: Date;
  readonly homeDivisionId: string;
  readonly people: PeopleOfFile;
  readonly secrets: SecretHasher;
}

/** The rows of one client of the file; its secret is hashed here and goes no further. */
export function clientRows(
  entry: Entry,
  { now, homeDivisionId, people, secrets }: ClientFacts,
): { client: typeof clients.$inferInsert; secret: typeof clientSecrets.$inferInsert | null } {
  const id = entry.id ?? randomUUID();
  const dateCreated = entry.dateCreated === undefined ? now : instantOf(entry.dateCreated, now);
  // Who is on the way out is inactive; a date at any other client would hide it and let it work on.
  const state = entry.state ?? (entry.dateToDelete == null ? 'active' : 'inactive');
  const createdBy = entry.createdBy === undefined ? null : people.idOf(entry.createdBy.id);
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
    state,
    dateToDelete: entry.dateToDelete == null || state !== 'inactive' ? null : instantOf(entry.dateToDelete, now),
    dateCreated,
    createdBy,
    dateModified: entry.dateModified === undefined ? dateCreated : instantOf(entry.dateModified, now),
    modifiedBy: entry.modifiedBy === undefined ? createdBy : people.idOf(entry.modifiedBy.id),
    dateLastUsed: entry.dateLastUsed == null ? null : instantOf(entry.dateLastUsed, now),
    owner: ownerOf(entry.owner, people),
  };
  if (entry.secret === undefined) return { client, secret: null };
  const secret = {
    id: randomUUID(),
    clientId: id,
    hash: secrets.hash(id, entry.secret),
    // Of a short secret the last four characters would be too much.
    hint: entry.secret.length < shortSecret ? '' : secretHint(entry.secret),
    dateCreated: entry.dateSecretCreated === undefined ? dateCreated : instantOf(entry.dateSecretCreated, now),
    createdBy,
  };
  return { client, secret };
}

/** The owner with id and name where there is one to be found; whatever else the file says of it is kept. */
function ownerOf(owner: Entry['owner'], people: PeopleOfFile): Record<string, unknown> | null {
  if (owner === undefined || owner === '') return null;
  if (typeof owner === 'string') {
    const person = people.find(owner);
    return person === undefined ? { id: owner, name: owner } : { id: person.id, name: person.name };
  }
  const called = [owner['id'], owner['email'], owner['name']].find((text) => typeof text === 'string' && text !== '');
  if (typeof called !== 'string') return owner;
  const person = people.find(called);
  return { name: called, ...owner, id: person?.id ?? called, ...(person && { name: person.name }) };
}
