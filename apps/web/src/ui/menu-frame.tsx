import { Menu } from '@mantine/core';
import { cloneElement, type ReactElement, type Ref, useEffect, useRef, useState } from 'react';

/** The menu of an `ActionMenu`. Its button takes the place of the plain one, focus included, and it opens at once. */
export default function MenuFrame({
  button,
  position,
  width,
  children,
}: {
  button: ReactElement;
  position: 'bottom-start' | 'bottom-end';
  width?: number;
  children: ReactElement;
}) {
  const [opened, setOpened] = useState(false);
  const target = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    target.current?.focus();
    setOpened(true);
  }, []);
  return (
    <Menu opened={opened} onChange={setOpened} position={position} {...(width && { width })}>
      <Menu.Target>
        {cloneElement(button as ReactElement<{ ref?: Ref<HTMLButtonElement> }>, { ref: target })}
      </Menu.Target>
      <Menu.Dropdown mah="min(28rem, 80dvh)" style={{ overflowY: 'auto' }}>
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
