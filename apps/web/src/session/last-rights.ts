import { missingFor } from '@latchkey/contract/may-call';
import type { Right } from '@latchkey/contract/route';
import type { Permission } from '@latchkey/domain/permission';

const key = 'latchkey.rights';

/** Remembers what the person in this browser may do, only to know what is worth asking for early. No right follows from it. */
export function rememberRights(permissions: readonly string[] | null): void {
  try {
    if (permissions === null) localStorage.removeItem(key);
    else localStorage.setItem(key, permissions.join(' '));
  } catch {
    // Without it the page only asks a moment later.
  }
}

/** Whether asking for a row of the contract is likely to be answered, before it is known who is signed in. */
export function probablyMay({ permission }: { permission: Right }): boolean {
  try {
    const kept = localStorage.getItem(key);
    return (
      kept !== null && missingFor(permission, { permissions: new Set(kept.split(' ') as Permission[]) })?.length === 0
    );
  } catch {
    return false;
  }
}
