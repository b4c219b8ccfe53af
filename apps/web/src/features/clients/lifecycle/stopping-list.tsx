import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { allDivisions } from '@latchkey/domain/client';
import { Group, List, Text } from '@mantine/core';
import { useIntl } from 'react-intl';
import { useSession } from '../../../session/session.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { InstantText } from '../../../ui/instant-text.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { whatStops } from './what-stops.ts';
import styles from './lifecycle.module.css';

/** More names than this are counted instead. */
const namedAtMost = 6;

/** What stops working at once when the client is switched off, by name (product 8.2). */
export const StoppingList = ({ client }: { client: ClientDetail }) => {
  const intl = useIntl();
  const say = useWords();
  const { platform } = useSession();
  const { lastTokenAt, signIns, roles, scopes } = whatStops(client);
  const named = (names: readonly string[]) => (
    <bdi>
      {intl.formatList([
        ...names.slice(0, namedAtMost),
        ...(names.length > namedAtMost ? [say('lifecycle.stops.more', { count: names.length - namedAtMost })] : []),
      ])}
    </bdi>
  );
  return (
    <div>
      <Text fw={600} mb={4}>
        <Words id="lifecycle.stops.title" />
      </Text>
      <List size="sm" spacing={4}>
        <List.Item>
          <Words id="lifecycle.stops.tokens" values={{ name: <bdi>{client.name}</bdi> }} />
        </List.Item>
        {signIns.length > 0 && (
          <List.Item>
            <Words id="lifecycle.stops.signIns" values={{ places: named(signIns), count: signIns.length }} />
          </List.Item>
        )}
        {roles.length > 0 && (
          <List.Item>
            <Words
              id="lifecycle.stops.roles"
              values={{
                roles: named(
                  roles.map(
                    ({ role, division }) =>
                      `${role} (${division === allDivisions ? say('ui.allDivisions') : division})`,
                  ),
                ),
                count: roles.length,
              }}
            />
          </List.Item>
        )}
        {scopes.length > 0 && (
          <List.Item>
            <Words id="lifecycle.stops.scopes" values={{ scopes: named(scopes), count: scopes.length }} />
          </List.Item>
        )}
        <List.Item>
          <Words id="lifecycle.stops.others" />
        </List.Item>
      </List>
      <Group gap="xs" mt="xs" wrap="nowrap" align="flex-start" className={styles['used']}>
        <Icon name={lastTokenAt ? 'warning' : 'info'} />
        <Text component="div">
          {lastTokenAt ? (
            <Words id="lifecycle.stops.used" values={{ at: <InstantText at={lastTokenAt} show="full" /> }} />
          ) : (
            <Words id={platform.kind === 'embedded' ? 'lifecycle.stops.neverUsed' : 'lifecycle.stops.useUnknown'} />
          )}
        </Text>
      </Group>
    </div>
  );
};
