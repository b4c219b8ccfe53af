import { type ComponentType, type MouseEventHandler, type ReactElement, type Ref, useState } from 'react';
import { useWords } from '../words/words.tsx';
import { announce } from './announce.tsx';

/** What the button of a menu must take. */
export interface MenuButtonProps {
  ref?: Ref<HTMLButtonElement>;
  'aria-haspopup'?: 'menu' | 'dialog';
  'aria-expanded'?: boolean;
  onClick?: MouseEventHandler;
  onPointerEnter?: () => void;
  onFocus?: () => void;
}

interface Loaded<P> {
  readonly Frame: ComponentType<{
    button: ReactElement;
    position: 'bottom-start' | 'bottom-end';
    width?: number;
    children: ReactElement;
  }>;
  readonly Items: ComponentType<P>;
}

const frames = { menu: () => import('./menu-frame.tsx'), dialog: () => import('./popover-frame.tsx') };

/**
 * A button with a menu (or, as `dialog`, with controls that float beside it) whose parts are fetched when someone is about to open it: most menus of a page are never opened,
 * and a plain button per row keeps scrolling light. `load` gives the module with the items as its default export.
 */
export function ActionMenu<P extends object>({
  button,
  load,
  itemsProps,
  kind = 'menu',
  position = 'bottom-end',
  width,
}: {
  button: (props: MenuButtonProps) => ReactElement;
  load: () => Promise<{ default: ComponentType<P> }>;
  itemsProps: P;
  kind?: 'menu' | 'dialog';
  position?: 'bottom-start' | 'bottom-end';
  width?: number;
}) {
  const say = useWords();
  const [loaded, setLoaded] = useState<Loaded<P> | null>(null);
  const fetched = () => Promise.all([frames[kind](), load()]);
  const prefetch = () => void fetched().catch(() => undefined);
  if (loaded === null) {
    return button({
      'aria-haspopup': kind,
      'aria-expanded': false,
      onPointerEnter: prefetch,
      onFocus: prefetch,
      onClick: () =>
        void fetched().then(
          ([frame, items]) => setLoaded({ Frame: frame.default, Items: items.default }),
          () => announce(say('app.lost.title')),
        ),
    });
  }
  const { Frame, Items } = loaded;
  return (
    <Frame button={button({})} position={position} {...(width && { width })}>
      <Items {...itemsProps} />
    </Frame>
  );
}
