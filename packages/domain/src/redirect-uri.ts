import { mayHaveRedirectUris, type GrantType } from './grant-type.ts';
import { decodePunycode } from './punycode.ts';
import type { RedirectUriNotice, RedirectUriRefusal } from './redirect-uri-sentences.ts';
import { redirectUriSentences } from './redirect-uri-sentences.ts';
import { faultAt, type FieldFault } from './refusal.ts';

export type { RedirectUriNotice, RedirectUriRefusal } from './redirect-uri-sentences.ts';
export { redirectUriNoticeSentences, redirectUriSentences } from './redirect-uri-sentences.ts';

/** How many redirect URIs a client can have (product 4.5). */
export const maxRedirectUris = 125;

/** How long one can be, in bytes of UTF-8 (security 0.1). */
export const maxRedirectUriBytes = 2048;

/** The hosts for which http is accepted; compared exactly (security section 5, rule 6). */
const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Schemes that run script, read files, leave the browser for another program, or belong to the browser itself. */
const blockedSchemes: ReadonlySet<string> = new Set(
  `about acap afp android-app blob callto chrome chrome-extension cid content data dav dict dns edge facetime
  facetime-audio feed file filesystem finger ftp ftps geo git gopher hcp imap imaps intent ipfs ipns irc ircs itms
  itms-apps itms-services jar javascript jscript ldap ldapi ldaps livescript magnet mailto maps market mhtml mid mms
  mmsto mocha moz-extension ms-appinstaller ms-excel ms-help ms-its ms-msdt ms-officecmd ms-powerpoint ms-search
  ms-settings ms-word mk news nfs nntp oob opera pop prospero rdar rdp res resource rlogin rsync rtmp rtsp
  safari-extension search-ms sftp shell sip sips sms smsto smb snmp ssh svn tel telnet tftp tn3270 urn vbs vbscript
  view-source vnc wais webcal ws wss wyciwyg x-apple-helpbasic x-javascript xmpp`.split(/\s+/),
);

/** Query names of an OAuth or OpenID Connect answer (RFC 6749 §4.1.2 and §4.2.2, RFC 9207, OpenID Connect, JARM). */
const answerParameters: ReadonlySet<string> = new Set([
  'access_token',
  'code',
  'error',
  'error_description',
  'error_uri',
  'expires_in',
  'id_token',
  'iss',
  'response',
  'scope',
  'session_state',
  'state',
  'token_type',
]);

/** The parts of a URI that obeys rules 1 to 3. `authority` is undefined without `//`. */
interface Parts {
  readonly scheme: string;
  readonly authority: string | undefined;
  readonly path: string;
  readonly query: string | undefined;
}

/**
 * Says why a redirect URI cannot be registered on a client with these grant types, or null when it can
 * (security section 5, rules 1 to 8 in their order; product 4.5). Never repairs what it reads. Time is linear in the
 * length, and the length is checked first (security R-16).
 */
export function whyNotRedirectUri(uri: unknown, grants: readonly GrantType[]): RedirectUriRefusal | null {
  if (typeof uri !== 'string') return 'redirect_uri.not_text';
  const parts = partsOf(uri);
  if (typeof parts === 'string') return parts;
  const form = whyNotStructure(parts) ?? (isWeb(parts.scheme) ? whyNotWeb(parts) : whyNotPrivate(uri, parts));
  if (form !== null) return form;
  if (!grants.some(mayHaveRedirectUris)) return 'redirect_uri.not_for_grant';
  if (parts.scheme === 'https' || grants.includes('CODE')) return null;
  return parts.scheme === 'http' ? 'redirect_uri.http_needs_code' : 'redirect_uri.scheme_needs_code';
}

const isWeb = (scheme: string): boolean => scheme === 'https' || scheme === 'http';

