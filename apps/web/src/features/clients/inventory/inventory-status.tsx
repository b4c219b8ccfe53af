import { ActionIcon } from '@mantine/core';
import { useEffect } from 'react';
import { announce } from '../../../ui/announce.tsx';
import { Hint } from '../../../ui/hint.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useWords } from '../../../words/words.tsx';
import type { InventoryView } from './inventory-search.ts';
import { useAge } from './use-age.ts';
import styles from './inventory.module.css';

/** How many match, of how many, and how old the answer is. The number is also said when it changes. */
export const InventoryStatus = ({
  total,
  inventory,
  asOf,
  stale,
  view,
  busy,
  onRefresh,
}: {
  total: number;
  inventory: number;
  asOf: string;
  stale: boolean;
  view: InventoryView;
  busy: boolean;
  onRefresh: () => void;
}) => {
  const say = useWords();
  const age = useAge();
  const count = total === inventory ? say('clients.total', { total }) : say('clients.totalOf', { total, inventory });
  const sorted = say('clients.sorted', { column: say(`clients.column.${view.sort}`), order: view.order });
  useEffect(() => {
    // Someone who is still typing hears the number once they pause.
    const timer = setTimeout(() => announce(`${count}. ${sorted}`), 700);
    return () => clearTimeout(timer);
  }, [count, sorted]);
  return (
    <div className={styles['status']}>
      <strong>{count}</strong>
      {stale ? (
        <span className={styles['stale']}>
          <Icon name="warning" size={14} />
          {say('clients.stale', { when: age(asOf) })}
        </span>
      ) : (
        <time dateTime={asOf}>{say('clients.asOf', { when: age(asOf) })}</time>
      )}
      <Hint label={say('clients.refresh')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          loading={busy}
          aria-label={say('clients.refresh')}
          onClick={onRefresh}
        >
          <Icon name="refresh" size={14} />
        </ActionIcon>
      </Hint>
    </div>
  );
};
