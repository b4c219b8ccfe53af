import type * as z from 'zod';

/** What is wrong with an organization file, and where in it. Never repeats what stands there: it can be a secret. */
export class OrganizationFileError extends Error {
  override name = 'OrganizationFileError';
  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`The organization file cannot be loaded: ${path === '' ? '' : `${path} `}${problem}`, options);
  }
}

/** Reads one entry by its schema; a member that is null counts as left out. The error names the path in the file, such as `clients[3].scope[0]`. */
export function entryOf<S extends z.ZodType>(schema: S, value: unknown, path: string): z.output<S> {
  const parsed = schema.safeParse(withoutNull(value));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new OrganizationFileError(pathOf(path, issue?.path ?? []), `(${issue?.message ?? 'is not valid'})`);
}

/** `users[2].grants[0].roleId`. */
export const pathOf = (start: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`),
    start,
  );

const withoutNull = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
    : value;
