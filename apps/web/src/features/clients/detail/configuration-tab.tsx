import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { allDivisions } from '@latchkey/domain/client';
import { needsRedirectUris, needsScopes, takesRoles } from '@latchkey/domain/grant-type';
import { Stack, Text } from '@mantine/core';
import { useIntl } from 'react-intl';
import { useSession } from '../../../session/session.tsx';
import { GrantBadges } from '../../../ui/badges.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { DurationText } from '../../../ui/duration-text.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { ActButton, type OnAct } from './act-button.tsx';
import { byRole } from './by-role.ts';
import styles from './detail.module.css';

/** How the client gets tokens, and which ones. */
export const ConfigurationTab = ({ client, onAct }: { client: ClientDetail; onAct: OnAct }) => {
  const say = useWords();
  const intl = useIntl();
  const { platform } = useSession();
  const { grantTypes, accessTokenValiditySeconds, roles, scopes, redirectUris } = client;
  return (
    <>
      <Panel
        title={<Words id="detail.configuration" />}
        beside={<ActButton act="edit" client={client} onAct={onAct} variant="default" size="xs" />}
      >
        <Facts>
          <Fact label={<Words id="detail.grants" />}>
            <Stack gap="xs">
              <GrantBadges grants={grantTypes} />
              {grantTypes.map((grant) => (
                <Text key={grant} c="dimmed">
                  <Words id={`detail.grant.${grant}`} />
                </Text>
              ))}
            </Stack>
          </Fact>
          <Fact label={<Words id="detail.duration" />}>
            <DurationText seconds={accessTokenValiditySeconds} />{' '}
            <Text span c="dimmed">
              <Words id="detail.seconds" values={{ seconds: accessTokenValiditySeconds }} />
            </Text>
          </Fact>
          {grantTypes.some(takesRoles) && (
            <Fact label={<Words id="detail.tab.roles" />}>
              <Some
                all={byRole(roles).map(({ roleName, divisions }) =>
                  say('detail.roleIn', {
                    role: roleName,
                    divisions: intl.formatList(
                      divisions.map(({ id, name }) => (id === allDivisions ? say('ui.allDivisions') : name)),
                    ),
                  }),
                )}
              />
            </Fact>
          )}
          {(grantTypes.some(needsScopes) || scopes.length > 0) && (
            <Fact label={<Words id="detail.scopes" />}>
              <Some all={scopes.toSorted()} code />
            </Fact>
          )}
          {grantTypes.some(needsRedirectUris) && (
            <Fact label={<Words id="detail.redirects" />}>
              <Some all={redirectUris} code />
            </Fact>
          )}
        </Facts>
      </Panel>
      <Panel title={<Words id="detail.addresses" />}>
        <Facts>
          <Fact label={<Words id="detail.tokenUrl" />}>
            <Address text={platform.tokenUrl} thing={say('detail.tokenUrl')} />
          </Fact>
          <Fact label={<Words id="detail.platform" />}>
            <Address text={platform.address} thing={say('detail.platform')} />
          </Fact>
        </Facts>
      </Panel>
    </>
  );
};

/** The first ones, and how many more there are; the whole list has a tab of its own. */
const Some = ({ all, code = false }: { all: readonly string[]; code?: boolean }) => {
  if (all.length === 0) return <Words id="ui.none" />;
  return (
    <ul className={styles['plain']}>
      {all.slice(0, shownAtMost).map((one) => (
        <li key={one} className={code ? styles['mono'] : undefined}>
          <bdi>{one}</bdi>
        </li>
      ))}
      {all.length > shownAtMost && (
        <li>
          <Text span c="dimmed">
            <Words id="lifecycle.stops.more" values={{ count: all.length - shownAtMost }} />
          </Text>
        </li>
      )}
    </ul>
  );
};

const shownAtMost = 5;

const Address = ({ text, thing }: { text: string; thing: string }) => (
  <>
    <span className={styles['mono']}>{text}</span> <CopyButton compact text={text} thing={thing} />
  </>
);
