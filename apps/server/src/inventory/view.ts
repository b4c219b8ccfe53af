import type { ClientDetail, ClientRow, Refusals } from '@latchkey/contract/console-api/models';
import { canonicalJson } from '@latchkey/domain/canonical-json';
import { allDivisions, type ClientKeeping, type ClientSettings } from '@latchkey/domain/client';
import { deletionMeaning, removalDate, restorableFrom } from '@latchkey/domain/deletion';
import { findingsOf } from '@latchkey/domain/findings';
import type { Holder } from '@latchkey/domain/holder';
import { clientActions, mayOf } from '@latchkey/domain/may';
import type { Refusal } from '@latchkey/domain/refusal';
import { rotationDays } from '@latchkey/domain/secret';
import { sql } from 'drizzle-orm';
import { sha256 } from '../audit/append.ts';
import type { Context } from '../context.ts';
import type { Parts } from '../parts.ts';
import type { PlatformClient } from '../platform/door.ts';
import { unacknowledged } from '../reveal/sealed-secrets.ts';
import { fold } from './fold.ts';
import { choicesOf, type Words } from './words.ts';

/** Settings alone, whatever else an object holds. */
export const settingsOf = ({
  name,
  description,
  grantTypes,
  roleDivisions,
  scopes,
  redirectUris,
  accessTokenValiditySeconds,
}: ClientSettings): ClientSettings => ({
  name,
  description,
  grantTypes,
  roleDivisions,
  scopes,
  redirectUris,
  accessTokenValiditySeconds,
});

/** What only the console keeps, alone. */
export const keepingOf = ({ owner, purpose, environment }: ClientKeeping): ClientKeeping => ({
  owner,
  purpose,
  environment,
});

/**
 * The version of a client's content: whoever changes it names the one they saw, since the Platform has no ETag
 * (architecture 5). Names of people are left out, as they change without anybody changing the client.
 */
export const versionOf = (client: PlatformClient, keeping: ClientKeeping): string =>
  sha256(
    canonicalJson({
      ...settingsOf(client),
      ...keepingOf(keeping),
      owner: keeping.owner?.id ?? null,
      state: client.state,
      dateToDelete: client.dateToDelete,
    }),
  );

/** A client as one row of the inventory, for one reader. */
export function rowView(
  parts: Parts,
  holder: Holder,
  words: Words,
  client: PlatformClient,
  keeping: ClientKeeping,
  { rulesOfToday = false } = {},
): ClientRow {
  const now = parts.clock();
  const { capabilities } = parts.platform;
  const { allowedIpRanges: _ranges, secretCreatedAt, ...plain } = client;
  const due =
    secretCreatedAt === null ? null : new Date(Date.parse(secretCreatedAt) + rotationDays * 86_400_000).toISOString();
  const findings = findingsOf(
    { ...client, ...keeping },
    {
      now,
      secretCreatedAt,
      broadRoleIds: words.broadRoleIds,
      scopeIds: words.scopeIds,
      usageKnown: capabilities.usageBySecret,
    },
  );
  const refusals = mayOf(client, holder, {
    now,
    deleteNeedsEdit: capabilities.deleteNeedsEdit,
    restore: capabilities.restore,
    ...(rulesOfToday && { choices: choicesOf(words, parts.platform) }),
  });
  return {
    ...plain,
    ...keepingOf(keeping),
    roles: client.roleDivisions.map(({ roleId, divisionId }) => ({
      roleId,
      roleName: words.roleNames.get(roleId) ?? roleId,
      divisionId,
      divisionName: divisionId === allDivisions ? allDivisions : (words.divisionNames.get(divisionId) ?? divisionId),
    })),
    secretCreatedAt,
    nextRotationAt: due,
    findings,
    refusals: Object.fromEntries(
      clientActions.flatMap((action) => {
        const refusal = refusals[action];
        return refusal === null ? [] : [[action, refusalView(refusal, words)]];
      }),
    ) as Refusals,
  };
}

/** A refusal with names in place of ids. */
export const refusalView = ({ code, permissions, roles, at, faults }: Refusal, words: Words) => ({
  code,
  ...(permissions && { permissions: [...permissions] }),
  ...(roles && { roles: roles.map((id) => words.roleNames.get(id) ?? id) }),
  ...(at !== undefined && { at }),
  ...(faults && { faults: [...faults] }),
});

/** A client in full, for one reader. */
export async function detailView(
  parts: Parts,
  { holder }: Pick<Context, 'holder'>,
  words: Words,
  client: PlatformClient,
  keeping: ClientKeeping,
): Promise<ClientDetail> {
  const now = parts.clock();
  const meaning = deletionMeaning(client, now);
  const [unacknowledgedSecret, alike] = await Promise.all([
    unacknowledged(parts.db, client.id, now),
    parts.db.execute<{ count: string }>(sql`SELECT count(*) FROM inventory
      WHERE removed_at IS NULL AND name_key = ${fold(client.name).slice(0, 400)} AND client_id <> ${client.id}`),
  ]);
  return {
    ...rowView(parts, holder, words, client, keeping, { rulesOfToday: true }),
    version: versionOf(client, keeping),
    deletion: {
      meaning,
      restorableFrom: meaning === 'final' ? restorableFrom(client) : null,
      removedAt: meaning === 'restorable' ? removalDate(now) : null,
    },
    unacknowledgedSecret,
    namesakes: Number(alike.rows[0]?.count),
  };
}
