import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import type { GrantType } from '@latchkey/domain/grant-type';
import { useState } from 'react';
import { Words, type useWords } from '../../../words/words.tsx';
import styles from './help-to-choose.module.css';

type Answer = 'yes' | 'no' | null;

/** The grant type that fits the answers; `null` while one is missing. */
export function grantFor(person: Answer, assertion: Answer): GrantType | null {
  if (person === null) return null;
  if (person === 'no') return 'CLIENT-CREDENTIALS';
  if (assertion === null) return null;
  return assertion === 'yes' ? 'SAML2-BEARER' : 'CODE';
}

/** Two questions that lead to a grant type, for those who do not know the names. */
export const HelpToChoose = ({
  say,
  onChoose,
}: {
  say: ReturnType<typeof useWords>;
  onChoose: (grant: GrantType) => void;
}) => {
  const [person, setPerson] = useState<Answer>(null);
  const [assertion, setAssertion] = useState<Answer>(null);
  const grant = grantFor(person, assertion);
  return (
    <details className={styles['help']}>
      <summary>
        <Words id="form.grants.help" />
      </summary>
      <Stack gap="md" pt="sm">
        <Question label={say('form.grants.help.person')} answer={person} onAnswer={setPerson} say={say} />
        {person === 'yes' && (
          <Question label={say('form.grants.help.assertion')} answer={assertion} onAnswer={setAssertion} say={say} />
        )}
        <div role="status">
          {grant && (
            <Group gap="sm">
              <Text>
                <Words id="form.grants.help.answer" values={{ grant: say(`form.grant.${grant}`) }} />
              </Text>
              <Button size="xs" variant="default" onClick={() => onChoose(grant)}>
                <Words id="form.grants.help.choose" values={{ grant: say(`form.grant.${grant}`) }} />
              </Button>
            </Group>
          )}
        </div>
      </Stack>
    </details>
  );
};

const Question = ({
  label,
  answer,
  onAnswer,
  say,
}: {
  label: string;
  answer: Answer;
  onAnswer: (answer: Answer) => void;
  say: ReturnType<typeof useWords>;
}) => (
  <Radio.Group label={label} value={answer ?? ''} onChange={(value) => onAnswer(value === 'yes' ? 'yes' : 'no')}>
    <Group gap="lg" mt={4}>
      <Radio value="yes" label={say('form.yes')} />
      <Radio value="no" label={say('form.no')} />
    </Group>
  </Radio.Group>
);
