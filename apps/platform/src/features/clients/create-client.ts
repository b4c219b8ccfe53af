import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import type { OAuthClientRequest, OAuthClientWithSecret } from '@latchkey/contract/platform-api/models';
import { transaction } from '@latchkey/database/transaction';
import { randomUUID } from 'node:crypto';
import type { Platform } from '../../context/platform.ts';
import { clients } from '../../storage/schema.ts';
import { actorId, holderOf, type Call } from '../shared/call.ts';
import { refuseRolesNotHeld } from '../shared/give-roles.ts';
import type { Now } from '../shared/now.ts';
import { propertyChanges, record } from '../shared/record.ts';
import { settingsColumns, wireNames } from './apply.ts';
import { offerOf } from './choices.ts';
import { refuseFaults } from './client-faults.ts';
import { askedSettings, faultsOf } from './client-request.ts';
import { showClient } from './client-view.ts';
import { refuseTooManyClients } from './too-many-clients.ts';
import { storeNewSecret } from './new-secret.ts';

/** Creates a client and hands over its first secret, in the one answer that ever holds it. */
export function createClient({ db, secrets, extensions }: Platform, clock: Now) {
  return ({ body }: { body: OAuthClientRequest }, call: Call): Promise<OAuthClientWithSecret> =>
    transaction(db, async (tx) => {
      const offer = await offerOf(tx, extensions);
      const asked = askedSettings(body, offer);
      refuseState(body);
      refuseFaults(faultsOf(asked, offer));
      refuseRolesNotHeld(holderOf(call.caller), asked.settings.roleDivisions, offer.roleNames);
      await refuseTooManyClients(tx);

      const id = randomUUID();
      const now = await clock(tx);
      const who = actorId(call.caller);
      const columns = settingsColumns(asked);
      await tx
        .insert(clients)
        .values({ id, ...columns, dateCreated: now, createdBy: who, dateModified: now, modifiedBy: who });
      const secret = await storeNewSecret(tx, secrets, { clientId: id, createdBy: who, now });
      const after = wireNames({ ...columns, state: 'active', dateToDelete: null });
      await record(tx, call, {
        action: 'Create',
        entityType: 'OAuthClient',
        entityId: id,
        entityName: columns.name,
        date: now,
        propertyChanges: propertyChanges({}, after),
      });

      return { ...(await showClient(tx, id, clock, extensions)), secret };
    });
}

/** A new client is active; any other state would be one that nobody switched it to. */
function refuseState({ state }: OAuthClientRequest): void {
  if (state === undefined || state === 'active') return;
  throw new PlatformFault('invalid.value', {
    message: 'state: A new client can only be active.',
    details: [{ errorCode: 'invalid.value', fieldName: 'state' }],
  });
}
