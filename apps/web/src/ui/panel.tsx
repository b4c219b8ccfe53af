import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import styles from './panel.module.css';

/** A part of a page with a heading of its own, on a surface that rises from the page. */
export const Panel = ({
  title,
  beside,
  children,
  order = 2,
}: {
  title: ReactNode;
  /** Stands at the other end of the heading: an action, a number. */
  beside?: ReactNode;
  children: ReactNode;
  order?: 2 | 3;
}) => {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles['panel']}>
      <div className={styles['head']}>
        <Title order={order} id={id}>
          {title}
        </Title>
        {beside}
      </div>
      {children}
    </section>
  );
};
