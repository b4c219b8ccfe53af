import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { pageHeadingId, useHeadingFocus } from './page-heading.ts';
import styles from './page-header.module.css';

/**
 * The heading of a page, what it is in one line, and the one or two things one most likely wants to do. Each page has
 * exactly one: the frame puts the focus on it after a change of page.
 */
export const PageHeader = ({
  title,
  about,
  actions,
  beside,
}: {
  title: ReactNode;
  about?: ReactNode;
  actions?: ReactNode;
  /** Stands beside the title: badges, a number. */
  beside?: ReactNode;
}) => {
  useHeadingFocus();
  return (
    <header className={styles['header']}>
      <div className={styles['text']}>
        <Group gap="sm" align="center">
          <Title order={1} id={pageHeadingId} tabIndex={-1} className={styles['title']}>
            {title}
          </Title>
          {beside}
        </Group>
        {about && (
          <Text c="dimmed" component="div">
            {about}
          </Text>
        )}
      </div>
      {actions && (
        <Group gap="xs" className={styles['actions']}>
          {actions}
        </Group>
      )}
    </header>
  );
};
