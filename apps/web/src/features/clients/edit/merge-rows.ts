import type { ClientForm } from '@latchkey/contract/console-api/models';
import type { ChangeField } from '@latchkey/domain/change';
import { mergeSettings } from '@latchkey/domain/merge';

/** One field that at least one of the two changed. */
export interface MergeRow {
  readonly field: ChangeField;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
  /** What comes out; for a conflict, nothing before it is chosen. */
  readonly merged: unknown;
  /** `conflict`: both changed it differently and somebody must choose. `both`: put together, or changed alike. */
  readonly by: 'mine' | 'theirs' | 'both' | 'conflict';
}

/** Whose value wins a conflict. */
export type Choices = Partial<Record<ChangeField, 'mine' | 'theirs'>>;

export interface MergeView {
  readonly rows: readonly MergeRow[];
  /** Conflicts that nobody has chosen for yet. */
  readonly open: readonly ChangeField[];
  /** The client with the choices made so far; not to be saved while `open` holds anything. */
  readonly merged: ClientForm;
}

/** Both edits beside each other, with the rules' merge and the choices where the rules cannot tell (product 6.4). */
export function mergeView(base: ClientForm, mine: ClientForm, theirs: ClientForm, choices: Choices = {}): MergeView {
  const { merged, conflicts, theirsChanged } = mergeSettings(base, mine, theirs);
  const mineChanged = mergeSettings(base, theirs, mine).theirsChanged;
  const result: Record<string, unknown> = { ...merged };
  for (const { field } of conflicts) if (choices[field] === 'theirs') result[field] = theirs[field];
  const rows = fields
    .filter((field) => mineChanged.includes(field) || theirsChanged.includes(field))
    .map((field): MergeRow => {
      const isConflict = conflicts.some((conflict) => conflict.field === field);
      const [byMe, byThem] = [mineChanged.includes(field), theirsChanged.includes(field)];
      return {
        field,
        base: base[field],
        mine: mine[field],
        theirs: theirs[field],
        merged: isConflict && choices[field] === undefined ? undefined : result[field],
        by: isConflict ? 'conflict' : byMe && byThem ? 'both' : byMe ? 'mine' : 'theirs',
      };
    })
    // What needs a decision comes first.
    .toSorted((a, b) => Number(b.by === 'conflict') - Number(a.by === 'conflict'));
  return {
    rows,
    open: conflicts.map(({ field }) => field).filter((field) => choices[field] === undefined),
    merged: result as unknown as ClientForm,
  };
}

/** In the order of the form. */
const fields = [
  'name',
  'description',
  'owner',
  'purpose',
  'environment',
  'grantTypes',
  'roleDivisions',
  'scopes',
  'redirectUris',
  'accessTokenValiditySeconds',
] as const satisfies readonly ChangeField[];
