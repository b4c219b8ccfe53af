import type { Permission } from '@latchkey/domain/permission';
import type { Right, Route } from './route.ts';

/** Whoever may hold permissions; `null` is nobody. */
export interface Caller {
  readonly permissions: ReadonlySet<Permission>;
}

/** The permissions that are missing for this right; empty when the caller may. `null` when they are not signed in. */
export function missingFor(right: Right, caller: Caller | null): readonly Permission[] | null {
  if (right === 'anyone') return [];
  if (caller === null) return null;
  if (right === 'signed-in') return [];
  if (typeof right === 'string') return caller.permissions.has(right) ? [] : [right];
  if ('allOf' in right) return right.allOf.filter((permission) => !caller.permissions.has(permission));
  return right.anyOf.some((permission) => caller.permissions.has(permission)) ? [] : right.anyOf;
}

/** The one question that every door asks: the menu, the button, the server and the Platform. */
export const mayCall = ({ permission }: Pick<Route, 'permission'>, caller: Caller | null): boolean =>
  missingFor(permission, caller)?.length === 0;

/** The permissions that a right speaks of, for lists and documents. */
export function permissionsIn(right: Right): readonly Permission[] {
  if (right === 'anyone' || right === 'signed-in') return [];
  if (typeof right === 'string') return [right];
  return 'allOf' in right ? right.allOf : right.anyOf;
}
