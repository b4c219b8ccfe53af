import type { Route } from '@latchkey/contract/route';

/** What is sent with a call, by part. */
export interface Sent {
  readonly params?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
}

/**
 * The path and query of a call, built from parts and never from a raw URL, so that `%2e%2e` cannot climb the path
 * (security Z-13). Lists are repeated (`state=a&state=b`).
 */
export function address({ path }: Pick<Route, 'path'>, { params = {}, query = {} }: Sent): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => segment(params[name]));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) search.append(name, String(one));
  }
  const text = search.toString();
  return text ? `${filled}?${text}` : filled;
}

/** A dot segment survives percent-encoding and would be folded away by the URL parser, so it is refused by name. */
function segment(value: unknown): string {
  const text = String(value);
  if (text === '' || text === '.' || text === '..') throw new TypeError('A path parameter is empty or a dot segment');
  return encodeURIComponent(text);
}
