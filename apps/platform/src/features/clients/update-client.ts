import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import type { OAuthClient, OAuthClientRequest } from '@latchkey/contract/platform-api/models';
import { transaction } from '@latchkey/database/transaction';
import { changesBetween } from '@latchkey/domain/change';
import { whyNotEdit, whyNotReactivate, whyNotRestore } from '@latchkey/domain/may';
import type { Platform } from '../../context/platform.ts';
import { holderOf, type Call } from '../shared/call.ts';
import { refuseRolesNotHeld } from '../shared/give-roles.ts';
import type { Now } from '../shared/now.ts';
import { applyChange, type ClientChange } from './apply.ts';
import { offerOf, type Offer } from './choices.ts';
import { refuse, refuseFaults } from './client-faults.ts';
import { askedSettings, faultsOf, type Asked } from './client-request.ts';
import { lockClient, lockClientToRestore, type Locked } from './client-row.ts';
import { showClient } from './client-view.ts';

/** What a caller can make of a client's state. */
type Wanted = 'active' | 'inactive';

/**
 * Replaces a client's settings, and moves its state: inactive parks it, active switches it on again or restores it.
 * Dates in the request never count; without a state the client keeps its own.
 */
export function updateClient({ db, extensions }: Platform, clock: Now) {
  return (
    { params, body }: { params: { clientId: string }; body: OAuthClientRequest },
    call: Call,
  ): Promise<OAuthClient> =>
    transaction(db, async (tx) => {
      const lock = body.state === 'active' ? lockClientToRestore : lockClient;
      const locked = await lock(tx, params.clientId, clock);
      const offer = await offerOf(tx, extensions);

      const asked = askedSettings(body, offer, locked.row.allowedIpRanges);
      const { change, operation } = decide(locked, asked, wantedState(body, locked), offer, call);

      await applyChange(tx, locked, change, operation, call);

      return await showClient(tx, params.clientId, clock, extensions);
    });
}

function wantedState({ state }: OAuthClientRequest, { row }: Locked): Wanted {
  if (state === 'active' || state === 'inactive') return state;
  // What the Platform disabled stays so: the rules refuse every change of it below.
  if (state === undefined || state === row.state) return row.state === 'inactive' ? 'inactive' : 'active';
  throw new PlatformFault('invalid.value', {
    message: 'state: The value must be one of [active, inactive].',
    details: [{ errorCode: 'invalid.value', fieldName: 'state' }],
  });
}

interface Decision {
  readonly change: ClientChange;
  readonly operation: 'deactivate' | 'reactivate' | 'restore' | 'edit';
}

function decide({ row, client, now }: Locked, asked: Asked, wanted: Wanted, offer: Offer, call: Call): Decision {
  const { settings } = asked;
  const holder = holderOf(call.caller);
  const surroundings = { now, deleteNeedsEdit: false, restore: true, choices: offer.choices };
  const sameRanges = new Set(settings.allowedIpRanges).symmetricDifference(new Set(row.allowedIpRanges)).size === 0;
  const unchanged = asked.faults.length === 0 && sameRanges && changesBetween(client, settings).length === 0;
  const deactivates = client.state === 'active' && wanted === 'inactive';

  // The first step of deleting needs no more than the right to delete, and whatever breaks today's rules can go.
  if (deactivates && unchanged && holder.permissions.has('oauth:client:delete')) {
    return { change: { state: 'inactive' }, operation: 'deactivate' };
  }

  const next = { ...client, ...settings };
  if (client.state === 'pending-removal' && wanted === 'active') {
    refuseRolesNotHeld(holder, client.roleDivisions, offer.roleNames);
    // A scope that is missing is told as the reason; all other faults are told together.
    refuseFaults(faultsOf(asked, offer));
    refuse(whyNotRestore(next, holder, surroundings), offer.roleNames);
    return { change: { settings, state: 'active', dateToDelete: null }, operation: 'restore' };
  }

  refuse(whyNotEdit(client, holder, surroundings), offer.roleNames);
  if (!(unchanged && wanted === 'inactive')) refuseFaults(faultsOf(asked, offer, client));
  refuseRolesNotHeld(holder, settings.roleDivisions, offer.roleNames);
  if (client.state === 'deactivated' && wanted === 'active') {
    refuse(whyNotReactivate(next, holder, surroundings), offer.roleNames);
    return { change: { settings, state: 'active' }, operation: 'reactivate' };
  }
  return { change: { settings, state: wanted }, operation: deactivates ? 'deactivate' : 'edit' };
}
