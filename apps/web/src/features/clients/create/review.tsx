import { Anchor, Code, Stack, Text } from '@mantine/core';
import { allDivisions } from '@latchkey/domain/client';
import { redirectUriNoticeSentences } from '@latchkey/domain/redirect-uri';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { useSession } from '../../../session/session.tsx';
import { useDuration } from '../../../ui/duration-text.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { type ClientDraft, formOf, settingsShown } from '../form/client-draft.ts';
import { noticesByLine } from '../form/redirect-uri-notices.ts';
import { chosenRoles } from '../form/roles-choice.ts';
import type { LoadedChoices } from '../form/use-choices.ts';
import type { CreateStep } from './create-search.ts';
import { ReviewFindings } from './review-findings.tsx';
import styles from './review.module.css';

/** Everything that will be saved, and everything that is worth a second thought, with the way back to each (product 4.1). */
export const Review = ({
  draft,
  choices,
  onGo,
}: {
  draft: ClientDraft;
  choices: LoadedChoices;
  onGo: (step: CreateStep) => void;
}) => {
  const say = useWords();
  const intl = useIntl();
  const duration = useDuration();
  const { platform } = useSession();
  const form = formOf(draft, platform.capabilities);
  const parts = settingsShown(draft, platform.capabilities);
  const roles = new Map(choices.roles.map(({ id, name }) => [id, name]));
  const divisions = new Map(choices.divisions.map(({ id, name }) => [id, name]));
  const notices = noticesByLine(form.redirectUris);
  const none = <Text c="dimmed">{say('ui.none')}</Text>;
  const change = (step: CreateStep, label: ReactNode) => (
    <Anchor component="button" type="button" size="sm" onClick={() => onGo(step)}>
      {label}
    </Anchor>
  );
  return (
    <div>
      <ReviewFindings form={form} choices={choices} onGo={onGo} />
      <Panel title={say('create.step.details')} beside={change('details', say('create.change.details'))} order={3}>
        <Facts>
          <Fact label={say('form.name')}>
            <bdi className={styles['asTyped']}>{form.name}</bdi>
          </Fact>
          <Fact label={say('form.description')}>
            {form.description ? <bdi className={styles['asTyped']}>{form.description}</bdi> : none}
          </Fact>
          <Fact label={say('form.owner')}>
            {form.owner ? <bdi>{[form.owner.name, form.owner.email].filter(Boolean).join(', ')}</bdi> : none}
          </Fact>
          <Fact label={say('form.purpose')}>
            {form.purpose ? <bdi className={styles['asTyped']}>{form.purpose}</bdi> : none}
          </Fact>
          <Fact label={say('form.environment')}>
            {form.environment ? say(`ui.environment.${form.environment}`) : say('form.environment.none')}
          </Fact>
        </Facts>
      </Panel>
      <Panel
        title={say('create.step.grant-types')}
        beside={change('grant-types', say('create.change.grant-types'))}
        order={3}
      >
        <Facts>
          <Fact label={say('create.step.grant-types')}>
            {intl.formatList(form.grantTypes.map((grant) => say(`form.grant.${grant}`)))}
          </Fact>
        </Facts>
      </Panel>
      <Panel title={say('create.step.settings')} beside={change('settings', say('create.change.settings'))} order={3}>
        <Facts>
          {parts.roles && (
            <Fact label={say('form.roles')}>
              <Stack gap={2}>
                {chosenRoles(form.roleDivisions).map(({ roleId, divisionIds }) => (
                  <Text key={roleId}>
                    <Words
                      id="create.roleIn"
                      values={{
                        role: <strong>{roles.get(roleId) ?? roleId}</strong>,
                        divisions: intl.formatList(
                          divisionIds.map((id) =>
                            id === allDivisions ? say('ui.allDivisions') : (divisions.get(id) ?? id),
                          ),
                        ),
                      }}
                    />
                  </Text>
                ))}
              </Stack>
            </Fact>
          )}
          {parts.scopes && (
            <Fact label={say('form.scopes')}>
              {form.scopes.length > 0 ? (
                <span className={styles['codes']}>
                  {form.scopes.map((scope) => (
                    <Code key={scope}>{scope}</Code>
                  ))}
                </span>
              ) : (
                none
              )}
            </Fact>
          )}
          {parts.redirectUris && (
            <Fact label={<Words id="create.uris" values={{ count: form.redirectUris.length }} />}>
              {form.redirectUris.length > 0 ? (
                <ul role="list" className={styles['uris']}>
                  {form.redirectUris.map((uri, line) => (
                    <li key={uri}>
                      {/* Text, never a link: nobody should go there from here (security R-12). */}
                      <Code className={styles['uri'] ?? ''}>{uri}</Code>
                      {notices[line]?.map((notice) => (
                        <Text key={notice} size="xs" c="dimmed">
                          {redirectUriNoticeSentences[notice].message} {redirectUriNoticeSentences[notice].remedy}
                        </Text>
                      ))}
                    </li>
                  ))}
                </ul>
              ) : (
                none
              )}
            </Fact>
          )}
          <Fact label={say('form.duration')}>
            <Words
              id="form.duration.means"
              values={{
                seconds: intl.formatNumber(form.accessTokenValiditySeconds, {
                  style: 'unit',
                  unit: 'second',
                  unitDisplay: 'long',
                }),
                human: duration(form.accessTokenValiditySeconds, 4),
              }}
            />
          </Fact>
        </Facts>
      </Panel>
    </div>
  );
};
