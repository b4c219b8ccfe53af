import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { reads } from '../../../connection.ts';
import styles from './detail.module.css';

/** Scopes with what each allows; the names alone while, or where, the descriptions cannot be had. */
export const ScopeList = ({ scopes }: { scopes: readonly string[] }) => {
  const { data = [] } = useQuery({ ...reads.choices.scopes(), staleTime: 5 * 60_000 });
  const descriptions = new Map(data.map(({ id, description }) => [id, description]));
  return (
    <ul className={styles['list']}>
      {scopes.toSorted().map((scope) => (
        <li key={scope}>
          <code className={styles['mono']}>{scope}</code>
          {descriptions.get(scope) && (
            <Text c="dimmed">
              <bdi>{descriptions.get(scope)}</bdi>
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
};
