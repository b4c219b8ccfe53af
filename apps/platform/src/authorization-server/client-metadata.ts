import { randomBytes } from 'node:crypto';
import type { AdapterPayload, KoaContextWithOIDC } from 'oidc-provider';
import type { ClientRow } from './client-row.ts';

/** The scopes of OpenID Connect, open to every client with the code grant. */
export const openIdScopes = ['openid', 'profile', 'email'] as const;

/** The properties of a client that are this Platform's own; the library keeps their names as they are. */
export const ownProperties = [
  'access_token_validity_seconds',
  'default_scope',
  'built_in',
  'allowed_ip_ranges',
] as const;

/** Satisfies the library's schema, which wants a secret; comparing never reads it. */
const placeholder = randomBytes(32).toString('base64url');

/** What `clientMetadata` must be told besides the client. */
export interface MetadataOptions {
  /** The scopes that exist; others of the client are left out, since the library would refuse the client. */
  readonly knownScopes: ReadonlySet<string>;
  readonly postLogoutRedirectUris: readonly string[];
  /** The request that asks for the client. */
  readonly ctx: KoaContextWithOIDC | undefined;
}

/**
 * A client in the words of RFC 7591 for oidc-provider. Holds nothing that changes from request to request except how
 * the client authenticates: one client may redeem a code with its secret or, with PKCE alone, without (platform-api 1.3).
 */
export function clientMetadata(
  client: ClientRow,
  { knownScopes, postLogoutRedirectUris, ctx }: MetadataOptions,
): AdapterPayload {
  const hasCode = client.grantTypes.includes('CODE');
  const isPublic = hasCode && comesWithoutSecret(ctx);
  const scopes = client.scopes.filter((scope) => knownScopes.has(scope));
  const payload = {
    client_id: client.id,
    client_name: client.name,
    client_secret: isPublic ? undefined : placeholder,
    token_endpoint_auth_method: isPublic ? 'none' : 'client_secret_basic',
    grant_types: [
      ...(hasCode ? ['authorization_code'] : []),
      ...(hasCode && !isPublic ? ['refresh_token'] : []),
      ...(client.grantTypes.includes('CLIENT-CREDENTIALS') ? ['client_credentials'] : []),
    ],
    response_types: hasCode ? ['code'] : [],
    redirect_uris: hasCode ? [...client.redirectUris] : [],
    post_logout_redirect_uris: [...postLogoutRedirectUris],
    scope: [...scopes, ...(hasCode ? openIdScopes : [])].join(' ') || undefined,
    access_token_validity_seconds: client.accessTokenValiditySeconds,
    default_scope: scopes.join(' '),
    built_in: client.builtIn,
    allowed_ip_ranges: [...client.allowedIpRanges],
  };
  return payload as unknown as AdapterPayload;
}

/** Whether this is a request in which a client may go without its secret: redeeming a code, or revoking its own token. */
function comesWithoutSecret(ctx: KoaContextWithOIDC | undefined): boolean {
  if (ctx === undefined || ctx.headers.authorization !== undefined) return false;
  const { route, params } = ctx.oidc;
  if (params?.['client_secret'] !== undefined) return false;
  return (route === 'token' && params?.['grant_type'] === 'authorization_code') || route === 'revocation';
}
