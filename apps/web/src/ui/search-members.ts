import type * as z from 'zod';

/**
 * Reads the search part of an address by a schema, member by member: what is unknown or does not fit is dropped alone,
 * and the rest of a link that somebody mistyped still works. Members of list schemas may stand once or many times, and
 * an unknown value drops alone too.
 */
export function readSearch<const S extends Record<string, z.ZodType>, const L extends keyof S = never>(
  members: S,
  lists: readonly L[],
  search: Record<string, unknown>,
): { [K in keyof S]?: (K extends L ? z.output<S[K]>[] : z.output<S[K]>) | undefined } {
  const read: Partial<Record<keyof S, unknown>> = {};
  for (const [name, schema] of Object.entries(members)) {
    const value = search[name];
    if (value === undefined) continue;
    if (!(lists as readonly (keyof S)[]).includes(name)) {
      const result = schema.safeParse(value);
      if (result.success) read[name as keyof S] = result.data;
      continue;
    }
    const values = (Array.isArray(value) ? value : [value])
      .map((one) => schema.safeParse(one))
      .filter((result) => result.success)
      .map((result) => result.data);
    if (values.length > 0) read[name as keyof S] = [...new Set(values)];
  }
  return read as { [K in keyof S]?: (K extends L ? z.output<S[K]>[] : z.output<S[K]>) | undefined };
}
