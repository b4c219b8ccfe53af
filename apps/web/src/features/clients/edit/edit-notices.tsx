import { Alert, Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import type { WordId } from '../../../words/ids.ts';
import { Words } from '../../../words/words.tsx';

const Notice = ({
  color,
  icon,
  words,
  children,
}: {
  color: string;
  icon: IconName;
  words: WordId;
  children: ReactNode;
}) => (
  <Alert color={color} icon={<Icon name={icon} size={20} />} role="status">
    <Group justify="space-between" gap="xs">
      <Text>
        <Words id={words} />
      </Text>
      {children}
    </Group>
  </Alert>
);

/** The entries are from an earlier visit. */
export const RestoredNotice = ({ onStartAnew }: { onStartAnew: () => void }) => (
  <Notice color="teal" icon="info" words="edit.restored">
    <Button size="xs" variant="default" onClick={onStartAnew}>
      <Words id="edit.startAnew" />
    </Button>
  </Notice>
);

/** Somebody saved another version since the edit began. */
export const OutdatedNotice = ({ onCompare }: { onCompare: () => void }) => (
  <Notice color="amber" icon="warning" words="edit.outdated">
    <Button size="xs" variant="default" onClick={onCompare}>
      <Words id="edit.compare" />
    </Button>
  </Notice>
);

/** Asks before what was typed is given up. */
export const DiscardDialog = ({ onDiscard, onClose }: { onDiscard: () => void; onClose: () => void }) => (
  <ConfirmDialog
    title={<Words id="edit.discard.title" />}
    act={<Words id="edit.discard.act" />}
    safeWay={<Words id="edit.discard.keep" />}
    onAct={onDiscard}
    onClose={onClose}
    size="md"
  >
    <Text>
      <Words id="edit.discard.text" />
    </Text>
  </ConfirmDialog>
);
