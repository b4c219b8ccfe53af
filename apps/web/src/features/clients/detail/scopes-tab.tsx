import type { ClientDetail } from '@latchkey/contract/console-api/models';
import { mayHaveRedirectUris } from '@latchkey/domain/grant-type';
import { redirectUriNoticeSentences } from '@latchkey/domain/redirect-uri';
import { Text } from '@mantine/core';
import { Icon } from '../../../ui/icon.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { noticesByLine } from '../form/redirect-uri-notices.ts';
import { ActButton, type OnAct } from './act-button.tsx';
import { ScopeList } from './scope-list.tsx';
import styles from './detail.module.css';

/**
 * Scopes and redirect URIs. An URI is text and never a link: what an attacker registered must not be one click away; and
 * it is shown byte for byte, so that a look-alike host is seen as what it is (product 4.5).
 */
export const ScopesTab = ({ client, onAct }: { client: ClientDetail; onAct: OnAct }) => {
  const say = useWords();
  const notices = noticesByLine(client.redirectUris);
  return (
    <>
      <Panel
        title={<Words id="detail.scopes.count" values={{ count: client.scopes.length }} />}
        beside={
          <ActButton act="edit" field="scopes" client={client} onAct={onAct} variant="default" size="xs">
            {client.scopes.length === 0 ? <Words id="detail.scopes.assign" /> : undefined}
          </ActButton>
        }
      >
        {client.scopes.length === 0 ? (
          <Text>
            <Words id="detail.scopes.none" />
          </Text>
        ) : (
          <ScopeList scopes={client.scopes} />
        )}
      </Panel>
      {(client.grantTypes.some(mayHaveRedirectUris) || client.redirectUris.length > 0) && (
        <Panel
          title={<Words id="detail.redirects.count" values={{ count: client.redirectUris.length }} />}
          beside={
            <ActButton act="edit" field="redirectUris" client={client} onAct={onAct} variant="default" size="xs" />
          }
        >
          <Text c="dimmed">
            <Words id="detail.redirects.about" />
          </Text>
          {client.redirectUris.length === 0 ? (
            <Text mt="xs">
              <Words id="detail.redirects.none" />
            </Text>
          ) : (
            <ul className={styles['list']}>
              {client.redirectUris.map((uri, index) => (
                <li key={uri}>
                  <bdi className={styles['mono']} dir="ltr">
                    {uri}
                  </bdi>{' '}
                  <CopyButton compact text={uri} thing={say('detail.redirect', { number: index + 1 })} />
                  {notices[index]?.map((notice) => (
                    <div key={notice} className={styles['notice']}>
                      <Icon name="info" size={14} />
                      <span>
                        {redirectUriNoticeSentences[notice].message} {redirectUriNoticeSentences[notice].remedy}
                      </span>
                    </div>
                  ))}
                </li>
              ))}
            </ul>
          )}
        </Panel>
      )}
    </>
  );
};
