import type { Sentence } from './refusal.ts';

/** Why one redirect URI is refused (security section 5, rules 1 to 8). */
export type RedirectUriRefusal =
  | 'redirect_uri.not_text'
  | 'redirect_uri.empty'
  | 'redirect_uri.too_long'
  | 'redirect_uri.surrounding_space'
  | 'redirect_uri.fragment'
  | 'redirect_uri.wildcard'
  | 'redirect_uri.character'
  | 'redirect_uri.percent_encoding'
  | 'redirect_uri.encoded_control'
  | 'redirect_uri.relative'
  | 'redirect_uri.scheme_blocked'
  | 'redirect_uri.scheme_case'
  | 'redirect_uri.scheme_form'
  | 'redirect_uri.user_info'
  | 'redirect_uri.dot_segment'
  | 'redirect_uri.reserved_parameter'
  | 'redirect_uri.host_missing'
  | 'redirect_uri.host_case'
  | 'redirect_uri.host_form'
  | 'redirect_uri.port'
  | 'redirect_uri.not_https'
  | 'redirect_uri.scheme_like_http'
  | 'redirect_uri.scheme_alone'
  | 'redirect_uri.not_for_grant'
  | 'redirect_uri.http_needs_code'
  | 'redirect_uri.scheme_needs_code';

/** Why a list of redirect URIs is refused as a list (security ). */
export type RedirectUriListRefusal = 'redirect_uri.missing' | 'redirect_uri.too_many' | 'redirect_uri.duplicate';

/** What a person should know about a redirect URI that is accepted (security rulings 5 and 6, R-05, R-14, RFC 9700 §4.11). */
export type RedirectUriNotice =
  | 'redirect_uri.localhost_name'
  | 'redirect_uri.short_private_scheme'
  | 'redirect_uri.punycode'
  | 'redirect_uri.same_as'
  | 'redirect_uri.url_in_query';

