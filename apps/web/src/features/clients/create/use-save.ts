import { changed } from '@latchkey/wire/queries';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ClientForm } from '@latchkey/contract/console-api/models';
import { api, reads } from '../../../connection.ts';
import { useSecretActs } from '../../../secret-acts.ts';
import { madeBefore, outcomeOf } from './outcome.ts';

/** Creates the client. `done` gets its id before the secret is shown, so that everything below the dialog is settled. */
export function useSave({
  idempotencyKey,
  onSent,
  onRefused,
  done,
}: {
  idempotencyKey: string;
  onSent: () => void;
  onRefused: (error: unknown) => void;
  done: (clientId: string) => Promise<void>;
}) {
  const queryClient = useQueryClient();
  const { sealed, show } = useSecretActs();
  return useMutation({
    mutationFn: (client: ClientForm) => {
      onSent();
      return sealed(idempotencyKey, (revealKey, options) =>
        api.clients.create({ body: { client, revealKey } }, options),
      );
    },
    // The answer holds the sealed secret: it is dropped as soon as it was handed on (security K-10).
    gcTime: 0,
    onSuccess: async ({ client, reveal }) => {
      queryClient.setQueryData(reads.clients.read({ params: { clientId: client.id } }).queryKey, client);
      await done(client.id);
      show(reveal);
      await changed(queryClient, 'clients', 'history');
    },
    onError: async (error) => {
      const made = madeBefore(error);
      if (made !== null) await done(made);
      if (outcomeOf(error) === 'refused') onRefused(error);
    },
  });
}