/** Rules 1 to 3: length, characters, scheme; the parts, or the reason. */
function partsOf(uri: string): Parts | RedirectUriRefusal {
  if (uri === '') return 'redirect_uri.empty';
  // UTF-8 never has fewer bytes than the string has code units, so a long one is refused before it is encoded.
  if (uri.length > maxRedirectUriBytes || new TextEncoder().encode(uri).length > maxRedirectUriBytes) {
    return 'redirect_uri.too_long';
  }
  if (uri.trim() !== uri) return 'redirect_uri.surrounding_space';
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(uri)?.[1];
  // First of all, so that a script scheme is called one, whatever else is wrong with the line.
  if (scheme !== undefined && blockedSchemes.has(scheme.toLowerCase())) return 'redirect_uri.scheme_blocked';
  if (uri.includes('#')) return 'redirect_uri.fragment';
  if (uri.includes('*')) return 'redirect_uri.wildcard';
  if (!/^[A-Za-z0-9\-._~:/?[\]@!$&'()+,;=%]*$/.test(uri)) return 'redirect_uri.character';
  if (/%(?![0-9A-Fa-f]{2})/.test(uri)) return 'redirect_uri.percent_encoding';
  if (/%(?:[01][0-9a-f]|7f|c2%[89][0-9a-f])/i.test(uri)) return 'redirect_uri.encoded_control';
  if (scheme === undefined) return 'redirect_uri.relative';
  if (scheme !== scheme.toLowerCase()) return 'redirect_uri.scheme_case';
  const rest = uri.slice(scheme.length + 1);
  if (!rest.startsWith('/')) return 'redirect_uri.scheme_form';
  return { scheme, ...hierarchy(rest) };
}

/** Splits what follows `scheme:` as RFC 3986 §3 does; there is no fragment any more. */
function hierarchy(rest: string): Omit<Parts, 'scheme'> {
  const mark = rest.indexOf('?');
  const before = mark === -1 ? rest : rest.slice(0, mark);
  const query = mark === -1 ? undefined : rest.slice(mark + 1);
  if (!before.startsWith('//')) return { authority: undefined, path: before, query };
  const slash = before.indexOf('/', 2);
  const end = slash === -1 ? before.length : slash;
  return { authority: before.slice(2, end), path: before.slice(end), query };
}

/** Rule 4, and the brackets that RFC 3986 knows around an IP literal only. */
function whyNotStructure({ authority, path, query }: Parts): RedirectUriRefusal | null {
  if (authority?.includes('@')) return 'redirect_uri.user_info';
  if (/[[\]]/.test(path) || (query !== undefined && /[[\]]/.test(query))) return 'redirect_uri.character';
  if (path.split(/\/|%2f|%5c/i).some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment)))
    return 'redirect_uri.dot_segment';
  if (queryPairs(query).some(([name]) => answerParameters.has(name))) return 'redirect_uri.reserved_parameter';
  return null;
}

/** The names and values of a query as an application reads them. */
const queryPairs = (query: string | undefined): [name: string, value: string][] =>
  query === undefined ? [] : [...new URLSearchParams(query)];

/** Rules 5 and 6 for http and https, apart from the grant. */
function whyNotWeb({ scheme, authority }: Parts): RedirectUriRefusal | null {
  const split = /^(\[[^[\]]*\]|[^:[\]]*)(?::(.*))?$/.exec(authority ?? '');
  if (split === null) return 'redirect_uri.host_form';
  const [, host = '', port] = split;
  if (host === '') return 'redirect_uri.host_missing';
  if (port !== undefined && !isPort(port)) return 'redirect_uri.port';
  if (host !== host.toLowerCase()) return 'redirect_uri.host_case';
  if (!isBrowserHost(host)) return 'redirect_uri.host_form';
  return scheme === 'http' && !loopbackHosts.has(host) ? 'redirect_uri.not_https' : null;
}

const isPort = (port: string): boolean => /^[1-9][0-9]{0,4}$/.test(port) && Number(port) <= 65_535;

/**
 * Whether a browser keeps this host as it is written. Names are held to what DNS can resolve (letters, digits,
 * hyphens, and the underscore that some networks use), in labels of 1 to 63 and 253 in all (RFC 1035).
 */
function isBrowserHost(host: string): boolean {
  if (!host.startsWith('[')) {
    if (host.length > 253 || !host.split('.').every(isLabel)) return false;
  }
  return urlOf(`https://${host}/`)?.hostname === host;
}

/** An `xn--` label must be what a browser makes of the letters it stands for; not every engine checks that itself. */
function isLabel(label: string): boolean {
  if (!/^[a-z0-9_-]{1,63}$/.test(label)) return false;
  return !label.startsWith('xn--') || urlOf(`https://${decodePunycode(label) ?? ' '}/`)?.hostname === label;
}

