import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { allDivisions } from '@latchkey/domain/client';
import { Badge, Group, Text } from '@mantine/core';
import { useSession } from '../../../session/session.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Words } from '../../../words/words.tsx';
import { ActButton, type OnAct } from './act-button.tsx';
import { byRole } from './by-role.ts';
import { ScopeList } from './scope-list.tsx';
import styles from './detail.module.css';

/** The roles of a Client Credentials client, each with the divisions in which it applies (product 4.3). */
export const RolesTab = ({ client, onAct }: { client: ClientDetail; onAct: OnAct }) => {
  const { platform } = useSession();
  return (
    <>
      <Panel
        title={<Words id="detail.tab.roles" />}
        beside={
          <ActButton act="edit" field="roleDivisions" client={client} onAct={onAct} variant="default" size="xs" />
        }
      >
        <Text c="dimmed">
          <Words id="detail.roles.about" />
        </Text>
        {client.roles.length === 0 ? (
          <Text mt="xs">
            <Words id="detail.roles.none" />
          </Text>
        ) : (
          <ul className={styles['list']}>
            {byRole(client.roles).map(({ roleId, roleName, divisions }) => (
              <li key={roleId}>
                <Text fw={600}>
                  <bdi>{roleName}</bdi>
                </Text>
                <Group gap={4} mt={4}>
                  {divisions.map(({ id, name }) => (
                    <Badge
                      key={id}
                      variant={id === allDivisions ? 'light' : 'default'}
                      color={id === allDivisions ? 'amber' : 'gray'}
                      tt="none"
                      fw={500}
                      radius="sm"
                      leftSection={id === allDivisions && <Icon name="warning" size={12} />}
                    >
                      {id === allDivisions ? <Words id="ui.allDivisions" /> : <bdi>{name}</bdi>}
                    </Badge>
                  ))}
                </Group>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      {platform.capabilities.scopesNarrowRoles && client.scopes.length > 0 && (
        <Panel title={<Words id="detail.scopes" />}>
          <Text c="dimmed">
            <Words id="detail.scopes.narrow" />
          </Text>
          <ScopeList scopes={client.scopes} />
        </Panel>
      )}
    </>
  );
};
