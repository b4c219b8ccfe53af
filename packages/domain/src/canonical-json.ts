/**
 * The one text of a JSON value, after RFC 8785: no blanks, members sorted by the UTF-16 code units of their names,
 * strings and numbers as ECMAScript writes them. Members that are `undefined` are left out, as on the wire.
 *
 * One difference from the RFC: half of a surrogate pair is written as its escape (`\ud800`) instead of being an error,
 * so that an event about a broken text is never lost. It stays one text for one value.
 * @throws TypeError for what JSON cannot hold: NaN, infinities, functions, dates and other objects that are not plain.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') return canonicalObject(value as Record<string, unknown>);
  const isJson = value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
  if (!isJson) throw new TypeError(`JSON cannot hold a value of type ${typeof value} here`);
  return JSON.stringify(value);
}

function canonicalObject(object: Record<string, unknown>): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('JSON cannot hold this kind of object');
  const members = Object.keys(object)
    .filter((name) => object[name] !== undefined)
    // Without a comparison of its own, sort goes by UTF-16 code units, as the RFC wants.
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(object[name])}`);
  return `{${members.join(',')}}`;
}
