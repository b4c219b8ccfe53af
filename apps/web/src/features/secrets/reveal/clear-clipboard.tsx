import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useWords, Words } from '../../../words/words.tsx';
import { announce } from '../../../ui/announce.tsx';
import { clearClipboard } from './clipboard.ts';

/** Offers to empty the clipboard, which holds the secret; says when it cannot (security K-13). */
export const ClearClipboard = ({ onCleared }: { onCleared: () => void }) => {
  const say = useWords();
  const [refused, setRefused] = useState(false);
  const clear = async () => {
    const cleared = await clearClipboard();
    announce(say(cleared ? 'reveal.clipboard.cleared' : 'reveal.clipboard.refused'));
    if (cleared) onCleared();
    else setRefused(true);
  };
  return (
    <Group gap="xs">
      <Text size="xs" c="dimmed">
        <Words id={refused ? 'reveal.clipboard.refused' : 'reveal.clipboard.holds'} />
      </Text>
      <Button size="compact-xs" variant="default" onClick={() => void clear()}>
        <Words id="reveal.clipboard.clear" />
      </Button>
    </Group>
  );
};
