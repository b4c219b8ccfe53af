import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { Reveal } from '@latchkey/contract/console-api/models';
import { type ReactNode, useState } from 'react';
import { useWords, Words } from '../../../words/words.tsx';
import type { Receipt } from './receipt.ts';
import { RevealBody } from './reveal-body.tsx';
import { RevealOver, type WhyOver } from './reveal-over.tsx';
import { useNoWayOut } from './use-no-way-out.ts';
import { useOpenedSecret } from './use-opened-secret.ts';
import styles from './reveal.module.css';

/**
 * The secret, the one time that it can be shown (product 5.1, 5.2). Nothing else can be reached, and there is no way out
 * but "I have stored it" and Done: no close button, not Escape, not the backdrop, not a link, not Back, and closing the
 * tab asks first. Where the secret cannot be shown (any more), it says why and what to do.
 */
export const RevealDialog = ({
  reveal,
  onDone,
  onGiveUp,
  onGenerate,
}: {
  reveal: Reveal;
  /** Acknowledged; `null` when the receipt was written by another tab or an answer that was lost. */
  onDone: (receipt: Receipt | null, clipboardHeld: boolean) => void;
  /** There is nothing to show, and the person closed the dialog. */
  onGiveUp: () => void;
  /** There is nothing to show, and the person wants a new secret. */
  onGenerate: () => void;
}) => {
  const secret = useOpenedSecret(reveal);
  const [over, setOver] = useState(false);
  const why: WhyOver | null = over
    ? 'time'
    : secret.state === 'no-key' || secret.state === 'unreadable'
      ? secret.state
      : null;
  const { tried, onTry } = useNoWayOut(why === null);
  if (why !== null) {
    return (
      <Shell onTry={onGiveUp} title={<Words id={`reveal.over.${why}.title`} />}>
        <RevealOver why={why} reveal={reveal} onGiveUp={onGiveUp} onGenerate={onGenerate} />
      </Shell>
    );
  }
  return (
    <Shell onTry={onTry} title={<Words id="reveal.title" />}>
      <RevealBody
        reveal={reveal}
        secret={secret}
        tried={tried}
        onDone={onDone}
        onOver={() => {
          secret.wipe();
          setOver(true);
        }}
      />
    </Shell>
  );
};

/** The dialog's surface; the heading has the first focus, never a button that leaves. */
const Shell = ({ title, children, onTry }: { title: ReactNode; children: ReactNode; onTry: () => void }) => {
  const say = useWords();
  const narrow = useMediaQuery('(max-width: 36em)', false, { getInitialValueInEffect: false });
  return (
    <Modal.Root
      opened
      onClose={onTry}
      size="40rem"
      fullScreen={narrow}
      centered
      lockScroll={false}
      closeOnClickOutside
      zIndex={300}
      transitionProps={{ duration: 120 }}
    >
      <Modal.Overlay backgroundOpacity={0.75} blur={2} />
      <Modal.Content aria-roledescription={say('reveal.dialog')}>
        <div className={styles['content']}>
          <Modal.Title component="h2" tabIndex={-1} data-autofocus className={styles['title'] ?? ''}>
            {title}
          </Modal.Title>
          {children}
        </div>
      </Modal.Content>
    </Modal.Root>
  );
};
