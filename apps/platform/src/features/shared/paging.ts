/** One page of a list that is wholly at hand, in the wire's classic envelope (platform-api 3.5). */
export function pageOf<T>(
  all: readonly T[],
  { pageSize, pageNumber }: { readonly pageSize: number; readonly pageNumber: number },
  path: string,
  query: Readonly<Record<string, unknown>> = {},
) {
  const start = (pageNumber - 1) * pageSize;
  return {
    entities: all.slice(start, start + pageSize),
    ...envelope(all.length, { pageSize, pageNumber }, path, query),
  };
}

/** The members around the entities of a page: counts, and relative URIs; without `nextUri` it is the last one. */
export function envelope(
  total: number,
  { pageSize, pageNumber }: { readonly pageSize: number; readonly pageNumber: number },
  path: string,
  query: Readonly<Record<string, unknown>> = {},
) {
  const pageCount = Math.ceil(total / pageSize);
  const uri = (page: number): string => `${path}?${search({ ...query, pageSize, pageNumber: page })}`;
  return {
    pageSize,
    pageNumber,
    pageCount,
    total,
    firstUri: uri(1),
    selfUri: uri(pageNumber),
    lastUri: uri(Math.max(pageCount, 1)),
    ...(pageNumber > 1 && { previousUri: uri(pageNumber - 1) }),
    ...(pageNumber < pageCount && { nextUri: uri(pageNumber + 1) }),
  };
}

/** A query as text; lists are repeated, what was not given is left out. */
export function search(query: Readonly<Record<string, unknown>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) parameters.append(name, String(one));
  }
  return parameters.toString();
}
