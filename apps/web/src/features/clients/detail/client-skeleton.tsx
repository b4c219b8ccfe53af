import { Skeleton } from '@mantine/core';
import { TextSkeleton } from '../../../ui/skeletons.tsx';
import styles from './detail.module.css';

/** The page of a client on its way, with the sizes of what comes. */
export const ClientSkeleton = () => (
  <div aria-busy="true">
    <Skeleton height={32} width="22rem" maw="80%" mt="xs" />
    <Skeleton height={24} width="16rem" maw="60%" mt="xs" />
    <Skeleton height={40} mt="xl" mb="md" />
    <div className={styles['columns']}>
      <div className={styles['card']}>
        <TextSkeleton lines={8} />
      </div>
      <div className={styles['card']}>
        <TextSkeleton lines={3} />
      </div>
    </div>
  </div>
);
