import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { consoleApi } from '@latchkey/contract/console-api/table';
import { Button, Menu } from '@mantine/core';
import { GuardedMenuItem } from '../../../ui/guarded-menu-item.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { notify } from '../../../ui/notify.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import type { OnAct } from './act-button.tsx';
import { actFacts } from './act-facts.ts';
import { menuActs } from './likely-acts.ts';

/** Everything that can be done with the client (product 3.8). */
export const ActionsMenu = ({
  client,
  onAct,
  onDuplicate,
}: {
  client: ClientDetail;
  onAct: OnAct;
  onDuplicate: () => void;
}) => {
  const say = useWords();
  const copyId = async () => {
    const copied = await navigator.clipboard.writeText(client.id).then(
      () => true,
      () => false,
    );
    notify({ tone: copied ? 'done' : 'failed', title: say(copied ? 'detail.idCopied' : 'ui.copyFailed') });
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="chevronDown" size={14} />}>
          <Words id="detail.actions" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {menuActs(client).map((act) => (
          <GuardedMenuItem
            key={act}
            row={actFacts[act].row}
            refusal={client.refusals[actFacts[act].action]}
            icon={<Icon name={actFacts[act].icon} />}
            onClick={() => onAct(act)}
          >
            <Words id={`detail.act.${act}`} />
          </GuardedMenuItem>
        ))}
        <GuardedMenuItem
          row={consoleApi.clients.create}
          refusal={client.refusals.duplicate}
          icon={<Icon name="plus" />}
          onClick={onDuplicate}
        >
          <Words id="detail.act.duplicate" />
        </GuardedMenuItem>
        <Menu.Item leftSection={<Icon name="copy" />} onClick={() => void copyId()}>
          <Words id="detail.copyId" />
        </Menu.Item>
        <Menu.Divider />
        <GuardedMenuItem
          row={actFacts.delete.row}
          refusal={client.refusals.delete}
          icon={<Icon name="trash" />}
          danger
          onClick={() => onAct('delete')}
        >
          <Words id="detail.act.delete" />
        </GuardedMenuItem>
      </Menu.Dropdown>
    </Menu>
  );
};
