import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { Text } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Words } from '../../../words/words.tsx';
import { ReasonField } from './reason-field.tsx';
import { StoppingList } from './stopping-list.tsx';
import { tellDone } from './tell-done.tsx';
import { Told } from './told.tsx';
import { useAct } from './use-act.ts';

/** Asks before a client is switched off without an end (product 8.4). */
export const DeactivateDialog = ({ client, onClose }: { client: ClientDetail; onClose: () => void }) => {
  const [reason, setReason] = useState('');
  const deactivating = useAct('deactivate', client, (after) => {
    tellDone('deactivate', client, after);
    onClose();
  });
  return (
    <ConfirmDialog
      title={<Words id="lifecycle.deactivate.title" values={{ name: <bdi>{client.name}</bdi> }} />}
      act={<Words id="lifecycle.deactivate.act" />}
      busy={deactivating.isPending}
      error={deactivating.error}
      onAct={() => deactivating.mutate({ reason })}
      onClose={onClose}
    >
      <Text>
        <Words id="lifecycle.deactivate.promise" />
      </Text>
      <StoppingList client={client} />
      <Told client={client} />
      <ReasonField value={reason} onChange={setReason} />
    </ConfirmDialog>
  );
};
