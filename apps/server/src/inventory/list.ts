import { canonicalJson } from '@latchkey/domain/canonical-json';
import type { ClientKeeping, Instant } from '@latchkey/domain/client';
import {
  nobody,
  rotationSoonDays,
  type ClientFilter,
  type ClientSort,
  type RotationDue,
  type SortOrder,
} from '@latchkey/domain/client-list';
import { oldSecretDays, unusedDays } from '@latchkey/domain/findings';
import { rotationDays } from '@latchkey/domain/secret';
import { sql, type SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Keys } from '../keys.ts';
import type { PlatformClient } from '../platform/door.ts';
import { cursorOf, placeOf, type Place } from './cursor.ts';
import { fold } from './fold.ts';
import { nothingKept, readKeepings } from './keeping.ts';
import { grades } from './row.ts';

/** What is asked of the list. */
export interface ListQuery {
  readonly filter: ClientFilter;
  readonly sort: ClientSort;
  readonly order: SortOrder;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What the list needs to know besides. */
export interface ListFacts {
  readonly now: Date;
  readonly personId: string;
  readonly keys: Keys;
  /** Whether the Platform tells when a client was last used. */
  readonly usageKnown: boolean;
}

/** A page of the list, with all counts exact. */
export interface ListPage {
  readonly items: readonly { readonly client: PlatformClient; readonly keeping: ClientKeeping }[];
  readonly total: number;
  readonly inventory: number;
  readonly next: string | null;
}

/** Searches, filters, sorts and pages the read model (product 3.2). Every page begins where the one before ended, whatever changed meanwhile. */
export async function listClients(db: NodePgDatabase, query: ListQuery, facts: ListFacts): Promise<ListPage> {
  const bound = canonicalJson({ person: facts.personId, filter: query.filter, sort: query.sort, order: query.order });
  const place = query.cursor === undefined ? null : placeOf(facts.keys, query.cursor, bound);
  // What comes with time is judged as of the first page, or clients would move between the pages.
  const at = place?.at ?? facts.now.toISOString();
  const grade = gradeAt(at, facts.usageKnown);
  const where = whereOf(query.filter, at, grade);
  const { value, type } = query.sort === 'findings' ? { value: grade, type: 'smallint' } : sortable[query.sort];
  const descending = query.order === 'desc';
  const direction = descending ? sql`DESC` : sql`ASC`;
  const [page, counted] = await Promise.all([
    db.execute<{
      client: PlatformClient;
      client_id: string;
      value: string;
    }>(sql`SELECT client, client_id, (${value})::text AS value
      FROM inventory WHERE ${sql.join([...where, ...after(place, value, type, descending)], sql` AND `)}
      ORDER BY ${value} ${direction}, client_id ${direction} LIMIT ${query.limit + 1}`),
    count(db, where),
  ]);
  const rows = page.rows.slice(0, query.limit);
  const last = page.rows.length > query.limit ? rows.at(-1) : undefined;
  const keepings = await readKeepings(
    db,
    rows.map(({ client_id }) => client_id),
  );
  return {
    items: rows.map(({ client, client_id }) => ({ client, keeping: keepings.get(client_id) ?? nothingKept })),
    ...counted,
    next: last === undefined ? null : cursorOf(facts.keys, { value: last.value, id: last.client_id, at }, bound),
  };
}

const present = sql`removed_at IS NULL`;

async function count(db: NodePgDatabase, where: readonly SQL[]): Promise<{ total: number; inventory: number }> {
  const inventory = sql`(SELECT count(*) FROM inventory WHERE ${present})`;
  const total =
    where.length === 1 ? inventory : sql`(SELECT count(*) FROM inventory WHERE ${sql.join([...where], sql` AND `)})`;
  const { rows } = await db.execute<{ total: string; inventory: string }>(
    sql`SELECT ${total} AS total, ${inventory} AS inventory`,
  );
  return { total: Number(rows[0]?.total), inventory: Number(rows[0]?.inventory) };
}

/** What each column sorts by; written as its index is. An absent instant comes before all others. */
const textual = (column: string) => ({ value: sql.raw(column), type: 'text' });
const dated = (column: string) => ({ value: sql.raw(`coalesce(${column}, '-infinity')`), type: 'timestamptz' });
const sortable: Record<Exclude<ClientSort, 'findings'>, { value: SQL; type: string }> = {
  name: textual('name_key'),
  description: textual('description_key'),
  id: textual('client_id'),
  grantTypes: textual('grant_types_key'),
  state: textual('state'),
  roles: textual('roles_key'),
  divisions: textual('divisions_key'),
  scopes: textual('scopes_key'),
  redirectUris: textual('redirect_uris_key'),
  owner: textual('owner_key'),
  environment: textual('environment_key'),
  dateCreated: { value: sql.raw('date_created'), type: 'timestamptz' },
  createdBy: textual('created_by_key'),
  dateModified: dated('date_modified'),
  modifiedBy: textual('modified_by_key'),
  dateLastUsed: dated('date_last_used'),
  secretCreatedAt: dated('secret_created_at'),
  // So many days after the secret was made: the same order.
  nextRotationAt: dated('secret_created_at'),
  dateToDelete: dated('date_to_delete'),
};

const after = (place: Place | null, value: SQL, type: string, descending: boolean): SQL[] => {
  if (place === null) return [];
  const given = type === 'text' ? sql`${place.value}::text COLLATE "C"` : sql`${place.value}::${sql.raw(type)}`;
  return [sql`((${value}), client_id) ${descending ? sql`<` : sql`>`} (${given}, ${place.id})`];
};

/** The grade of a client at an instant: the lasting one, or medium when its secret is old or it is unused (product 11.4). */
function gradeAt(at: string, usageKnown: boolean): SQL {
  const before = (days: number) => sql`${at}::timestamptz - ${`${days} days`}::interval`;
  const old = sql`secret_created_at < ${before(oldSecretDays)}`;
  const unused = usageKnown
    ? sql` OR (state = 'active' AND coalesce(date_last_used, date_created) < ${before(unusedDays)})`
    : sql``;
  return sql`greatest(lasting_grade, CASE WHEN ${old}${unused} THEN ${grades.indexOf('medium')} ELSE 0 END::smallint)`;
}

function whereOf(filter: ClientFilter, at: string, grade: SQL): SQL[] {
  const where: SQL[] = [present];
  for (const word of wordsIn(filter.q)) where.push(sql`search LIKE ${anywhere(word)}`);
  where.push(
    ...contains(sql`name_key`, filter.name),
    ...contains(sql`description_search`, filter.description),
    ...contains(sql`lower(client_id)`, filter.id),
    ...contains(sql`redirect_uris_search`, filter.redirectUri),
  );
  if (filter.states) where.push(among(sql`state`, filter.states));
  if (filter.grantTypes) where.push(sql`grant_types && ${list(filter.grantTypes)}`);
  if (filter.environments) where.push(among(sql`environment`, filter.environments));
  if (filter.roleIds) where.push(sql`role_ids && ${list(filter.roleIds)}`);
  if (filter.divisionIds) where.push(sql`division_ids && ${list(filter.divisionIds)}`);
  if (filter.scopes) where.push(sql`scopes && ${list(filter.scopes)}`);
  if (filter.createdBy) where.push(among(sql`created_by_id`, filter.createdBy));
  if (filter.modifiedBy) where.push(among(sql`modified_by_id`, filter.modifiedBy));
  if (filter.ownerIds) {
    const unowned = filter.ownerIds.includes(nobody) ? sql` OR owner_id IS NULL` : sql``;
    where.push(sql`(${among(sql`owner_id`, filter.ownerIds)}${unowned})`);
  }
  if (filter.createdFrom) where.push(sql`date_created >= ${instant(filter.createdFrom)}`);
  if (filter.createdTo) where.push(sql`date_created < ${instant(filter.createdTo)}`);
  if (filter.modifiedFrom) where.push(sql`date_modified >= ${instant(filter.modifiedFrom)}`);
  if (filter.modifiedTo) where.push(sql`date_modified < ${instant(filter.modifiedTo)}`);
  if (filter.lastTokenFrom) where.push(sql`date_last_used >= ${instant(filter.lastTokenFrom)}`);
  if (filter.lastTokenTo) where.push(sql`(date_last_used < ${instant(filter.lastTokenTo)} OR date_last_used IS NULL)`);
  if (filter.secretOlderThanDays)
    where.push(sql`secret_created_at < ${at}::timestamptz - ${`${filter.secretOlderThanDays} days`}::interval`);
  if (filter.rotations) where.push(sql`${rotationAt(at)} = ANY (${list(filter.rotations)})`);
  if (filter.rotationFrom) where.push(sql`${rotationDue} >= ${instant(filter.rotationFrom)}`);
  if (filter.rotationTo) where.push(sql`${rotationDue} < ${instant(filter.rotationTo)}`);
  if (filter.removalFrom) where.push(sql`date_to_delete >= ${instant(filter.removalFrom)}`);
  if (filter.removalTo) where.push(sql`date_to_delete < ${instant(filter.removalTo)}`);
  if (filter.findings)
    where.push(
      sql`${grade} = ANY (ARRAY[${sql.join(
        filter.findings.map((one) => sql`${grades.indexOf(one)}::smallint`),
        sql`, `,
      )}])`,
    );
  return where;
}

/** As the database takes it: at most so many digits, and nothing before its first year. */
const instant = (at: Instant): SQL => {
  const text = new Date(at).toISOString();
  return sql`${text.startsWith('0000') ? '-infinity' : text}::timestamptz`;
};

/** In hours, so that no zone with its summer time has a say. */
const hours = (days: number): SQL => sql`${`${days * 24} hours`}::interval`;
const rotationDue = sql`(secret_created_at + ${hours(rotationDays)})`;

/** When the next rotation is due, seen from an instant. */
function rotationAt(at: string): SQL {
  const one = (due: RotationDue): SQL => sql`${due}::text`;
  return sql`CASE WHEN secret_created_at IS NULL THEN ${one('none')}
    WHEN ${rotationDue} < ${at}::timestamptz THEN ${one('overdue')}
    WHEN ${rotationDue} < ${at}::timestamptz + ${hours(rotationSoonDays)} THEN ${one('soon')}
    ELSE ${one('later')} END`;
}

const anywhere = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** The text as it was typed stands in a column; what is all searched holds it too, and has the index for it. */
function contains(column: SQL, typed: string | undefined): SQL[] {
  const text = fold(typed ?? '').trim();
  return text === '' ? [] : [sql`search LIKE ${anywhere(text)}`, sql`${column} LIKE ${anywhere(text)}`];
}

/** Each word must be there, in any order and place. */
const wordsIn = (q: string | undefined): string[] =>
  fold(q ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 20);

const storableText = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();
const list = (values: readonly string[]): SQL =>
  values.length === 0
    ? sql`ARRAY[]::text[]`
    : sql`ARRAY[${sql.join(
        values.map((value) => sql`${storableText(value)}`),
        sql`, `,
      )}]::text[]`;
const among = (column: SQL, values: readonly string[]): SQL => sql`${column} = ANY (${list(values)})`;
