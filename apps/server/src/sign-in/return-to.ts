/** Addresses of the console that are not pages: nobody is sent there after sign-in. */
const notPages = /^\/(api|assets|sign-in|sign-out|livez|readyz)(\/|$)/i;

/** What browsers and proxies read differently: control characters, backslashes, encoded slashes, full-width forms. */
const ambiguous = /[\u0000-\u0020\u007f-\uffff\\]|%(?:[01][0-9a-f]|25|2e|2f|5c|7f|[c-f][0-9a-f])/i;

const longest = 2_048;

/**
 * Where to go after sign-in: an address of the console's own pages, whatever was asked for (security S-24).
 *
 * @param asked what stood in `returnTo`; anything else than one plain path leads to the first page
 * @returns a path with query and fragment, beginning with exactly one slash
 */
export function safeReturnTo(asked: unknown, publicUrl: URL): string {
  if (typeof asked !== 'string' || asked.length > longest || !asked.startsWith('/')) return '/';
  const [path = ''] = asked.split(/[?#]/, 1);
  if (ambiguous.test(path) || /[\u0000-\u001f\u007f\\]/.test(asked)) return '/';
  if (!URL.canParse(asked, publicUrl.origin)) return '/';
  const url = new URL(asked, publicUrl.origin);
  // After folding dot segments too: `/.//elsewhere` would come out as `//elsewhere`.
  if (url.origin !== publicUrl.origin || url.pathname.includes('//') || notPages.test(url.pathname)) return '/';
  return url.pathname + url.search + url.hash;
}
