import { Popover } from '@mantine/core';
import { cloneElement, type ReactElement, type Ref, useEffect, useRef, useState } from 'react';

/** Controls that float beside the button of an `ActionMenu` of the kind `dialog`. */
export default function PopoverFrame({
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
    <Popover opened={opened} onChange={setOpened} position={position} trapFocus returnFocus {...(width && { width })}>
      <Popover.Target>
        {cloneElement(button as ReactElement<{ ref?: Ref<HTMLButtonElement>; onClick?: () => void }>, {
          ref: target,
          onClick: () => setOpened((before) => !before),
        })}
      </Popover.Target>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  );
}
