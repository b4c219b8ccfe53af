import type { SecretView } from '@latchkey/contract/console-api/models';
import { changed } from '@latchkey/wire/queries';
import { List, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../connection.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { InstantText } from '../../../ui/instant-text.tsx';
import { notify } from '../../../ui/notify.tsx';
import { Words } from '../../../words/words.tsx';

/** Asks before the previous secret stops earlier than planned: it cannot come back (product 7.1, 7.2). */
export const RetireDialog = ({
  clientId,
  secret,
  onClose,
}: {
  clientId: string;
  secret: SecretView;
  onClose: () => void;
}) => {
  const queryClient = useQueryClient();
  const values = { hint: <code>••••{secret.hint}</code> };
  const retiring = useMutation({
    mutationFn: () => api.secrets.retire({ params: { clientId, secretId: secret.id } }),
    onSuccess: async () => {
      notify({ title: <Words id="secrets.retire.done" values={values} /> });
      // The list first, so that the focus does not go back to a button that is about to go.
      await changed(queryClient, 'secrets', 'clients', 'history');
      onClose();
    },
    onError: () => changed(queryClient, 'secrets'),
  });
  return (
    <ConfirmDialog
      title={<Words id="secrets.retire.title" values={values} />}
      act={<Words id="secrets.retire.act" />}
      safeWay={<Words id="secrets.retire.keep" />}
      danger
      busy={retiring.isPending}
      error={retiring.error}
      onAct={() => retiring.mutate()}
      onClose={onClose}
    >
      <Text fw={600}>
        <Words id="secrets.retire.promise" />
      </Text>
      <List size="sm" spacing={4}>
        <List.Item>
          <Words id="secrets.retire.callers" />
        </List.Item>
        {secret.lastUsedAt ? (
          <List.Item>
            <Words
              id="secrets.retire.used"
              values={{ at: <InstantText at={secret.lastUsedAt} />, count: secret.usesToday ?? 0 }}
            />
          </List.Item>
        ) : (
          <List.Item>
            <Words id="secrets.retire.unused" />
          </List.Item>
        )}
        {secret.endsAt && (
          <List.Item>
            <Words id="secrets.retire.otherwise" values={{ at: <InstantText at={secret.endsAt} /> }} />
          </List.Item>
        )}
      </List>
    </ConfirmDialog>
  );
};
