/**
 * The CSP source for a redirect URI. Browsers check `form-action` on every redirect that follows a posted form, so a
 * page whose form ends at a client names the client (security H-01).
 */
export function formTarget(uri: unknown): string | null {
  if (typeof uri !== 'string') return null;
  const url = URL.parse(uri);
  if (url === null) return null;
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  // CSP has no way to write an IPv6 address.
  return isWeb && !url.hostname.startsWith('[') ? url.origin : url.protocol;
}

/** The policy of a page with a form, and of nothing else. */
export function formPagePolicy(...uris: unknown[]): string {
  const targets = [...new Set(uris.map(formTarget))].filter((target) => target !== null);
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    `form-action ${["'self'", ...targets].join(' ')}`,
  ].join('; ');
}
