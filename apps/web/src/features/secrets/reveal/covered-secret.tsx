import { Button, Group, Text } from '@mantine/core';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { CopySecret } from './copy-secret.tsx';
import type { OpenedSecret } from './use-opened-secret.ts';
import type { useWays } from './use-ways.ts';
import styles from './reveal.module.css';

/** As many dots whatever the secret's length. */
export const dots = '•'.repeat(24);

/**
 * The secret, covered until somebody wants to see it. It is plain text and no field, so that no password manager keeps
 * it (security K-12); while covered it is not in the page at all.
 */
export const CoveredSecret = ({ secret, note }: { secret: OpenedSecret; note: ReturnType<typeof useWays>['note'] }) => {
  const say = useWords();
  const [shown, setShown] = useState(false);
  const box = useRef<HTMLElement>(null);
  useText(box, shown, secret.read);
  return (
    <div role="group" aria-label={say('reveal.secret')}>
      <Text fw={600} aria-hidden="true">
        <Words id="reveal.secret" />
      </Text>
      <div className={styles['secret']}>
        <code
          ref={box}
          translate="no"
          className={styles['value']}
          data-shown={shown || undefined}
          data-1p-ignore
          data-lpignore="true"
          onCopy={() => note('copied', 'plain')}
        />
        {!shown && (
          <span className={styles['hidden']}>
            <Words id="reveal.covered" />
          </span>
        )}
      </div>
      <Group gap="xs" mt="xs" align="flex-start">
        <Button
          variant="default"
          leftSection={<Icon name={shown ? 'eyeOff' : 'eye'} size={16} />}
          aria-pressed={shown}
          onClick={() => {
            if (!shown) note('uncovered', 'plain');
            setShown(!shown);
          }}
        >
          <Words id={shown ? 'reveal.cover' : 'reveal.show'} />
        </Button>
        <CopySecret
          label={<Words id="ui.copy" />}
          name={say('reveal.copySecret')}
          read={secret.read}
          onCopied={() => note('copied', 'plain')}
          onRefused={() => {
            note('uncovered', 'plain');
            setShown(true);
            requestAnimationFrame(() => select(box));
          }}
        />
      </Group>
    </div>
  );
};

/**
 * Writes the secret into the element itself and takes it out again: React keeps what it renders for longer than it is
 * seen.
 */
function useText(box: RefObject<HTMLElement | null>, shown: boolean, read: () => string | null): void {
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.textContent = shown ? read() : dots;
    return () => {
      element.textContent = '';
    };
  }, [box, shown, read]);
}

function select(box: RefObject<HTMLElement | null>): void {
  if (box.current) getSelection()?.selectAllChildren(box.current);
}
