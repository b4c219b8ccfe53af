import { Button, Code, Group, Stack, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { CopySecret } from './copy-secret.tsx';
import { dots } from './covered-secret.tsx';
import { download } from './download.ts';
import { commandFor, commandForms, envFileName, envLines, type SecretFacts } from './secret-forms.ts';
import type { OpenedSecret } from './use-opened-secret.ts';
import type { useWays } from './use-ways.ts';
import styles from './reveal.module.css';

const forms = ['env', ...commandForms] as const;
type Form = (typeof forms)[number];

/**
 * The secret in the forms that people need (product 5.2): an `.env` file, and commands that read it from standard input,
 * so that it never stands in a shell's history.
 */
export const OtherForms = ({
  facts,
  secret,
  note,
}: {
  facts: SecretFacts;
  secret: OpenedSecret;
  note: ReturnType<typeof useWays>['note'];
}) => {
  const say = useWords();
  const [form, setForm] = useState<Form>('env');
  const env = () => {
    const value = secret.read();
    return value === null ? null : envLines(facts, value);
  };
  return (
    <div>
      <Text fw={600} id="reveal-forms">
        <Words id="reveal.forms" />
      </Text>
      <Tabs value={form} onChange={(next) => setForm(forms.find((one) => one === next) ?? 'env')} keepMounted={false}>
        <Tabs.List aria-labelledby="reveal-forms" className={styles['tabs'] ?? ''}>
          {forms.map((one) => (
            <Tabs.Tab key={one} value={one} className={styles['tab'] ?? ''}>
              <Words id={`reveal.form.${one}`} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="env" pt="xs">
          <Stack gap="xs">
            <Code block className={styles['code'] ?? ''}>
              {envLines(facts, 'COVERED').replace('COVERED', dots).trimEnd()}
            </Code>
            <Group gap="xs" align="flex-start">
              <Button
                variant="default"
                leftSection={<Icon name="document" size={16} />}
                onClick={() => {
                  const text = env();
                  if (text === null) return;
                  download(envFileName(facts), text);
                  note('downloaded', 'env');
                }}
              >
                <Words id="reveal.download" />
              </Button>
              <CopySecret
                label={<Words id="reveal.copyEnv" />}
                name={say('reveal.copyEnv')}
                read={env}
                onCopied={() => note('copied', 'env')}
              />
            </Group>
          </Stack>
        </Tabs.Panel>
        {commandForms.map((one) => (
          <Tabs.Panel key={one} value={one} pt="xs">
            <Stack gap="xs">
              <Text size="xs" c="dimmed">
                <Words id="reveal.command.about" />
              </Text>
              <div className={styles['command']}>
                <Code block className={styles['code'] ?? ''}>
                  {commandFor(one, facts)}
                </Code>
                <CopyButton compact text={commandFor(one, facts)} thing={say('reveal.command')} />
              </div>
              <CopySecret
                label={<Words id="reveal.copySecret" />}
                name={say('reveal.copySecretFor', { form: say(`reveal.form.${one}`) })}
                read={secret.read}
                onCopied={() => note('copied', one)}
              />
            </Stack>
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
};
