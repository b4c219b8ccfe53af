/** A scope to choose. */
export interface ScopeChoice {
  readonly id: string;
  readonly description: string;
}

const readonlySuffix = ':readonly';

/** Whether the scope only reads. */
export const isReadOnly = (scope: string): boolean => scope.endsWith(readonlySuffix);

/** The read-only variant of a scope, where there is one. */
export function readOnlyVariant(scope: string, known: ReadonlySet<string>): string | null {
  const variant = `${scope}${readonlySuffix}`;
  return known.has(variant) ? variant : null;
}

const baseOf = (scope: string): string => scope.split(':')[0] ?? scope;

/**
 * The scopes whose id or description holds all words of the search, by subject, the read-only variant of each first
 * (product 4.4).
 */
export function scopesFound(scopes: readonly ScopeChoice[], search: string): ScopeChoice[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return scopes
    .filter(({ id, description }) => {
      const text = `${id} ${description}`.toLocaleLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted(
      (a, b) =>
        baseOf(a.id).localeCompare(baseOf(b.id)) ||
        Number(isReadOnly(b.id)) - Number(isReadOnly(a.id)) ||
        a.id.localeCompare(b.id),
    );
}