/** What each refusal says and how to mend it. They never repeat what was typed, which may hold a credential. */
export const redirectUriSentences: Record<RedirectUriRefusal | RedirectUriListRefusal, Sentence> = {
  'redirect_uri.not_text': { message: 'A redirect URI must be text.', remedy: 'Send each redirect URI as a string.' },
  'redirect_uri.empty': { message: 'This redirect URI is empty.', remedy: 'Enter a URI or remove the line.' },
  'redirect_uri.too_long': {
    message: 'This redirect URI is longer than 2,048 bytes.',
    remedy: 'Shorten the URI; keep state on your side instead of in the address.',
  },
  'redirect_uri.surrounding_space': {
    message: 'There is a space, tab or line break before or after this redirect URI.',
    remedy: 'Remove it. The URI is compared byte for byte, so it is not trimmed for you.',
  },
  'redirect_uri.fragment': {
    message: 'A redirect URI cannot have a fragment ("#").',
    remedy: 'Remove "#" and everything after it. Route to the page inside your application instead.',
  },
  'redirect_uri.wildcard': {
    message: 'A redirect URI cannot have a wildcard ("*").',
    remedy: 'Enter each address in full, one per line.',
  },
  'redirect_uri.character': {
    message: 'This redirect URI has a character that is not allowed there in a URI.',
    remedy: 'Percent-encode the character in a path or query, or write the host in its ASCII ("xn--") form.',
  },
  'redirect_uri.percent_encoding': {
    message: 'A "%" in this redirect URI is not followed by two hexadecimal digits.',
    remedy: 'Complete the percent-encoding, for example "%20" for a space.',
  },
  'redirect_uri.encoded_control': {
    message: 'This redirect URI has an encoded control character.',
    remedy: 'Remove the encoded control character, for example "%00" or "%0A".',
  },
  'redirect_uri.relative': {
    message: 'This redirect URI does not begin with a scheme.',
    remedy: 'Enter the whole address, beginning with "https://".',
  },
  'redirect_uri.scheme_blocked': {
    message: 'This scheme cannot be used for a redirect URI.',
    remedy: 'Use "https://", or a scheme of your own for a native app, for example "com.example.app:/callback".',
  },
  'redirect_uri.scheme_case': {
    message: 'The scheme of a redirect URI must be in lower case.',
    remedy: 'Write the part before ":" in lower case.',
  },
  'redirect_uri.scheme_form': {
    message: 'The scheme of this redirect URI is not followed by ":/".',
    remedy: 'Write "https://host/path", or "scheme:/path" for a native app.',
  },
  'redirect_uri.user_info': {
    message: 'A redirect URI cannot have a user name or password before the host.',
    remedy: 'Remove everything up to and including "@". If it was a real password, change that password.',
  },
  'redirect_uri.dot_segment': {
    message: 'A redirect URI cannot have "." or ".." as a part of its path.',
    remedy: 'Write the path as it is after resolving the dots.',
  },
  'redirect_uri.reserved_parameter': {
    message: 'This redirect URI has a query parameter that the sign-in answer uses itself.',
    remedy: 'Rename the parameter; "code", "state", "error", "iss" and the other names of an OAuth answer are taken.',
  },
  'redirect_uri.host_missing': {
    message: 'This redirect URI has no host.',
    remedy: 'Write the host after "//", for example "https://app.example.com/callback".',
  },
  'redirect_uri.host_case': {
    message: 'The host of a redirect URI must be in lower case.',
    remedy: 'Write the host in lower case, as browsers send it.',
  },
  'redirect_uri.host_form': {
    message: 'A browser would change or refuse the host of this redirect URI.',
    remedy:
      'Write the host as a browser shows it: an ASCII name, an IPv4 address as four numbers, or a short IPv6 address in brackets.',
  },
  'redirect_uri.port': {
    message: 'The port of this redirect URI is not a number from 1 to 65535.',
    remedy: 'Correct the port, without leading zeros, or remove it together with ":".',
  },
  'redirect_uri.not_https': {
    message: 'A redirect URI must use https. Only localhost, 127.0.0.1 and [::1] may use http.',
    remedy: 'Change "http://" to "https://".',
  },
  'redirect_uri.scheme_like_http': {
    message: 'This scheme looks like a mistyped "https".',
    remedy: 'Write "https://", or choose a scheme for your app that cannot be mistaken for it.',
  },
  'redirect_uri.scheme_alone': {
    message: 'There is nothing usable after the scheme of this redirect URI.',
    remedy: 'Add a host or a path, for example "com.example.app:/callback".',
  },
  'redirect_uri.not_for_grant': {
    message: 'Client Credentials has no sign-in, so it cannot have redirect URIs.',
    remedy: 'Remove the redirect URIs, or choose Authorization Code as well.',
  },
  'redirect_uri.http_needs_code': {
    message: 'An http address on this computer is only for Authorization Code.',
    remedy: 'Use "https://", or choose Authorization Code.',
  },
  'redirect_uri.scheme_needs_code': {
    message: 'A scheme of your own is only for Authorization Code.',
    remedy: 'Use "https://", or choose Authorization Code.',
  },
  'redirect_uri.missing': {
    message: 'This grant type needs at least one redirect URI.',
    remedy: 'Enter the address to which people return after signing in.',
  },
  'redirect_uri.too_many': {
    message: 'There are {count} redirect URIs; a client can have at most {max}.',
    remedy: 'Remove {excess}, or spread them over several clients.',
  },
  'redirect_uri.duplicate': {
    message: 'Redirect URI {position} is the same as number {first}.',
    remedy: 'Remove one of the two.',
  },
};

/** What each notice says; a notice never stops anyone from saving. */
export const redirectUriNoticeSentences: Record<RedirectUriNotice, Sentence> = {
  'redirect_uri.localhost_name': {
    message: '"localhost" can be made to point elsewhere.',
    remedy: 'Prefer "127.0.0.1" or "[::1]" where your app can (RFC 8252).',
  },
  'redirect_uri.short_private_scheme': {
    message: 'Another app can claim this short scheme too.',
    remedy: 'Prefer a scheme made from a domain you own, for example "com.example.app:/callback" (RFC 8252).',
  },
  'redirect_uri.punycode': {
    message: 'This host has letters beyond ASCII; its "xn--" form is shown so that look-alikes stand out.',
    remedy: 'Check that it is the host you mean.',
  },
  'redirect_uri.same_as': {
    message: 'A browser treats this redirect URI and another one of the list as the same address.',
    remedy: 'Keep the spelling that your application sends; only exactly that one matches.',
  },
  'redirect_uri.url_in_query': {
    message: 'The query of this redirect URI holds another address.',
    remedy: 'Make sure that your application does not forward people to any address it is given (RFC 9700).',
  },
};
