import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { needsRedirectUris } from '@latchkey/domain/grant-type';

/** What stops working when a client is switched off or deleted, by name; the dialog has the sentences. */
export interface WhatStops {
  /** The last token was issued then; `null`: never, or the Platform does not tell. */
  readonly lastTokenAt: string | null;
  /** Applications whose sign-in ends: the hosts or schemes of the redirect URIs, each once. */
  readonly signIns: readonly string[];
  /** What callers without a person lose: roles with their divisions. */
  readonly roles: readonly { readonly role: string; readonly division: string }[];
  readonly scopes: readonly string[];
}

/** Reads from a client what depends on it, as far as the console knows. */
export const whatStops = (client: ClientDetail): WhatStops => ({
  lastTokenAt: client.dateLastUsed,
  signIns: client.grantTypes.some(needsRedirectUris) ? [...new Set(client.redirectUris.map(placeOf))] : [],
  roles: client.roles.map(({ roleName, divisionName }) => ({ role: roleName, division: divisionName })),
  scopes: client.scopes,
});

/** Host and port of a web address, else the scheme of an app; as registered, without turning punycode into letters. */
function placeOf(uri: string): string {
  const [, scheme, host] = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?/i.exec(uri) ?? [];
  if (scheme === undefined) return uri;
  return /^https?$/i.test(scheme) && host ? host : `${scheme}:`;
}
