import type { SecretView } from '@latchkey/contract/console-api/models';
import { Badge, Group } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useIntl } from 'react-intl';
import { useSession } from '../../../session/session.tsx';
import { Countdown } from '../../../ui/countdown.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { InstantText } from '../../../ui/instant-text.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { SecretHint } from './secret-hint.tsx';
import styles from './secrets.module.css';

/** One secret: its last characters, whose it is, how much it is used, and when it ends. */
export const SecretCard = ({ secret, retire }: { secret: SecretView; retire: ReactNode }) => {
  const say = useWords();
  const intl = useIntl();
  const id = useId();
  const { capabilities } = useSession().platform;
  const isCurrent = secret.state === 'current';
  return (
    <li className={styles['secret']} data-state={secret.state} aria-labelledby={id}>
      <Group justify="space-between" gap="xs">
        <Group gap="sm" id={id}>
          <Icon name="key" />
          <SecretHint hint={secret.hint} />
          <Badge
            variant="light"
            color={isCurrent ? 'teal' : 'amber'}
            tt="none"
            fw={600}
            radius="sm"
            leftSection={<Icon name={isCurrent ? 'active' : 'clock'} size={12} />}
          >
            <Words id={isCurrent ? 'secrets.current' : 'secrets.previous'} />
          </Badge>
        </Group>
        {retire}
      </Group>
      <Facts>
        {secret.endsAt && (
          <Fact label={<Words id="secrets.ends" />}>
            <Words
              id="secrets.endsIn"
              values={{
                left: (
                  <strong>
                    <Countdown until={secret.endsAt} over={say('secrets.moment')} />
                  </strong>
                ),
                at: <InstantText at={secret.endsAt} show="local" />,
              }}
            />
          </Fact>
        )}
        <Fact label={<Words id="secrets.created" />}>
          <InstantText at={secret.createdAt} />
          {secret.createdBy && (
            <>
              {' '}
              <Words id="secrets.by" values={{ person: <bdi>{secret.createdBy.name}</bdi> }} />
            </>
          )}
        </Fact>
        {secret.reason && (
          <Fact label={<Words id="secrets.why" />}>
            <Words id={`secrets.why.${secret.reason}`} />
          </Fact>
        )}
        {capabilities.usageBySecret && (
          <>
            <Fact label={<Words id="secrets.lastUsed" />}>
              {secret.lastUsedAt ? <InstantText at={secret.lastUsedAt} /> : <Words id="secrets.notUsed" />}
            </Fact>
            {secret.usesToday !== null && (
              <Fact label={<Words id="secrets.usesToday" />}>
                <span className="tabular">{intl.formatNumber(secret.usesToday)}</span>
              </Fact>
            )}
          </>
        )}
      </Facts>
    </li>
  );
};
