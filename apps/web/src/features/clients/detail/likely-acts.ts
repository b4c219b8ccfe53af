import type { ClientDetail } from '@latchkey/contract/console-api/models';
import type { ClientAct } from './detail-search.ts';

/** The two things one most likely wants to do with the client now, the likeliest first (design "Frame"). */
export function likelyActs({ state, unacknowledgedSecret, refusals }: ClientDetail): ClientAct[] {
  if (state === 'pending-removal') return refusals.restore && !refusals.edit ? ['restore', 'edit'] : ['restore'];
  if (state === 'deactivated') return ['reactivate', 'edit'];
  if (state === 'disabled') return [];
  if (refusals.generateSecret?.code === 'client.no_secret') return ['edit'];
  return unacknowledgedSecret ? ['generate-secret', 'edit'] : ['edit', 'generate-secret'];
}

/** The acts of the menu, in their order: what is the other way round does not stand there. */
export function menuActs({ state }: Pick<ClientDetail, 'state'>): ClientAct[] {
  const turn: ClientAct =
    state === 'pending-removal' ? 'restore' : state === 'deactivated' ? 'reactivate' : 'deactivate';
  return ['edit', 'generate-secret', turn];
}
