import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useIntl } from 'react-intl';
import { reads } from '../../../connection.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { FaultNotice } from '../../../ui/fault-notice.tsx';
import { InstantText } from '../../../ui/instant-text.tsx';
import { useNamedPage } from '../../../ui/named-page.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { TextSkeleton } from '../../../ui/skeletons.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { chosenRoles } from '../form/roles-choice.ts';
import styles from './review.module.css';

/** The confirmation after saving: what was made, by whom and when, and where to go from here (product 4.10). */
export const CreatedClient = ({ clientId }: { clientId: string }) => {
  const say = useWords();
  const intl = useIntl();
  const { data: client, error, refetch } = useQuery(reads.clients.read({ params: { clientId } }));
  useNamedPage(client?.name);
  return (
    <Stack gap="md" maw="52rem">
      <PageHeader
        title={
          client ? (
            <Words id="create.done" values={{ name: <bdi>{client.name}</bdi> }} />
          ) : (
            <Words id="create.done.short" />
          )
        }
        about={<Words id="create.done.about" />}
      />
      {error && <FaultNotice error={error} retry={() => void refetch()} />}
      <Panel title={say('create.done.facts')}>
        <Facts>
          {client && (
            <Fact label={say('form.name')}>
              <bdi className={styles['asTyped']}>{client.name}</bdi>
            </Fact>
          )}
          <Fact label={say('create.clientId')}>
            <Group gap="xs">
              <Code>{clientId}</Code>
              <CopyButton compact text={clientId} thing={say('create.clientId')} />
            </Group>
          </Fact>
          {client ? (
            <>
              <Fact label={say('create.step.grant-types')}>
                {intl.formatList(client.grantTypes.map((grant) => say(`form.grant.${grant}`)))}
              </Fact>
              <Fact label={say('form.scopes')}>
                {client.scopes.length > 0 ? (
                  <span className={styles['codes']}>
                    {client.scopes.map((scope) => (
                      <Code key={scope}>{scope}</Code>
                    ))}
                  </span>
                ) : (
                  <Text c="dimmed">{say('ui.none')}</Text>
                )}
              </Fact>
              {client.roles.length > 0 && (
                <Fact label={say('form.roles')}>
                  <Stack gap={2}>
                    {chosenRoles(client.roles).map(({ roleId }) => {
                      const mine = client.roles.filter((one) => one.roleId === roleId);
                      return (
                        <Text key={roleId}>
                          <Words
                            id="create.roleIn"
                            values={{
                              role: <strong>{mine[0]?.roleName}</strong>,
                              divisions: intl.formatList(mine.map(({ divisionName }) => divisionName)),
                            }}
                          />
                        </Text>
                      );
                    })}
                  </Stack>
                </Fact>
              )}
              <Fact label={say('create.createdBy')}>
                <bdi>{client.createdBy?.name ?? say('ui.unknown')}</bdi>
              </Fact>
              <Fact label={say('create.createdAt')}>
                <InstantText at={client.dateCreated} show="local" />
              </Fact>
            </>
          ) : (
            !error && <TextSkeleton lines={4} />
          )}
        </Facts>
      </Panel>
      <Group gap="xs">
        <Button renderRoot={(props) => <Link to="/clients/$clientId" params={{ clientId }} {...props} />}>
          <Words id="create.open" />
        </Button>
        <Button variant="default" renderRoot={(props) => <Link to="/clients/new" search={{}} {...props} />}>
          <Words id="create.another" />
        </Button>
      </Group>
    </Stack>
  );
};
