import type { ReactNode } from 'react';
import styles from './facts.module.css';

/** Facts by name, as a description list; side by side where there is room, one below the other on a phone. */
export const Facts = ({ children }: { children: ReactNode }) => <dl className={styles['facts']}>{children}</dl>;

/** One fact. What is not known or not set is said in words, never left blank. */
export const Fact = ({ label, children }: { label: ReactNode; children: ReactNode }) => (
  <div className={styles['fact']}>
    <dt className={styles['label']}>{label}</dt>
    <dd className={styles['value']}>{children}</dd>
  </div>
);
