import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import { textOf } from './text-of.ts';

/**
 * What the person already granted to the client. The built-in client is the organization's own: nobody is asked, and
 * each of its sign-ins has a grant of its own, so that ending one does not end the others.
 */
export async function existingGrant(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, provider, result, session, params } = ctx.oidc;
  if (client === undefined) return undefined;
  const consented = result?.consent?.grantId;
  if (consented !== undefined) return provider.Grant.find(consented);
  if (client['built_in'] === true && session?.accountId !== undefined) {
    const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
    grant.addOIDCScope(textOf(params?.['scope']));
    await grant.save();
    return grant;
  }
  const known = session?.grantIdFor(client.clientId);
  return known === undefined ? undefined : provider.Grant.find(known);
}
