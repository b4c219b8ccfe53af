import { Fault } from '@latchkey/contract/faults';
import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { changed } from '@latchkey/wire/queries';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, reads } from '../../../connection.ts';
import { useSameKey } from './same-key.ts';

/** Faults after which the client on the page is not the client of the Platform any more. */
const outdated = new Set<string>([
  'client.changed',
  'client.not_found',
  'client.not_active',
  'client.already_active',
  'client.pending_removal',
  'client.not_pending_removal',
  'client.restore_window_over',
  'deletion.meaning_changed',
  'outcome.unknown',
]);

/** What a dialog sends besides the client's version. */
export interface Said {
  readonly reason?: string | undefined;
  /** For deleting a client that cannot come back: its name as typed. */
  readonly confirmName?: string | undefined;
}

/**
 * One act on a client, in the version that the person saw. Afterwards, done or refused, everything that shows clients
 * is read again. `done` gets the client as it is now, or `null` when it is gone for good.
 */
export function useAct(
  act: 'deactivate' | 'reactivate' | 'restore' | 'delete',
  client: ClientDetail,
  done: (after: ClientDetail | null) => void,
) {
  const queryClient = useQueryClient();
  const keyFor = useSameKey();
  const params = { clientId: client.id };
  const read = reads.clients.read({ params }).queryKey;
  return useMutation({
    mutationFn: async ({ reason, confirmName }: Said): Promise<ClientDetail | null> => {
      const said = { version: client.version, ...(reason?.trim() && { reason: reason.trim() }) };
      if (act !== 'delete') return api.clients[act]({ params, body: said }, keyFor({ act, said }));
      const { meaning } = client.deletion;
      const body = { ...said, meaning, ...(meaning === 'final' && { confirmName: confirmName ?? '' }) };
      return (await api.clients.delete({ params, body }, keyFor({ act, body }))).client;
    },
    onSuccess: async (after) => {
      if (after) queryClient.setQueryData(read, after);
      done(after);
      if (!after) queryClient.removeQueries({ queryKey: read });
      await changed(queryClient, 'clients', 'secrets', 'history');
    },
    onError: async (error) => {
      if (error instanceof Fault && outdated.has(error.code)) await changed(queryClient, 'clients', 'history');
    },
  });
}
