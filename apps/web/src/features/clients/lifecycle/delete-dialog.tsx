import { Fault } from '@latchkey/contract/faults';
import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { DeletionPromise } from './deletion-promise.tsx';
import { InstantBoth } from './instant-both.tsx';
import { ReasonField } from './reason-field.tsx';
import { StoppingList } from './stopping-list.tsx';
import { tellDone } from './tell-done.tsx';
import { Told } from './told.tsx';
import { useAct } from './use-act.ts';
import styles from './lifecycle.module.css';

/**
 * Asks before a client is deleted (product 8.1 to 8.4, design "Delete"). What deleting means for this client comes
 * first; a deletion that cannot be undone offers to switch the client off instead, and asks for the name. When the
 * meaning changed while the dialog was open, it says so and asks again (security D-03).
 */
export const DeleteDialog = ({
  client,
  onClose,
  onGone,
}: {
  client: ClientDetail;
  onClose: () => void;
  /** The client is gone for good. */
  onGone: () => void;
}) => {
  const say = useWords();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const isFinal = client.deletion.meaning === 'final';
  const deleting = useAct('delete', client, (after) => {
    tellDone('delete', client, after);
    if (after) onClose();
    else onGone();
  });
  const parking = useAct('deactivate', client, (after) => {
    tellDone('deactivate', client, after);
    onClose();
  });
  const meaningChanged = deleting.error instanceof Fault && deleting.error.code === 'deletion.meaning_changed';
  const { restorableFrom } = client.deletion;
  const canPark = client.state === 'active' && !client.refusals.deactivate;

  return (
    <ConfirmDialog
      title={<Words id="lifecycle.delete.title" values={{ name: <bdi>{client.name}</bdi> }} />}
      act={<Words id="lifecycle.delete.act" />}
      safeWay={<Words id="lifecycle.delete.keep" />}
      danger={isFinal}
      blocked={isFinal && typed !== client.name}
      busy={deleting.isPending || parking.isPending}
      error={meaningChanged ? null : (deleting.error ?? parking.error)}
      onAct={() => deleting.mutate({ reason, ...(isFinal && { confirmName: typed }) }, { onError: () => setTyped('') })}
      onClose={onClose}
    >
      {meaningChanged && <MeaningChanged isFinal={isFinal} />}
      <DeletionPromise client={client} />
      {isFinal && canPark && restorableFrom && (
        <Stack gap="xs" align="flex-start">
          <Text>
            <Words id="lifecycle.delete.parkFirst" values={{ day31: <InstantBoth at={restorableFrom} /> }} />
          </Text>
          <Button
            variant="light"
            leftSection={<Icon name="pause" />}
            loading={parking.isPending}
            disabled={deleting.isPending}
            onClick={() => parking.mutate({ reason })}
          >
            <Words id="lifecycle.delete.park" />
          </Button>
        </Stack>
      )}
      {client.namesakes > 0 && (
        <Alert color="amber" icon={<Icon name="clients" size={20} />}>
          <Words id="lifecycle.namesakes" values={{ count: client.namesakes, id: <code>{client.id}</code> }} />
        </Alert>
      )}
      <StoppingList client={client} />
      <Told client={client} />
      {isFinal && (
        <TextInput
          label={
            <Words
              id="lifecycle.delete.typeName"
              values={{ name: <bdi className={styles['typedName']}>{client.name}</bdi> }}
            />
          }
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          required
          withAsterisk={false}
          // Invisible characters cannot be typed; then the name is copied.
          description={say('lifecycle.delete.typeName.help')}
        />
      )}
      <ReasonField value={reason} onChange={setReason} />
    </ConfirmDialog>
  );
};

const MeaningChanged = ({ isFinal }: { isFinal: boolean }) => {
  const say = useWords();
  return (
    <Alert
      role="alert"
      color="amber"
      icon={<Icon name="warning" size={20} />}
      title={say('lifecycle.delete.changed.title')}
    >
      <Words id={isFinal ? 'lifecycle.delete.changed.final' : 'lifecycle.delete.changed.restorable'} />
    </Alert>
  );
};
