import type { PlatformApi } from '@latchkey/contract/platform-api/table';
import type { Handlers } from '@latchkey/wire/mount';
import type { Platform } from '../../context/platform.ts';
import type { Call } from '../shared/call.ts';
import type { Now } from '../shared/now.ts';
import { showClient } from './client-view.ts';
import { createClient } from './create-client.ts';
import { deleteClient } from './delete-client.ts';
import { listClients } from './list-clients.ts';
import { listSecrets, newSecret, retireSecret, revokeTokens } from './secrets.ts';
import { updateClient } from './update-client.ts';

/** `/api/v2/oauth/clients…`, one function per row; each loads, decides, applies and shows. */
export const clients = (platform: Platform, clock: Now): Handlers<PlatformApi, Call>['clients'] => ({
  list: listClients(platform, clock),
  create: createClient(platform, clock),
  read: ({ params }) => showClient(platform.db, params.clientId, clock, platform.extensions),
  update: updateClient(platform, clock),
  delete: deleteClient(platform, clock),
  newSecret: newSecret(platform, clock),
  listSecrets: listSecrets(platform, clock),
  retireSecret: retireSecret(platform, clock),
  revokeTokens: revokeTokens(platform, clock),
});
