import type { AuditEvent } from '@latchkey/domain/audit';
import { Text } from '@mantine/core';
import { useIntl } from 'react-intl';
import { local, utc } from '../../ui/format-instant.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import type { RoleNames } from '../../ui/use-role-names.ts';
import { Words } from '../../words/words.tsx';
import { EventChanges, tells } from './event-changes.tsx';
import { EventDetails } from './event-details.tsx';
import { actionWords, type EventTone, toneOf } from './event-words.ts';
import styles from './history.module.css';

const icons: Record<EventTone, IconName> = { usual: 'check', refused: 'ban', unknown: 'warning', gone: 'trash' };

/** One event: what, by whom, when; what changed; the rest on demand. */
export const HistoryEvent = ({ event, names }: { event: AuditEvent; names: RoleNames }) => {
  const intl = useIntl();
  const tone = toneOf(event);
  const { actor, at, action, outcome, changes, reason } = event;
  // The reason of a rotation and the code of a refusal stand with the details.
  const told = outcome === 'succeeded' && !action.startsWith('secret.') ? reason : null;
  // All settings of a new client are much to read.
  const whole = action === 'client.created';
  const difference = changes.some(tells) && (
    <div className={styles['changes']}>
      <EventChanges changes={changes} names={names} />
    </div>
  );
  return (
    <li className={styles['event']} data-tone={tone}>
      <span className={styles['mark']}>
        <Icon name={icons[tone]} size={14} />
      </span>
      <div className={styles['body']}>
        <Text fw={600}>
          <Words id={actionWords(action)} values={{ outcome }} />
        </Text>
        <Text c="dimmed" component="div">
          {actor.name ? <bdi>{actor.name}</bdi> : <Words id={`history.actor.${actor.kind}`} />}
          {' · '}
          <time dateTime={at}>
            {local(intl, at)} <span className={styles['utc']}>({utc(at)})</span>
          </time>
        </Text>
        {told && (
          <Text className={styles['reason']}>
            <bdi>{told}</bdi>
          </Text>
        )}
        {!whole && difference}
        <details className={styles['more']}>
          <summary>
            <Words id="history.details" />
          </summary>
          {whole && difference}
          <EventDetails event={event} told={told !== null} />
        </details>
      </div>
    </li>
  );
};
