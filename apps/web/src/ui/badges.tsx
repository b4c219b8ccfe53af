import { Badge, Group } from '@mantine/core';
import type { ClientState } from '@latchkey/domain/client';
import { choosableGrantTypes, type GrantType } from '@latchkey/domain/grant-type';
import { Words } from '../words/words.tsx';
import { Icon, type IconName } from './icon.tsx';
import styles from './badges.module.css';

const states: Record<ClientState, { icon: IconName; tone: string }> = {
  active: { icon: 'active', tone: 'calm' },
  deactivated: { icon: 'pause', tone: 'quiet' },
  'pending-removal': { icon: 'hourglass', tone: 'amber' },
  disabled: { icon: 'ban', tone: 'red' },
};

/** The state of a client: icon and word, never colour alone (product 15.1). */
export const StateBadge = ({ state }: { state: ClientState }) => (
  <span className={`${styles['state']} ${styles[states[state].tone]}`}>
    <Icon name={states[state].icon} size={14} />
    <Words id={`ui.state.${state}`} />
  </span>
);

const deprecated = (grant: GrantType): boolean => !(choosableGrantTypes as readonly GrantType[]).includes(grant);

/** The grant types of a client; a deprecated one says so. */
export const GrantBadges = ({ grants }: { grants: readonly GrantType[] }) => (
  <Group gap={4} wrap="wrap">
    {grants.map((grant) => (
      <Badge
        key={grant}
        variant={deprecated(grant) ? 'light' : 'default'}
        color={deprecated(grant) ? 'amber' : 'gray'}
        size="md"
        radius="sm"
        tt="none"
        fw={500}
        leftSection={deprecated(grant) && <Icon name="warning" size={12} />}
      >
        <Words id={`ui.grant.${grant}`} />
        {deprecated(grant) && (
          <>
            {' '}
            (<Words id="ui.grant.deprecated" />)
          </>
        )}
      </Badge>
    ))}
  </Group>
);

const severities = {
  high: { icon: 'stop', tone: 'red' },
  medium: { icon: 'warning', tone: 'amber' },
  low: { icon: 'info', tone: 'quiet' },
  none: { icon: 'check', tone: 'quiet' },
} as const;

/** How bad the findings of a client are: icon and word. */
export const SeverityBadge = ({ severity }: { severity: keyof typeof severities }) => (
  <span className={`${styles['state']} ${styles[severities[severity].tone]}`}>
    <Icon name={severities[severity].icon} size={14} />
    <Words id={`ui.severity.${severity}`} />
  </span>
);
