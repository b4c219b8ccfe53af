import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef } from 'react';
import { Words } from '../words/words.tsx';
import { FaultNotice } from './fault-notice.tsx';
import styles from './confirm-dialog.module.css';

/**
 * A question before an act. The safe way out comes first in reading order and has the focus; the act is named on its
 * button ("Delete client", not "Yes"). On a phone it fills the screen. It stays open, with what went wrong, when the act
 * fails, and cannot be answered twice.
 */
export const ConfirmDialog = ({
  title,
  children,
  act,
  onAct,
  onClose,
  busy = false,
  error = null,
  danger = false,
  blocked = false,
  safeWay,
  size = 'lg',
}: {
  /** The question, with the name in it. */
  title: ReactNode;
  children: ReactNode;
  /** What the button says. */
  act: ReactNode;
  onAct: () => void;
  onClose: () => void;
  busy?: boolean;
  error?: unknown;
  /** The act cannot be undone. */
  danger?: boolean;
  /** Something is still to be filled in. */
  blocked?: boolean;
  /** The words of the way out; "Cancel" when left out. */
  safeWay?: ReactNode;
  size?: string;
}) => {
  const safe = useRef<HTMLButtonElement>(null);
  const narrow = useMediaQuery('(max-width: 30em)', false, { getInitialValueInEffect: false });
  useEffect(() => {
    safe.current?.focus();
  }, []);
  return (
    <Modal
      opened
      onClose={busy ? () => undefined : onClose}
      withCloseButton={false}
      title={title}
      size={size}
      fullScreen={narrow}
      // A header in a dialog is not the banner of the page.
      attributes={{ header: { role: 'presentation' } }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && !blocked) onAct();
        }}
      >
        <Stack gap="md">
          {children}
          {error !== null && error !== undefined && <FaultNotice error={error} takeFocus />}
          <Group justify="flex-end" gap="xs" className={styles['way']}>
            <Button ref={safe} data-autofocus variant="default" onClick={onClose} disabled={busy}>
              {safeWay ?? <Words id="ui.cancel" />}
            </Button>
            <Button type="submit" loading={busy} disabled={blocked} {...(danger && { color: 'red' })}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
