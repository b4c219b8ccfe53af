import { PageSkeleton } from '../ui/skeletons.tsx';
import styles from './frame.module.css';

/** The frame while it is not known yet who is signed in. */
export const Waiting = () => (
  <div className={styles['frame']}>
    <div />
    <main className={styles['content']}>
      <PageSkeleton />
    </main>
  </div>
);
