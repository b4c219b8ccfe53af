import { Menu, Tooltip } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { Icon } from './icon.tsx';
import { type Guard, useWhyNot } from './why-not.ts';

/** An item of a menu that may be refused, like `GuardedButton`. */
export const GuardedMenuItem = ({
  row,
  refusal,
  onClick,
  icon,
  danger = false,
  children,
}: Guard & { onClick: () => void; icon?: ReactNode; danger?: boolean; children: ReactNode }) => {
  const why = useWhyNot()({ row, refusal });
  const id = useId();
  if (why === null) {
    return (
      <Menu.Item onClick={onClick} leftSection={icon} {...(danger && { color: 'red' })}>
        {children}
      </Menu.Item>
    );
  }
  return (
    <>
      <Tooltip label={why} maw={320} position="left" events={{ hover: true, focus: true, touch: true }}>
        <Menu.Item
          closeMenuOnClick={false}
          aria-disabled="true"
          data-refused
          aria-describedby={id}
          leftSection={icon}
          rightSection={<Icon name="lock" size={12} />}
        >
          {children}
        </Menu.Item>
      </Tooltip>
      <span id={id} hidden>
        {why}
      </span>
    </>
  );
};
