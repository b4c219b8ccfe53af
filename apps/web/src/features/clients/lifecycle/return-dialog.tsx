import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { List, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Words } from '../../../words/words.tsx';
import { ReasonField } from './reason-field.tsx';
import { tellDone } from './tell-done.tsx';
import { useAct } from './use-act.ts';

/**
 * Asks before a client comes back: one that was switched off (`reactivate`), or one that is pending removal (`restore`,
 * product 8.3). Its secret and settings come back with it; tokens from before stay dead.
 */
export const ReturnDialog = ({
  act,
  client,
  onClose,
}: {
  act: 'reactivate' | 'restore';
  client: ClientDetail;
  onClose: () => void;
}) => {
  const [reason, setReason] = useState('');
  const returning = useAct(act, client, (after) => {
    tellDone(act, client, after);
    onClose();
  });
  const name: ReactNode = <bdi>{client.name}</bdi>;
  return (
    <ConfirmDialog
      title={<Words id={`lifecycle.${act}.title`} values={{ name }} />}
      act={<Words id={`lifecycle.${act}.act`} />}
      busy={returning.isPending}
      error={returning.error}
      onAct={() => returning.mutate({ reason })}
      onClose={onClose}
    >
      <Text>
        <Words id={`lifecycle.${act}.promise`} />
      </Text>
      <List size="sm" spacing={4}>
        <List.Item>
          <Words id="lifecycle.return.settings" />
        </List.Item>
        <List.Item>
          <Words id="lifecycle.return.secret" />
        </List.Item>
        <List.Item>
          <Words id="lifecycle.return.tokens" />
        </List.Item>
      </List>
      <ReasonField value={reason} onChange={setReason} />
    </ConfirmDialog>
  );
};
