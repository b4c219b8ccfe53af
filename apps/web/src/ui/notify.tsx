import { VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { Words } from '../words/words.tsx';
import { Icon } from './icon.tsx';
import { wantNotices } from './notices-wanted.ts';

/** How long a notice stays, in milliseconds; one with something to do in it stays longer. */
const shownFor = 8_000;
const actableFor = 20_000;

/** The last notice about each thing. */
const latest = new Map<string, string>();

/**
 * Says at the edge of the page what was done. Only for what needs no action: the page itself shows the same state for as
 * long as it holds (design "Failed"). Returns the way to take the notice away.
 */
export function notify({
  title,
  action = null,
  tone = 'done',
  about,
}: {
  title: ReactNode;
  /** A way to undo it. */
  action?: ReactNode;
  tone?: 'done' | 'failed';
  /** The thing it is about: a newer notice about it takes the place of the one before. */
  about?: string;
}): () => void {
  const id = crypto.randomUUID();
  if (about !== undefined) {
    notifications.hide(latest.get(about) ?? '');
    latest.set(about, id);
  }
  wantNotices();
  notifications.show({
    id,
    color: tone === 'done' ? 'teal' : 'amber',
    icon: <Icon name={tone === 'done' ? 'check' : 'warning'} size={16} />,
    title,
    message: action,
    withBorder: true,
    autoClose: action === null ? shownFor : actableFor,
    closeButtonProps: {
      children: (
        <VisuallyHidden>
          <Words id="ui.close" />
        </VisuallyHidden>
      ),
    },
  });
  return () => notifications.hide(id);
}
