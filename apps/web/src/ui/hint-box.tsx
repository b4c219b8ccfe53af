import { Tooltip } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

/** What floats beside the element of a `Hint`. */
export default function HintBox({
  target,
  opened,
  label,
  position,
  width,
  onEscape,
}: {
  target: HTMLElement;
  opened: boolean;
  label: ReactNode;
  position: 'top' | 'right' | 'left' | 'bottom';
  width: number | undefined;
  onEscape: () => void;
}): ReactNode {
  useEffect(() => {
    if (!opened) return;
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onEscape();
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [opened, onEscape]);
  return <Tooltip target={target} opened={opened} label={label} position={position} {...(width && { maw: width })} />;
}
