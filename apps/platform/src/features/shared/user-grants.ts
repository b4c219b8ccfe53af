import { roleDivisionKey as grantKey } from '@latchkey/domain/change';
import type { RoleDivision } from '@latchkey/domain/client';
import { and, eq } from 'drizzle-orm';
import type { Store } from '../../context/platform.ts';
import { userGrants, type users } from '../../storage/schema.ts';
import type { Call } from './call.ts';
import { propertyChanges, record } from './record.ts';

/** Makes a person's grants what they are to be, with an audit event when that is something else than before. */
export async function storeUserGrants(
  tx: Store,
  {
    user,
    before,
    after,
    now,
    call,
  }: {
    readonly user: typeof users.$inferSelect;
    readonly before: readonly RoleDivision[];
    readonly after: readonly RoleDivision[];
    readonly now: Date;
    readonly call: Call;
  },
): Promise<void> {
  const [had, has] = [new Set(before.map(grantKey)), new Set(after.map(grantKey))];
  for (const grant of before.filter((one) => !has.has(grantKey(one)))) {
    const { roleId, divisionId } = grant;
    await tx
      .delete(userGrants)
      .where(and(eq(userGrants.userId, user.id), eq(userGrants.roleId, roleId), eq(userGrants.divisionId, divisionId)));
  }
  const added = after.filter((one) => !had.has(grantKey(one)));
  if (added.length > 0) {
    const rows = added.map(({ roleId, divisionId }) => ({ userId: user.id, roleId, divisionId, grantedAt: now }));
    await tx.insert(userGrants).values(rows).onConflictDoNothing();
  }
  const changes = propertyChanges({ roles: texts(before) }, { roles: texts(after) });
  if (changes.length === 0) return;
  await record(tx, call, {
    action: 'Update',
    entityType: 'AuthUser',
    entityId: user.id,
    entityName: user.name,
    date: now,
    propertyChanges: changes,
    context: { operation: 'roles' },
  });
}

const texts = (grants: readonly RoleDivision[]): string[] =>
  grants.map(({ roleId, divisionId }) => `${roleId}:${divisionId}`).toSorted();
