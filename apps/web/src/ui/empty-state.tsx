import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { pageHeadingId } from './page-heading.ts';
import styles from './empty-state.module.css';

/** Nothing is here: says what will be, and offers the first step. */
export const EmptyState = ({
  icon,
  title,
  children,
  action,
  page = false,
}: {
  icon: IconName;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** It is the whole page: its title is the page's heading. */
  page?: boolean;
}) => (
  <Stack align="center" gap="sm" className={styles['empty']}>
    <span className={styles['icon']}>
      <Icon name={icon} size={28} />
    </span>
    <Title order={page ? 1 : 2} size="h2" ta="center" {...(page && { id: pageHeadingId, tabIndex: -1 })}>
      {title}
    </Title>
    {children && (
      <Text c="dimmed" ta="center" maw="36rem">
        {children}
      </Text>
    )}
    {action}
  </Stack>
);
