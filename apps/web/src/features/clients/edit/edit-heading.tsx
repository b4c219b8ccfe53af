import { Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './edit.module.css';

/** The heading of a step of editing; it takes the focus when the step begins. */
export const EditHeading = ({ children, takeFocus = true }: { children: ReactNode; takeFocus?: boolean }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!takeFocus) return;
    window.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, [takeFocus]);
  return (
    <Title order={2} ref={heading} tabIndex={-1} className={styles['heading']}>
      {children}
    </Title>
  );
};
