import { allDivisions } from './client.ts';
import type { Permission } from './permission.ts';

/** A role that somebody holds in one division, or everywhere (`*`). */
export interface HeldRole {
  readonly roleId: string;
  readonly divisionId: string;
}

/** Who asks: the permissions and the roles that the Platform says they hold right now (product 2.6). */
export interface Holder {
  readonly permissions: ReadonlySet<Permission>;
  readonly roles: readonly HeldRole[];
}

/** Whether the role is held in that division; a role held everywhere is held in each (security Z-08). */
export const holdsRole = (holder: Pick<Holder, 'roles'>, roleId: string, divisionId: string): boolean =>
  holder.roles.some(
    (held) => held.roleId === roleId && (held.divisionId === allDivisions || held.divisionId === divisionId),
  );
