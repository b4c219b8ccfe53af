import * as z from 'zod';

/**
 * The grant types of a client, in the wire's spelling (platform-api 2.1).
 * `TOKEN` (implicit) and `PASSWORD` exist on old clients only and can never be chosen (product 4.2).
 */
export const GrantType = z.enum(['CLIENT-CREDENTIALS', 'CODE', 'SAML2-BEARER', 'TOKEN', 'PASSWORD']);
export type GrantType = z.infer<typeof GrantType>;

/** The grant types that a new client may have, in the order in which the wizard offers them. */
export const choosableGrantTypes = [
  'CLIENT-CREDENTIALS',
  'CODE',
  'SAML2-BEARER',
] as const satisfies readonly GrantType[];

/** From this instant implicit clients do not work any more (product 4.2, security ruling 1). */
export const implicitEndsAt = '2027-05-01T00:00:00.000Z';

/** Whether the grant's authority is roles in divisions instead of scopes and a signed-in person (product 4.3). */
export const takesRoles = (grant: GrantType): boolean => grant === 'CLIENT-CREDENTIALS';

/** Whether a client with this grant needs at least one scope (product 4.4). */
export const needsScopes = (grant: GrantType): boolean => grant !== 'CLIENT-CREDENTIALS';

/** Whether a client with this grant needs at least one redirect URI (product 4.4). */
export const needsRedirectUris = (grant: GrantType): boolean => grant === 'CODE' || grant === 'TOKEN';

/** Whether a client with this grant may have redirect URIs at all (security section 5, rule 8). */
export const mayHaveRedirectUris = (grant: GrantType): boolean => grant !== 'CLIENT-CREDENTIALS';
