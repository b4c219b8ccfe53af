import type { ClientDetail } from '@latchkey/contract/console-api/models';
import type { PersonRef } from '@latchkey/domain/client';
import { Group, Text } from '@mantine/core';
import { useSession } from '../../../session/session.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { DurationText } from '../../../ui/duration-text.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { InstantText } from '../../../ui/instant-text.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import styles from './detail.module.css';

/** What the client is, whose it is, and since when. */
export const OverviewTab = ({ client }: { client: ClientDetail }) => {
  const say = useWords();
  const { platform } = useSession();
  const { owner, environment } = client;
  return (
    <>
      <Panel title={<Words id="detail.about" />}>
        <Facts>
          <Fact label={<Words id="detail.id" />}>
            <Group gap={4} wrap="nowrap">
              <span className={styles['mono']}>{client.id}</span>
              <CopyButton compact text={client.id} thing={say('detail.id')} />
            </Group>
          </Fact>
          <Fact label={<Words id="detail.description" />}>
            <Prose text={client.description} />
          </Fact>
          <Fact label={<Words id="detail.purpose" />}>
            <Prose text={client.purpose} />
          </Fact>
          <Fact label={<Words id="detail.owner" />}>
            {owner ? (
              <>
                <bdi>{owner.name}</bdi>
                {owner.email && (
                  <Text span c="dimmed">
                    {' '}
                    <bdi>{owner.email}</bdi>
                  </Text>
                )}
              </>
            ) : (
              <NotSet />
            )}
          </Fact>
          <Fact label={<Words id="detail.environment" />}>
            {environment ? <Words id={`ui.environment.${environment}`} /> : <NotSet />}
          </Fact>
        </Facts>
      </Panel>
      <Panel title={<Words id="detail.use" />}>
        <Facts>
          <Fact label={<Words id="detail.lastToken" />}>
            {client.dateLastUsed ? (
              <InstantText at={client.dateLastUsed} />
            ) : (
              <Text span c="dimmed">
                <Words id={platform.kind === 'embedded' ? 'ui.never' : 'ui.unknown'} />
              </Text>
            )}
          </Fact>
          <Fact label={<Words id="detail.duration" />}>
            <DurationText seconds={client.accessTokenValiditySeconds} />
          </Fact>
          {client.secretCreatedAt && (
            <Fact label={<Words id="detail.secretSince" />}>
              <InstantText at={client.secretCreatedAt} />
            </Fact>
          )}
          {client.nextRotationAt && (
            <Fact label={<Words id="detail.nextRotation" />}>
              <InstantText at={client.nextRotationAt} />
            </Fact>
          )}
        </Facts>
      </Panel>
      <Panel title={<Words id="detail.times" />}>
        <Facts>
          <Fact label={<Words id="detail.created" />}>
            <When at={client.dateCreated} by={client.createdBy} />
          </Fact>
          <Fact label={<Words id="detail.modified" />}>
            {client.dateModified ? <When at={client.dateModified} by={client.modifiedBy} /> : <NotYet />}
          </Fact>
        </Facts>
      </Panel>
    </>
  );
};

const Prose = ({ text }: { text: string }) =>
  text.trim() ? <bdi className={styles['prose']}>{text}</bdi> : <NotSet />;

const NotSet = () => (
  <Text span c="dimmed">
    <Words id="detail.notSet" />
  </Text>
);

const NotYet = () => (
  <Text span c="dimmed">
    <Words id="detail.notYet" />
  </Text>
);

/** When, and by whom as far as that is known. */
const When = ({ at, by }: { at: string; by: PersonRef | null }) => (
  <>
    <InstantText at={at} />
    {by && (
      <>
        {' '}
        <Words id="detail.by" values={{ person: <bdi>{by.name}</bdi> }} />
      </>
    )}
  </>
);
