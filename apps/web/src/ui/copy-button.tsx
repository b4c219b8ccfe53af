import { ActionIcon, Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useWords } from '../words/words.tsx';
import { announce } from './announce.tsx';
import { Hint } from './hint.tsx';
import { Icon } from './icon.tsx';

type Outcome = 'none' | 'copied' | 'failed';

/** How long the answer stays, in milliseconds. */
const answerFor = 3_000;

/**
 * Copies a text. Says "Copied" only after the clipboard has it, and what to do when the browser refuses (product 5.2).
 * `thing` names what is copied to those who do not see where the button stands.
 */
export const CopyButton = ({
  text,
  thing,
  compact = false,
  onCopied,
}: {
  text: string;
  thing: string;
  /** An icon alone. */
  compact?: boolean;
  onCopied?: () => void;
}) => {
  const say = useWords();
  const [outcome, setOutcome] = useState<Outcome>('none');
  useEffect(() => {
    if (outcome !== 'copied') return;
    const timer = setTimeout(() => setOutcome('none'), answerFor);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
      announce(say('ui.copied'));
      onCopied?.();
    } catch {
      setOutcome('failed');
      announce(say('ui.copyFailed'));
    }
  };
  const label = say('ui.copyThing', { thing });
  const icon = <Icon name={outcome === 'copied' ? 'check' : 'copy'} size={14} />;
  const told = outcome === 'none' ? label : say(outcome === 'copied' ? 'ui.copied' : 'ui.copyFailed');
  return (
    <Hint label={told} width={280} always={outcome !== 'none'} disabled={outcome === 'none' && !compact}>
      {compact ? (
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={() => void copy()}>
          {icon}
        </ActionIcon>
      ) : (
        <Button variant="default" size="xs" leftSection={icon} aria-label={label} onClick={() => void copy()}>
          {say(outcome === 'copied' ? 'ui.copied' : 'ui.copy')}
        </Button>
      )}
    </Hint>
  );
};
