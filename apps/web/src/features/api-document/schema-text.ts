type Schema = Readonly<Record<string, unknown>>;

/**
 * A JSON Schema as a person reads it, in the way types are written: `{ name: text (1–200), state?: "active" |
 * "disabled" }`. One member per line.
 */
export function schemaText(schema: Schema, indent = ''): string {
  const {
    type,
    enum: values,
    const: value,
    anyOf,
    oneOf,
    allOf,
    items,
    properties,
    required,
    additionalProperties,
  } = schema;
  if (value !== undefined) return JSON.stringify(value);
  if (Array.isArray(values)) return values.map((one) => JSON.stringify(one)).join(' | ');
  const choices = (anyOf ?? oneOf) as Schema[] | undefined;
  if (choices) return [...new Set(choices.map((one) => schemaText(one, indent)))].join(' | ');
  if (allOf) return (allOf as Schema[]).map((one) => schemaText(one, indent)).join(' & ');
  if (type === 'array') {
    const inner = schemaText((items ?? {}) as Schema, indent);
    return `${inner.includes(' | ') && !inner.includes('\n') ? `(${inner})` : inner}[]`;
  }
  if (properties) {
    const deeper = `${indent}  `;
    const needed = new Set((required ?? []) as string[]);
    const lines = Object.entries(properties as Record<string, Schema>).map(
      ([name, one]) => `${deeper}${name}${needed.has(name) ? '' : '?'}: ${schemaText(one, deeper)}`,
    );
    return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
  }
  if (type === 'object' && typeof additionalProperties === 'object') {
    return `{ [name]: ${schemaText(additionalProperties as Schema, indent)} }`;
  }
  return `${plain(type)}${limits(schema)}`;
}

const names: Record<string, string> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'yes or no',
  null: 'null',
  object: 'object',
};

function plain(type: unknown): string {
  if (Array.isArray(type)) return type.map(plain).join(' | ');
  return typeof type === 'string' ? (names[type] ?? type) : 'anything';
}

function limits({ format, minLength, maxLength, minimum, maximum, default: fallback }: Schema): string {
  const from = bounded(minLength ?? minimum);
  const to = bounded(maxLength ?? maximum);
  const parts: string[] = [];
  if (typeof format === 'string') parts.push(format);
  if (from !== undefined || to !== undefined) parts.push(`${from ?? 0}–${to ?? '…'}`);
  if (fallback !== undefined) parts.push(`default ${JSON.stringify(fallback)}`);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

/** The safe range of whole numbers is no limit that anybody set. */
const bounded = (limit: unknown): number | undefined =>
  typeof limit === 'number' && Math.abs(limit) < Number.MAX_SAFE_INTEGER ? limit : undefined;
