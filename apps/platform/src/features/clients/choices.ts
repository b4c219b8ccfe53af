import type { Choices } from '@latchkey/domain/client-settings';
import type { Store } from '../../context/platform.ts';
import type { RoleNames } from '../shared/give-roles.ts';
import { divisions, roles, scopes } from '../../storage/schema.ts';

/** What a client can be made of on this Platform now, and the division that stands in where none is named. */
export interface Offer {
  readonly choices: Choices;
  readonly homeDivisionId: string;
  readonly roleNames: RoleNames;
}

/** @param severalGrantTypes an extension of the wire */
export async function offerOf(tx: Store, severalGrantTypes: boolean): Promise<Offer> {
  const allRoles = await tx.select({ id: roles.id, name: roles.name, defaultRoleId: roles.defaultRoleId }).from(roles);
  const allDivisions = await tx
    .select({ id: divisions.id, name: divisions.name, home: divisions.home })
    .from(divisions);
  const allScopes = await tx.select({ id: scopes.id }).from(scopes);
  return {
    choices: { roles: allRoles, divisions: allDivisions, scopes: allScopes, severalGrantTypes },
    homeDivisionId: allDivisions.find(({ home }) => home)?.id ?? '',
    roleNames: new Map(allRoles.map(({ id, name }) => [id, name])),
  };
}
