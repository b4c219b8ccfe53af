import { Fault } from '@latchkey/contract/faults';
import type { consoleApi } from '@latchkey/contract/console-api/table';
import type { Request } from '@latchkey/contract/route';
import { changed } from '@latchkey/wire/queries';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { api } from '../../../connection.ts';
import { useSecretActs } from '../../../secret-acts.ts';

type Asked = Omit<Request<typeof consoleApi.secrets.generate>['body'], 'revealKey'>;

/** After these the secrets on the page are not those of the client any more. */
const outdated = new Set<string>([
  'secret.generated_meanwhile',
  'outcome.unknown',
  'client.not_active',
  'client.not_found',
]);

/**
 * Generates a secret and shows it. Asking again for the same after a lost answer is the same request, so that it makes
 * one secret (architecture 5).
 */
export function useGenerate(clientId: string, onClose: () => void) {
  const queryClient = useQueryClient();
  const { sealed, show } = useSecretActs();
  const last = useRef<{ asked: string; key: string } | null>(null);
  return useMutation({
    mutationFn: (asked: Asked) => {
      const text = JSON.stringify(asked);
      if (last.current?.asked !== text) last.current = { asked: text, key: crypto.randomUUID() };
      return sealed(last.current.key, (revealKey, options) =>
        api.secrets.generate({ params: { clientId }, body: { ...asked, revealKey } }, options),
      );
    },
    gcTime: 0,
    onSuccess: async ({ reveal }) => {
      last.current = null;
      onClose();
      show(reveal);
      await changed(queryClient, 'clients', 'secrets', 'history');
    },
    onError: async (error) => {
      if (error instanceof Fault && outdated.has(error.code))
        await changed(queryClient, 'clients', 'secrets', 'history');
    },
  });
}