/** Rule 7 for all other schemes, apart from the grant; the block list was asked before. */
function whyNotPrivate(uri: string, { scheme, authority, path }: Parts): RedirectUriRefusal | null {
  if (isOneEditAway(scheme, 'http') || isOneEditAway(scheme, 'https')) return 'redirect_uri.scheme_like_http';
  if (!authority && path === '') return 'redirect_uri.scheme_alone';
  return urlOf(uri) === null ? 'redirect_uri.host_form' : null;
}

/** Whether one letter added, left out, replaced or two neighbours swapped make `a` into `b`. */
function isOneEditAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/**
 * Every fault of a list of redirect URIs at once: each bad line, duplicates, and the number when there are too many
 * (security ). Whether a grant needs one at all is asked by `settingsFaults`.
 */
export function redirectUriFaults(
  uris: readonly unknown[],
  grants: readonly GrantType[],
  field = 'redirectUris',
): FieldFault[] {
  const found: FieldFault[] = [];
  if (uris.length > maxRedirectUris) {
    const reason = 'redirect_uri.too_many';
    const values = { count: uris.length, max: maxRedirectUris, excess: uris.length - maxRedirectUris };
    found.push(faultAt(field, reason, redirectUriSentences[reason], values));
  }
  const firstAt = new Map<unknown, number>();
  uris.forEach((uri, index) => {
    const first = firstAt.get(uri);
    const refusal = whyNotRedirectUri(uri, grants);
    if (refusal !== null) {
      found.push(faultAt(`${field}.${index}`, refusal, redirectUriSentences[refusal]));
    } else if (first !== undefined) {
      const reason = 'redirect_uri.duplicate';
      found.push(
        faultAt(`${field}.${index}`, reason, redirectUriSentences[reason], { position: index + 1, first: first + 1 }),
      );
    }
    if (first === undefined) firstAt.set(uri, index);
  });
  return found;
}

/**
 * What to know about a redirect URI that is accepted; never a reason to refuse it. Names nothing for one whose form is
 * refused. `others` is the list it stands in, to find spellings that a browser treats as one (security R-05).
 */
export function redirectUriNotices(uri: string, others: readonly string[] = []): RedirectUriNotice[] {
  const parts = partsOf(uri);
  const url = urlOf(uri);
  if (typeof parts === 'string' || url === null) return [];
  const notices: RedirectUriNotice[] = [];
  if (isWeb(parts.scheme)) {
    if (parts.scheme === 'http' && url.hostname === 'localhost') notices.push('redirect_uri.localhost_name');
    if (url.hostname.split('.').some((label) => label.startsWith('xn--'))) notices.push('redirect_uri.punycode');
  } else if (!parts.scheme.includes('.')) {
    notices.push('redirect_uri.short_private_scheme');
  }
  if (others.some((other) => other !== uri && urlOf(other)?.href === url.href)) notices.push('redirect_uri.same_as');
  if (queryPairs(parts.query).some(([, value]) => /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(value))) {
    notices.push('redirect_uri.url_in_query');
  }
  return notices;
}

/** One redirect URI of a text, with its line counted from 1, blank lines included. */
export interface RedirectUriLine {
  readonly line: number;
  readonly uri: string;
}

/**
 * The redirect URIs of a text, one per line, with their line numbers. Blank lines are dropped; every other line is kept
 * as it is, since a blank before or after a URI must be refused and not mended in silence.
 */
export const redirectUriLines = (text: string): RedirectUriLine[] =>
  text
    .split(/\r?\n/)
    .map((uri, index) => ({ line: index + 1, uri }))
    .filter(({ uri }) => uri.trim() !== '');

/** The redirect URIs of a text, one per line (product 4.5); see `redirectUriLines`. */
export const redirectUrisFromText = (text: string): string[] => redirectUriLines(text).map(({ uri }) => uri);

const loopbackUri = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(?::([0-9]+))?((?:[/?].*)?)$/s;

/**
 * Whether a `redirect_uri` of an authorization request is the registered one: byte for byte, except that the port of a
 * registered http loopback URI is ignored (security 5.1, RFC 8252 §7.3).
 */
export function matchesRedirectUri(registered: string, requested: string): boolean {
  if (registered === requested) return true;
  const known = loopbackUri.exec(registered);
  const asked = loopbackUri.exec(requested);
  if (known === null || asked === null) return false;
  if (asked[2] !== undefined && !isPort(asked[2])) return false;
  return known[1] === asked[1] && known[3] === asked[3];
}
