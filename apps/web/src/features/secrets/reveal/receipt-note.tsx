import { CloseButton, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { ClearClipboard } from './clear-clipboard.tsx';
import type { Acknowledged } from './receipt.ts';
import styles from './reveal.module.css';

/** Says that the receipt is written, and offers to clear the clipboard as long as it holds the secret. */
export const ReceiptNote = ({
  clientName,
  storedWhere,
  clipboardHeld,
  onClose,
}: Acknowledged & { onClose: () => void }) => {
  const say = useWords();
  const [held, setHeld] = useState(clipboardHeld);
  return (
    <div role="status" className={styles['note']}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Stack gap={4}>
          <Text>
            <Icon name="check" size={14} />{' '}
            <Words
              id={storedWhere ? 'reveal.receipt.where' : 'reveal.receipt'}
              values={{ name: <strong dir="auto">{clientName}</strong>, where: <bdi>{storedWhere}</bdi> }}
            />
          </Text>
          {held && <ClearClipboard onCleared={() => setHeld(false)} />}
        </Stack>
        <CloseButton aria-label={say('ui.close')} onClick={onClose} />
      </Group>
    </div>
  );
};
