import type { PlatformApi } from '@latchkey/contract/platform-api/table';
import type { Handlers } from '@latchkey/wire/mount';
import { asc, eq } from 'drizzle-orm';
import type { Platform } from '../../context/platform.ts';
import { scopes as table } from '../../storage/schema.ts';
import type { Call } from '../shared/call.ts';
import { found, knownId } from '../shared/known-id.ts';

const path = '/api/v2/oauth/scopes';

/** `/api/v2/oauth/scopes…`: what a client can be allowed to do for a person. */
export const scopes = ({ db }: Platform): Handlers<PlatformApi, Call>['scopes'] => ({
  list: async () => {
    const entities = (await db.select().from(table).orderBy(asc(table.id))).map(scopeView);
    return { total: entities.length, entities, selfUri: path };
  },
  read: async ({ params }) => {
    const rows = await db
      .select()
      .from(table)
      .where(eq(table.id, knownId(params.scopeId)));
    return scopeView(found(rows[0]));
  },
});

const scopeView = ({ id, description }: typeof table.$inferSelect) => ({
  id,
  description,
  selfUri: `${path}/${encodeURIComponent(id)}`,
});
