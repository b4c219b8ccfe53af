import { Fault } from '@latchkey/contract/faults';
import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { changed } from '@latchkey/wire/queries';
import { Button, Group, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { api, reads } from '../../../connection.ts';
import { queryClient } from '../../../query-client.ts';
import { Icon } from '../../../ui/icon.tsx';
import { notify } from '../../../ui/notify.tsx';
import { faultWords } from '../../../words/fault-words.ts';
import { useWords, Words } from '../../../words/words.tsx';
import type { LifecycleAct } from './lifecycle-act.ts';

/** The act that undoes another. What is gone for good has none. */
const undoing = { deactivate: 'reactivate', delete: 'restore' } as const;

/**
 * Says what was done to a client, with Undo where that is possible (product 15.3). The page itself shows the same state
 * and the same way back for as long as it holds, so nothing depends on catching the notice.
 */
export function tellDone(
  act: LifecycleAct,
  { id, name }: Pick<ClientDetail, 'id' | 'name'>,
  after: ClientDetail | null,
): void {
  const undo = after && (act === 'deactivate' || act === 'delete') ? undoing[act] : null;
  const hide = notify({
    about: id,
    title: (
      <Words
        id={act === 'delete' && !after ? 'lifecycle.done.deleted' : `lifecycle.done.${act}`}
        values={{ name: named(name) }}
      />
    ),
    action: after && undo && !after.refusals[undo] ? <Undo act={undo} client={after} onDone={() => hide()} /> : null,
  });
}

const named = (name: string): ReactNode => <bdi>{name}</bdi>;

const Undo = ({ act, client, onDone }: { act: 'reactivate' | 'restore'; client: ClientDetail; onDone: () => void }) => {
  const say = useWords();
  const [state, setState] = useState<'idle' | 'busy' | Fault>('idle');
  const undo = async () => {
    setState('busy');
    const params = { clientId: client.id };
    try {
      const after = await api.clients[act]({
        params,
        body: { version: client.version, reason: say('lifecycle.undo.reason') },
      });
      queryClient.setQueryData(reads.clients.read({ params }).queryKey, after);
      await changed(queryClient, 'clients', 'secrets', 'history');
      onDone();
      tellDone(act, after, after);
    } catch (error) {
      setState(error instanceof Fault ? error : new Fault('server.failed'));
    }
  };
  return (
    <Group gap="xs" justify="space-between">
      {state instanceof Fault && (
        <Text size="sm" role="alert">
          {say(faultWords(state.code))}
        </Text>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon name="restore" size={14} />}
        loading={state === 'busy'}
        onClick={() => void undo()}
      >
        <Words id="lifecycle.undo" />
      </Button>
    </Group>
  );
};
