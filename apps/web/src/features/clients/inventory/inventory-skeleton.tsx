import { Skeleton } from '@mantine/core';
import { Words } from '../../../words/words.tsx';
import type { InventoryView } from './inventory-search.ts';
import styles from './inventory.module.css';

/** Rows of the right height while the first ones come. */
export const InventorySkeleton = ({ view }: { view: InventoryView }) => (
  <div className={styles['region']} aria-busy="true">
    <span className={styles['hidden']}>
      <Words id="clients.loading" />
    </span>
    <div style={{ height: 37, borderBottom: '1px solid var(--lk-line)' }} />
    {Array.from({ length: 14 }, (_, index) => (
      <div
        key={index}
        style={{
          display: 'flex',
          alignItems: 'center',
          gap: '2rem',
          height: view.density === 'compact' ? 36 : 48,
          paddingInline: '0.75rem',
          borderBottom: '1px solid var(--lk-line-soft)',
        }}
      >
        <Skeleton height={14} width={`${14 - (index % 4) * 1.5}rem`} />
        <Skeleton height={14} width="6rem" />
        <Skeleton height={14} width="9rem" />
        <Skeleton height={14} width="7rem" />
      </div>
    ))}
  </div>
);
