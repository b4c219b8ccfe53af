import { Anchor, Text } from '@mantine/core';
import type { ClientForm } from '@latchkey/contract/console-api/models';
import { type Finding, findingsOf } from '@latchkey/domain/findings';
import { serverNow } from '../../../session/clock.ts';
import { SeverityBadge } from '../../../ui/badges.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import type { LoadedChoices } from '../form/use-choices.ts';
import type { CreateStep } from './create-search.ts';
import styles from './review.module.css';
import { labelOf, stepOf } from './steps.ts';

/** The findings that a client with these settings would have from its first day. */
export function findingsOfForm(form: ClientForm, choices: LoadedChoices, now: Date): Finding[] {
  const at = now.toISOString();
  const asCreated = {
    ...form,
    id: '00000000-0000-4000-8000-000000000000',
    state: 'active' as const,
    dateToDelete: null,
    dateCreated: at,
    createdBy: null,
    dateModified: null,
    modifiedBy: null,
    dateLastUsed: null,
  };
  return findingsOf(asCreated, {
    now,
    secretCreatedAt: at,
    broadRoleIds: choices.roles.filter(({ broad }) => broad).map(({ id }) => id),
    scopeIds: choices.scopes.map(({ id }) => id),
  });
}

/** What is worth a second thought before saving, worst first, each with the way to mend it. */
export const ReviewFindings = ({
  form,
  choices,
  onGo,
}: {
  form: ClientForm;
  choices: LoadedChoices;
  onGo: (step: CreateStep) => void;
}) => {
  const say = useWords();
  const findings = findingsOfForm(form, choices, new Date(serverNow()));
  return (
    <Panel title={say('create.findings')} order={3}>
      {findings.length === 0 ? (
        <Text>
          <Icon name="check" size={14} /> <Words id="create.findings.none" />
        </Text>
      ) : (
        <ul role="list" className={styles['findings']}>
          {findings.map(({ id, severity, field = '' }) => (
            <li key={id} className={styles['finding']}>
              <SeverityBadge severity={severity} />
              <div>
                <Text>{say(`create.finding.${id}`)}</Text>
                <Anchor component="button" type="button" size="sm" ta="start" onClick={() => onGo(stepOf(field))}>
                  <Words id="create.finding.mend" values={{ field: say(labelOf(field)) }} />
                </Anchor>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};
