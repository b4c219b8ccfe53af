import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { Group, Text } from '@mantine/core';
import { GrantBadges, StateBadge } from '../../../ui/badges.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Words } from '../../../words/words.tsx';
import { ActButton, type OnAct } from './act-button.tsx';
import { ActionsMenu } from './actions-menu.tsx';
import type { ClientAct } from './detail-search.ts';
import { likelyActs } from './likely-acts.ts';
import styles from './detail.module.css';

/** What stays in sight on every tab: name, state, grants, owner, and what one most likely wants to do. */
export const ClientHeader = ({
  client,
  onAct,
  onDuplicate,
  editing,
}: {
  client: ClientDetail;
  onAct: OnAct;
  onDuplicate: () => void;
  /** While the client is edited, its other acts wait. */
  editing: boolean;
}) => (
  <div className={styles['header']}>
    <PageHeader
      title={<bdi>{client.name}</bdi>}
      beside={<StateBadge state={client.state} />}
      about={
        <Group gap="xs" mt={4}>
          <GrantBadges grants={client.grantTypes} />
          <Text span c="dimmed">
            {client.owner ? (
              <Words id="detail.ownedBy" values={{ owner: <bdi>{client.owner.name}</bdi> }} />
            ) : (
              <Words id="detail.unowned" />
            )}
          </Text>
        </Group>
      }
      actions={
        !editing && (
          <>
            {likelyActs(client).map((act: ClientAct, index) => (
              <ActButton
                key={act}
                act={act}
                client={client}
                onAct={onAct}
                variant={index === 0 ? 'filled' : 'default'}
              />
            ))}
            <ActionsMenu client={client} onAct={onAct} onDuplicate={onDuplicate} />
          </>
        )
      }
    />
  </div>
);
