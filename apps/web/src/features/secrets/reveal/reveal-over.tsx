import { Button, Group, Stack, Text } from '@mantine/core';
import type { Reveal } from '@latchkey/contract/console-api/models';
import { Words } from '../../../words/words.tsx';
import styles from './reveal.module.css';

/** Why there is nothing to show: the time is over, this browser has no key, or what came does not open. */
export type WhyOver = 'time' | 'no-key' | 'unreadable';

/** A secret that cannot be shown: says so, and leads to a new one (product 5.7). */
export const RevealOver = ({
  why,
  reveal,
  onGiveUp,
  onGenerate,
}: {
  why: WhyOver;
  reveal: Reveal;
  onGiveUp: () => void;
  onGenerate: () => void;
}) => (
  <Stack gap="md" mt="xs" className={styles['over'] ?? ''}>
    <Text>
      <Words id={`reveal.over.${why}`} values={{ name: <strong dir="auto">{reveal.clientName}</strong> }} />
    </Text>
    <Text>
      <Words id="reveal.over.next" />
    </Text>
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onGiveUp}>
        <Words id="ui.close" />
      </Button>
      <Button onClick={onGenerate}>
        <Words id="generate.act" />
      </Button>
    </Group>
  </Stack>
);
