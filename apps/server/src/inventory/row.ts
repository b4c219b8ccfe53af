import { createHash } from 'node:crypto';
import type { ClientKeeping } from '@latchkey/domain/client';
import { findingsOf, gradeOf } from '@latchkey/domain/findings';
import { storable } from '../audit/storable.ts';
import type { PlatformClient } from '../platform/door.ts';
import { fold } from './fold.ts';

/** What a row is made with besides the client. */
export interface RowWords {
  readonly roleName: (id: string) => string;
  readonly divisionName: (id: string) => string;
  readonly broadRoleIds: ReadonlySet<string>;
  readonly scopeIds: ReadonlySet<string>;
}

/** The grades in the order of their badness, as `lasting_grade` counts them. */
export const grades = ['none', 'low', 'medium', 'high'] as const;

/** A client as a row of the read model: columns to search, filter and sort by, and the client itself. */
export function inventoryRow(given: PlatformClient, keeping: ClientKeeping, words: RowWords) {
  const client = storable(given);
  const { roleDivisions, scopes, redirectUris } = client;
  const roleNames = sorted(roleDivisions.map(({ roleId }) => words.roleName(roleId)));
  const owner = keeping.owner === null ? '' : `${keeping.owner.name} ${keeping.owner.email ?? ''}`;
  // Time is left out: the grade that comes with time is worked out when it is asked for.
  const lasting = findingsOf(
    { ...client, ...keeping },
    { now: new Date(0), usageKnown: false, broadRoleIds: words.broadRoleIds, scopeIds: words.scopeIds },
  );
  const row = {
    client_id: client.id,
    client,
    name_key: key(client.name),
    description_key: key(client.description),
    grant_types_key: key(sorted(client.grantTypes).join(' ')),
    roles_key: key(roleNames.join(' ')),
    divisions_key: key(sorted(roleDivisions.map(({ divisionId }) => words.divisionName(divisionId))).join(' ')),
    scopes_key: key(sorted(scopes).join(' ')),
    redirect_uris_key: key(sorted(redirectUris).join(' ')),
    owner_key: key(owner),
    environment_key: keeping.environment ?? '',
    created_by_key: key(client.createdBy?.name ?? ''),
    modified_by_key: key(client.modifiedBy?.name ?? ''),
    search: fold(
      [client.name, client.description, client.id, owner, ...redirectUris, ...roleNames, ...scopes].join('\n'),
    ),
    description_search: fold(client.description),
    redirect_uris_search: fold(redirectUris.join('\n')),
    state: client.state,
    grant_types: client.grantTypes,
    role_ids: [...new Set(roleDivisions.map(({ roleId }) => roleId))],
    division_ids: [...new Set(roleDivisions.map(({ divisionId }) => divisionId))],
    scopes,
    owner_id: keeping.owner?.id ?? null,
    environment: keeping.environment,
    created_by_id: client.createdBy?.id ?? null,
    modified_by_id: client.modifiedBy?.id ?? null,
    date_created: client.dateCreated,
    date_modified: client.dateModified,
    date_last_used: client.dateLastUsed,
    secret_created_at: client.secretCreatedAt,
    date_to_delete: client.dateToDelete,
    lasting_grade: grades.indexOf(gradeOf(lasting)),
  };
  return { ...row, hash: createHash('sha256').update(JSON.stringify(row)).digest('base64url') };
}

export type InventoryRow = ReturnType<typeof inventoryRow>;

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();

/** An index entry must stay small; what sorts alike for so long is told apart by the id. */
const key = (text: string): string => fold(text).slice(0, 400);
