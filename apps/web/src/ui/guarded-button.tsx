import { Button, type ButtonProps } from '@mantine/core';
import { type MouseEventHandler, type ReactNode, useId } from 'react';
import { Hint } from './hint.tsx';
import { type Guard, useWhyNot } from './why-not.ts';

/**
 * A button that may be refused: it stays where it is and can be reached, does nothing, and says on hover and focus which
 * permission or role is missing and who can give it (product 2.6).
 */
export const GuardedButton = ({
  row,
  refusal,
  onClick,
  children,
  type = 'button',
  ...rest
}: Guard & ButtonProps & { onClick?: MouseEventHandler; children: ReactNode; type?: 'button' | 'submit' }) => {
  const why = useWhyNot()({ row, refusal });
  const id = useId();
  if (why === null) {
    return (
      <Button {...rest} type={type} onClick={onClick}>
        {children}
      </Button>
    );
  }
  return (
    <>
      <Hint label={why} width={340}>
        <Button {...rest} type="button" aria-disabled="true" data-disabled aria-describedby={id}>
          {children}
        </Button>
      </Hint>
      <span id={id} hidden>
        {why}
      </span>
    </>
  );
};
