import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { implicitEndsAt } from '@latchkey/domain/grant-type';
import { Anchor, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { Countdown } from '../../../ui/countdown.tsx';
import { InstantText } from '../../../ui/instant-text.tsx';
import { SeverityBadge } from '../../../ui/badges.tsx';
import { useRefusalSentence } from '../../../ui/why-not.ts';
import { useWords, Words } from '../../../words/words.tsx';
import { ActButton, type OnAct } from './act-button.tsx';
import { AttentionCard } from './attention-card.tsx';
import { isKnownFinding, remedyOf } from './remedy.ts';
import styles from './detail.module.css';

/** What needs attention at this client, the most pressing first, each with its way out (design "Frame"). */
export const Attention = ({ client, onAct }: { client: ClientDetail; onAct: OnAct }) => {
  const say = useWords();
  const id = useId();
  const { state, dateToDelete, unacknowledgedSecret, findings, namesakes, grantTypes, refusals } = client;
  const refusalSentence = useRefusalSentence();
  const calm =
    (state === 'active' || state === 'disabled') && !unacknowledgedSecret && findings.length === 0 && namesakes === 0;
  return (
    <aside aria-labelledby={id} className={styles['aside']}>
      <Title order={2} size="h4" id={id}>
        <Words id="detail.attention" />
      </Title>
      {calm && state === 'active' && (
        <Text c="dimmed">
          <Words id="detail.attention.none" />
        </Text>
      )}
      <ul className={styles['aside']}>
        {state === 'pending-removal' && dateToDelete && (
          <AttentionCard
            icon="hourglass"
            tone="amber"
            title={
              <Words
                id="detail.pending.title"
                values={{ left: <Countdown until={dateToDelete} over={say('detail.pending.now')} /> }}
              />
            }
            action={
              <>
                <ActButton act="restore" client={client} onAct={onAct} size="xs" />
                {refusals.restore?.code === 'client.scopes_missing' && (
                  <ActButton act="edit" field="scopes" client={client} onAct={onAct} size="xs" variant="default">
                    <Words id="detail.scopes.assign" />
                  </ActButton>
                )}
              </>
            }
          >
            <Words id="detail.pending.text" values={{ at: <InstantText at={dateToDelete} show="local" /> }} />{' '}
            {refusals.restore && refusalSentence(refusals.restore)}
          </AttentionCard>
        )}
        {state === 'deactivated' && (
          <AttentionCard
            icon="pause"
            tone="amber"
            title={<Words id="detail.deactivated.title" />}
            action={<ActButton act="reactivate" client={client} onAct={onAct} size="xs" />}
          >
            <Words id="detail.deactivated.text" />
          </AttentionCard>
        )}
        {state === 'disabled' && (
          <AttentionCard icon="ban" tone="red" title={<Words id="detail.disabled.title" />}>
            <Words id="detail.disabled.text" />
          </AttentionCard>
        )}
        {unacknowledgedSecret && (
          <AttentionCard
            icon="key"
            tone="amber"
            title={<Words id={unacknowledgedSecret.shown ? 'detail.secret.unconfirmed' : 'detail.secret.unseen'} />}
            action={<ActButton act="generate-secret" client={client} onAct={onAct} size="xs" />}
          >
            <Words
              id={unacknowledgedSecret.shown ? 'detail.secret.unconfirmed.text' : 'detail.secret.unseen.text'}
              values={{ at: <InstantText at={unacknowledgedSecret.since} show="full" /> }}
            />
          </AttentionCard>
        )}
        {namesakes > 0 && (
          <AttentionCard
            icon="clients"
            tone="calm"
            title={<Words id="detail.namesakes" values={{ count: namesakes }} />}
            action={
              <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/clients" search={{ q: client.name }} />}>
                <Words id="detail.namesakes.show" />
              </Anchor>
            }
          >
            <Words id="detail.namesakes.text" />
          </AttentionCard>
        )}
        {findings.map((finding) => {
          const { id: findingId, severity } = finding;
          if (!isKnownFinding(findingId)) return null;
          const { act, field } = remedyOf(findingId);
          return (
            <AttentionCard
              key={findingId}
              tone={severity === 'low' ? 'calm' : 'amber'}
              title={<Words id={`detail.finding.${findingId}`} />}
              beside={<SeverityBadge severity={severity} />}
              action={
                state !== 'pending-removal' &&
                state !== 'disabled' && (
                  <ActButton act={act} field={field} client={client} onAct={onAct} variant="default" size="xs">
                    <Words id={`detail.remedy.${findingId}`} />
                  </ActButton>
                )
              }
            >
              <Words id={`detail.finding.${findingId}.why`} />
              {findingId === 'deprecated_grant' && grantTypes.includes('TOKEN') && (
                <>
                  {' '}
                  <Words id="detail.implicitEnds" values={{ at: <InstantText at={implicitEndsAt} show="full" /> }} />
                </>
              )}
            </AttentionCard>
          );
        })}
      </ul>
    </aside>
  );
};
