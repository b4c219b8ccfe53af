import { allDivisions, type ClientKeeping, type ClientSettings, type RoleDivision } from './client.ts';
import { longTokenSeconds } from './findings.ts';
import { needsScopes } from './grant-type.ts';

/** Everything that a person can change about a client, in the console and on the Platform. */
export type Changeable = ClientSettings & Partial<ClientKeeping>;

/** The difference of one field (product 6.3). */
export type Change =
  | {
      readonly field: 'name' | 'description' | 'purpose' | 'environment' | 'owner';
      readonly kind: 'text';
      readonly before: string | null;
      readonly after: string | null;
    }
  | {
      readonly field: 'accessTokenValiditySeconds';
      readonly kind: 'number';
      readonly before: number;
      readonly after: number;
    }
  | {
      readonly field: 'grantTypes' | 'scopes' | 'redirectUris';
      readonly kind: 'set';
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  | {
      readonly field: 'roleDivisions';
      readonly kind: 'set';
      readonly added: readonly RoleDivision[];
      readonly removed: readonly RoleDivision[];
    };

export type ChangeField = Change['field'];

/** One text that is the same for the same role in the same division, and for no other. */
export const roleDivisionKey = ({ roleId, divisionId }: RoleDivision): string => JSON.stringify([roleId, divisionId]);

/** The owner as a difference names them: with the address where it tells namesakes apart. */
const ownerText = (owner: ClientKeeping['owner'] | undefined): string | null => {
  if (!owner) return null;
  return owner.email ? `${owner.name} (${owner.email})` : owner.name;
};

/**
 * What differs between two versions of a client, field by field; empty when nothing does. Lists are sets: their order
 * is no difference. A field that `after` leaves out is not changed.
 */
export function changesBetween(before: Changeable, after: Changeable): Change[] {
  const changes: Change[] = [];
  for (const field of ['name', 'description', 'purpose', 'environment'] as const) {
    const [was, is] = [before[field] ?? null, after[field]];
    if (is !== undefined && is !== was && !(was === null && is === '')) {
      changes.push({ field, kind: 'text', before: was, after: is });
    }
  }
  if (after.owner !== undefined && (before.owner?.id ?? null) !== (after.owner?.id ?? null)) {
    const [was, is] = [ownerText(before.owner), ownerText(after.owner)];
    const namesakes = was === is;
    changes.push({
      field: 'owner',
      kind: 'text',
      before: namesakes ? `${was} (${before.owner?.id})` : was,
      after: namesakes ? `${is} (${after.owner?.id})` : is,
    });
  }
  for (const field of ['grantTypes', 'scopes', 'redirectUris'] as const) {
    const difference = differenceOf<string>(before[field], after[field], (element) => element);
    if (difference !== null) changes.push({ field, kind: 'set', ...difference });
  }
  const roles = differenceOf(before.roleDivisions, after.roleDivisions, roleDivisionKey);
  if (roles !== null) changes.push({ field: 'roleDivisions', kind: 'set', ...roles });
  const [was, is] = [before.accessTokenValiditySeconds, after.accessTokenValiditySeconds];
  if (was !== is) changes.push({ field: 'accessTokenValiditySeconds', kind: 'number', before: was, after: is });
  return changes;
}

function differenceOf<T>(before: readonly T[], after: readonly T[], keyOf: (element: T) => string) {
  const [had, has] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  const added = after.filter((element) => !had.has(keyOf(element)));
  const removed = before.filter((element) => !has.has(keyOf(element)));
  return added.length + removed.length > 0 ? { added, removed } : null;
}

/** What saving will do besides storing the values (product 6.3); the page has the sentence for each code. */
export interface Consequence {
  readonly code:
    | 'users_authorize_again'
    | 'running_tokens_keep_duration'
    | 'access_removed'
    | 'access_added'
    | 'all_divisions_added'
    | 'sign_ins_stop'
    | 'grant_type_removed'
    | 'grant_type_added'
    | 'long_token';
  /** `warning` takes something away or opens something wide. */
  readonly level: 'notice' | 'warning';
  readonly field: ChangeField;
  /** What it is about: scopes, redirect URIs, grant types, or the ids of roles. */
  readonly items?: readonly string[];
}

/** What the changes will do to callers and to the people who sign in. */
export function consequencesOf(changes: readonly Change[], before: Changeable, after: Changeable): Consequence[] {
  const hasUsers = before.grantTypes.some(needsScopes) && after.grantTypes.some(needsScopes);
  return changes.flatMap((change): Consequence[] => {
    const about = (code: Consequence['code'], level: Consequence['level'], items?: readonly string[]): Consequence[] =>
      items?.length === 0 ? [] : [{ code, level, field: change.field, ...(items ? { items } : {}) }];
    switch (change.field) {
      case 'scopes':
        return [
          ...(hasUsers ? about('users_authorize_again', 'notice', change.added) : []),
          ...about('access_added', 'notice', change.added),
          ...about('access_removed', 'warning', change.removed),
        ];
      case 'roleDivisions':
        return [
          ...about('access_added', 'notice', roleIds(change.added)),
          ...about('all_divisions_added', 'warning', roleIds(change.added.filter(isEverywhere))),
          ...about('access_removed', 'warning', roleIds(change.removed)),
        ];
      case 'redirectUris':
        return about('sign_ins_stop', 'warning', change.removed);
      case 'grantTypes':
        return [
          ...about('grant_type_removed', 'warning', change.removed),
          ...about('grant_type_added', 'notice', change.added),
        ];
      case 'accessTokenValiditySeconds':
        return [
          ...about('running_tokens_keep_duration', 'notice'),
          ...(change.after > longTokenSeconds && change.after > change.before ? about('long_token', 'warning') : []),
        ];
      case 'name':
      case 'description':
      case 'environment':
      case 'owner':
      case 'purpose':
        return [];
    }
  });
}

const roleIds = (roles: readonly RoleDivision[]): string[] => [...new Set(roles.map(({ roleId }) => roleId))];
const isEverywhere = ({ divisionId }: RoleDivision): boolean => divisionId === allDivisions;
