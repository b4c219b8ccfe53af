import type { ConsoleApi } from '@latchkey/contract/console-api/table';
import type { Handlers } from '@latchkey/wire/mount';
import type { Context } from '../../context.ts';
import { freshen } from '../../inventory/sync.ts';
import { listClients } from '../../inventory/list.ts';
import { detailView, rowView } from '../../inventory/view.ts';
import { wordsOf } from '../../inventory/words.ts';
import type { Parts } from '../../parts.ts';
import { readPresent, settleLeftBehind } from '../../writing/reading.ts';
import { createClient } from './create-client.ts';
import { deleteClient } from './delete-client.ts';
import { editClient } from './edit-client.ts';
import { deactivateClient, reactivateClient, restoreClient } from './switch-client.ts';

/** The clients of the organization (product 3, 4, 6, 8). */
export const clientHandlers = (parts: Parts): Handlers<Pick<ConsoleApi, 'clients'>, Context>['clients'] => ({
  async list({ query }, context) {
    const { sort, order, limit, cursor, ...filter } = query;
    const { asOf, stale } = await freshen(parts, context);
    const words = await wordsOf(parts.platform, context);
    const facts = {
      now: parts.clock(),
      personId: context.person.id,
      keys: parts.keys,
      usageKnown: parts.platform.capabilities.usageBySecret,
    };
    const { items, ...page } = await listClients(parts.db, { filter, sort, order, limit, cursor }, facts);
    return {
      ...page,
      items: items.map(({ client, keeping }) => rowView(parts, context.holder, words, client, keeping)),
      asOf: (asOf ?? facts.now).toISOString(),
      stale,
    };
  },

  async read({ params }, context) {
    const { client, keeping, words } = await readPresent(parts, context, params.clientId);
    await settleLeftBehind(parts, context, client.id);
    return detailView(parts, context, words, client, keeping);
  },

  create: createClient(parts),
  edit: editClient(parts),
  deactivate: deactivateClient(parts),
  reactivate: reactivateClient(parts),
  restore: restoreClient(parts),
  delete: deleteClient(parts),
});
