/**
 * The same value with texts that the database can hold: halves of surrogate pairs and NUL become U+FFFD, so that what
 * was hashed is what will be read, and an event about a broken text is never lost (security L-12). Members that are
 * `undefined` are left out.
 */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD') as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [storable(name), storable(member)])) as T;
}
