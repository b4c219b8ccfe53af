import { Menu } from '@mantine/core';
import type { ClientRow } from '@latchkey/contract/console-api/models';
import { consoleApi } from '@latchkey/contract/console-api/table';
import { useNavigate } from '@tanstack/react-router';
import { announce } from '../../../ui/announce.tsx';
import { GuardedMenuItem } from '../../../ui/guarded-menu-item.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import type { ClientAct } from '../detail/detail-search.ts';

/** The items of a row's menu; what the client's page opens is named in the address. */
export default function RowActs({ client }: { client: ClientRow }) {
  const say = useWords();
  const navigate = useNavigate();
  const open = (act: ClientAct) => () =>
    void navigate({ to: '/clients/$clientId', params: { clientId: client.id }, search: { do: act } });
  const { refusals, state } = client;
  const copyId = () =>
    navigator.clipboard.writeText(client.id).then(
      () => announce(say('clients.copiedId')),
      () => announce(say('clients.copyIdFailed', { id: client.id })),
    );
  return (
    <>
      <GuardedMenuItem
        row={consoleApi.clients.edit}
        refusal={refusals.edit}
        icon={<Icon name="edit" />}
        onClick={open('edit')}
      >
        <Words id="clients.act.edit" />
      </GuardedMenuItem>
      <GuardedMenuItem
        row={consoleApi.secrets.generate}
        refusal={refusals.generateSecret}
        icon={<Icon name="key" />}
        onClick={open('generate-secret')}
      >
        <Words id="clients.act.generateSecret" />
      </GuardedMenuItem>
      {state === 'deactivated' ? (
        <GuardedMenuItem
          row={consoleApi.clients.reactivate}
          refusal={refusals.reactivate}
          icon={<Icon name="play" />}
          onClick={open('reactivate')}
        >
          <Words id="clients.act.reactivate" />
        </GuardedMenuItem>
      ) : (
        <GuardedMenuItem
          row={consoleApi.clients.deactivate}
          refusal={refusals.deactivate}
          icon={<Icon name="pause" />}
          onClick={open('deactivate')}
        >
          <Words id="clients.act.deactivate" />
        </GuardedMenuItem>
      )}
      <GuardedMenuItem
        row={consoleApi.clients.restore}
        refusal={refusals.restore}
        icon={<Icon name="restore" />}
        onClick={open('restore')}
      >
        <Words id="clients.act.restore" />
      </GuardedMenuItem>
      <Menu.Divider />
      <GuardedMenuItem
        row={consoleApi.clients.create}
        refusal={refusals.duplicate}
        icon={<Icon name="copy" />}
        onClick={() => void navigate({ to: '/clients/new', search: { from: client.id } })}
      >
        <Words id="clients.act.duplicate" />
      </GuardedMenuItem>
      <Menu.Item leftSection={<Icon name="copy" />} onClick={() => void copyId()}>
        <Words id="clients.act.copyId" />
      </Menu.Item>
      <Menu.Divider />
      <GuardedMenuItem
        row={consoleApi.clients.delete}
        refusal={refusals.delete}
        icon={<Icon name="trash" />}
        danger
        onClick={open('delete')}
      >
        <Words id="clients.act.delete" />
      </GuardedMenuItem>
    </>
  );
}
