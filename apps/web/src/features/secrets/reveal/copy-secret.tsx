import { Button, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { announce } from '../../../ui/announce.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { copyText } from './clipboard.ts';

/** How long "Copied" stays on the button, in milliseconds. */
const answerFor = 4_000;

/**
 * Copies something that holds the secret. Says "Copied" only after the clipboard has it; when the browser refuses, says
 * what to do instead.
 */
export const CopySecret = ({
  label,
  name,
  read,
  onCopied,
  onRefused,
}: {
  label: ReactNode;
  /** What is copied, for those who do not see where the button stands. */
  name: string;
  read: () => string | null;
  onCopied: () => void;
  onRefused?: () => void;
}) => {
  const say = useWords();
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none');
  useEffect(() => {
    if (outcome !== 'copied') return;
    const timer = setTimeout(() => setOutcome('none'), answerFor);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    const text = read();
    if (text === null) return;
    if (await copyText(text)) {
      setOutcome('copied');
      announce(say('ui.copied'));
      onCopied();
    } else {
      setOutcome('refused');
      announce(say('reveal.copyRefused'));
      onRefused?.();
    }
  };
  return (
    <div>
      <Button
        variant="default"
        leftSection={<Icon name={outcome === 'copied' ? 'check' : 'copy'} size={16} />}
        {...(outcome !== 'copied' && { 'aria-label': name })}
        onClick={() => void copy()}
      >
        {outcome === 'copied' ? <Words id="ui.copied" /> : label}
      </Button>
      {outcome === 'refused' && (
        <Text size="xs" c="var(--mantine-color-error)" mt={4} maw={320}>
          <Words id={onRefused ? 'reveal.copyRefused' : 'reveal.copyRefusedHere'} />
        </Text>
      )}
    </div>
  );
};
