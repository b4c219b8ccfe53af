import { errors } from 'oidc-provider';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

/**
 * The client credentials grant: authority is the client's roles, and scopes only narrow it (ruling 8). A client with
 * scopes gets all of them unless it asks for fewer; one without gets a token without, or as narrow as it asks.
 * No refresh token, no ID token, no subject (security O-06).
 */
export function registerClientCredentials(provider: Provider, knownScopes: ReadonlySet<string>): void {
  const handle = async (ctx: KoaContextWithOIDC): Promise<void> => {
    const client = ctx.oidc.client;
    if (client === undefined) throw new errors.InvalidClient('the client is not known');
    const own = words(client['default_scope']);
    const asked = words(ctx.oidc.params?.['scope']);
    const foreign = asked.find((scope) => !(own.length > 0 ? own.includes(scope) : knownScopes.has(scope)));
    if (foreign !== undefined) throw new errors.InvalidScope('requested scope is not allowed', foreign);
    const scope = (asked.length > 0 ? asked : own).join(' ');
    const token = new provider.ClientCredentials({ client, ...(scope !== '' && { scope }) });
    ctx.oidc.entity('ClientCredentials', token);
    ctx.body = {
      access_token: await token.save(),
      token_type: 'bearer',
      expires_in: token.expiration,
      ...(scope !== '' && { scope }),
    };
  };
  provider.registerGrantType('client_credentials', handle, ['scope']);
}

const words = (text: unknown): string[] =>
  typeof text === 'string' ? [...new Set(text.split(' '))].filter(Boolean) : [];
