import type { ReactNode } from 'react';
import { Group, Text } from '@mantine/core';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import styles from './detail.module.css';

/** One thing that needs attention: what it is, why it matters, and the way to mend it. */
export const AttentionCard = ({
  icon,
  tone,
  title,
  beside,
  children,
  action,
}: {
  icon?: IconName;
  /** Amber for what will happen, red for what cannot be undone. */
  tone: 'calm' | 'amber' | 'red';
  title: ReactNode;
  beside?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) => (
  <li className={styles['card']} data-tone={tone}>
    <div className={styles['cardHead']}>
      {icon && <Icon name={icon} />}
      <span>{title}</span>
      {beside && <span className={styles['cardBeside']}>{beside}</span>}
    </div>
    {children && (
      <Text c="dimmed" mt={4} component="div">
        {children}
      </Text>
    )}
    {action && (
      <Group gap="xs" mt="xs">
        {action}
      </Group>
    )}
  </li>
);
