import type { Changeable, ChangeField } from './change.ts';
import { roleDivisionKey } from './change.ts';

/** A field that two people set to different values. */
export interface MergeConflict {
  readonly field: ChangeField;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** The result of merging. While `conflicts` is not empty, `merged` has my value there and must not be saved unseen. */
export interface Merge<T extends Changeable> {
  readonly merged: T;
  readonly conflicts: readonly MergeConflict[];
  /** Fields that the other person changed. */
  readonly theirsChanged: readonly ChangeField[];
}

const sets = ['grantTypes', 'scopes', 'redirectUris', 'roleDivisions'] as const;
const scalars = ['name', 'description', 'purpose', 'environment', 'owner', 'accessTokenValiditySeconds'] as const;

/**
 * Merges my edit with one that somebody else saved meanwhile, both made from `base` (product 6.4). Lists merge element
 * by element: what either added stays in, what either removed stays out. Single values conflict when both changed them
 * differently.
 */
export function mergeSettings<T extends Changeable>(base: T, mine: T, theirs: T): Merge<T> {
  const merged: Record<string, unknown> = { ...base, ...theirs };
  const conflicts: MergeConflict[] = [];
  const theirsChanged: ChangeField[] = [];
  for (const field of [...scalars, ...sets]) {
    const was = base[field];
    // What a side leaves out it has not changed.
    const [my, their] = [
      mine[field] === undefined ? was : mine[field],
      theirs[field] === undefined ? was : theirs[field],
    ];
    const [wasKey, myKey, theirKey] = [keyOf(was), keyOf(my), keyOf(their)];
    if (theirKey !== wasKey) theirsChanged.push(field);
    if (myKey === wasKey || myKey === theirKey) continue;
    if (theirKey === wasKey) merged[field] = my;
    else if (isList(was) && isList(my) && isList(their)) merged[field] = mergeLists(was, my, their);
    else {
      merged[field] = my;
      conflicts.push({ field, base: was, mine: my, theirs: their });
    }
  }
  return { merged: merged as T, conflicts, theirsChanged };
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** A text that is equal for equal values: a person is their id, a role its id and division. */
function keyOf(value: unknown): string {
  if (isList(value)) return JSON.stringify(value.map(keyOf));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  if ('roleId' in value && 'divisionId' in value)
    return roleDivisionKey(value as Parameters<typeof roleDivisionKey>[0]);
  return 'id' in value ? `person ${JSON.stringify(value.id)}` : JSON.stringify(value);
}

/** Their list without what I removed, then what I added, each element once. */
function mergeLists(base: readonly unknown[], mine: readonly unknown[], theirs: readonly unknown[]): unknown[] {
  const had = new Set(base.map(keyOf));
  const kept = new Set(mine.map(keyOf));
  const stays = theirs.filter((element) => kept.has(keyOf(element)) || !had.has(keyOf(element)));
  const added = mine.filter((element) => !had.has(keyOf(element)));
  return [...new Map([...stays, ...added].map((element) => [keyOf(element), element])).values()];
}
