import { Fault } from '@latchkey/contract/faults';
import { ClientDetail, type ClientForm } from '@latchkey/contract/console-api/models';
import { changed } from '@latchkey/wire/queries';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, reads } from '../../../connection.ts';
import { useSameKey } from '../lifecycle/same-key.ts';

/** What is sent: the form, the version it was made from, and why. */
export interface Edit {
  readonly version: string;
  readonly form: ClientForm;
  readonly reason: string;
}

/**
 * Saves an edit. When somebody else saved meanwhile nothing is overwritten: `conflict` gets the client as it is now, and
 * the page has it too (product 6.4).
 */
export function useSaveEdit({
  clientId,
  onSaved,
  onConflict,
  onRefused,
}: {
  clientId: string;
  onSaved: (after: ClientDetail) => void;
  onConflict: (now: ClientDetail) => void;
  onRefused: (fault: Fault) => void;
}) {
  const queryClient = useQueryClient();
  const keyFor = useSameKey();
  const params = { clientId };
  const read = reads.clients.read({ params });
  return useMutation({
    mutationFn: ({ version, form, reason }: Edit) => {
      const body = { version, client: form, ...(reason.trim() && { reason: reason.trim() }) };
      return api.clients.edit({ params, body }, keyFor(body));
    },
    onSuccess: async (after) => {
      queryClient.setQueryData(read.queryKey, after);
      onSaved(after);
      await changed(queryClient, 'clients', 'history');
    },
    onError: async (error) => {
      if (!(error instanceof Fault)) return;
      if (error.code === 'client.changed') {
        const now = ClientDetail.safeParse(error.extra.current).data ?? (await api.clients.read({ params }));
        queryClient.setQueryData(read.queryKey, now);
        onConflict(now);
      } else onRefused(error);
    },
  });
}
