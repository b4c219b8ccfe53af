/** The search part of an address as flat texts: `?state=active&state=disabled&q=a` is `{ state: ['active', 'disabled'], q: 'a' }`. */
export type FlatSearch = Record<string, string | string[]>;

/** Reads the search part without guessing types: `?q=123` stays the text "123". Each page's schema makes the rest. */
export function parseSearch(search: string): FlatSearch {
  const flat: FlatSearch = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = flat[name];
    flat[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return flat;
}

/** Writes it back: lists are repeated, what is empty or undefined is left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') params.append(name, String(one));
    }
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}
