import { missingFor } from '@latchkey/contract/may-call';
import type { SessionView } from '@latchkey/contract/console-api/session';
import type { Right } from '@latchkey/contract/route';
import type { Permission } from '@latchkey/domain/permission';

const key = 'latchkey.rights';

/**
 * Remembers what the person in this browser may do, and until when their session lasts if nothing happens, by this
 * browser's clock, only to know what is worth asking for early. No right follows from it. Forgets it with `null`.
 */
export function rememberRights(session: Pick<SessionView, 'permissions' | 'ends'> | null, now = Date.now()): void {
  try {
    if (session === null) localStorage.removeItem(key);
    else {
      const { idleEndsAt, absoluteEndsAt, now: asked } = session.ends;
      const left = Math.min(Date.parse(idleEndsAt), Date.parse(absoluteEndsAt)) - Date.parse(asked);
      localStorage.setItem(key, [now + left, ...session.permissions].join(' '));
    }
  } catch {
    // Without it the page only asks a moment later.
  }
}

/**
 * Whether asking for a row of the contract is likely to be answered, before it is known who is signed in: not in a
 * browser whose session has run out meanwhile.
 */
export function probablyMay({ permission }: { permission: Right }, now = Date.now()): boolean {
  try {
    const [ends, ...permissions] = localStorage.getItem(key)?.split(' ') ?? [];
    return (
      ends !== undefined &&
      now < Number(ends) &&
      missingFor(permission, { permissions: new Set(permissions as Permission[]) })?.length === 0
    );
  } catch {
    return false;
  }
}
