import { Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords, Words } from '../words/words.tsx';
import { Icon } from './icon.tsx';
import styles from './difference.module.css';

/** From one value to another: "from 1 hour to 18 hours". `null` is a value that is not set. */
export const ValueDifference = ({ before, after }: { before: ReactNode; after: ReactNode }) => (
  <div className={styles['pair']}>
    <span className={before === null || before === undefined ? undefined : styles['before']}>
      <VisuallyHidden>
        <Words id="edit.difference.from" />{' '}
      </VisuallyHidden>
      {before ?? <NotSet />}
    </span>
    <span className={styles['arrow']}>
      <Icon name="arrowRight" size={14} />
    </span>
    <span className={styles['after']}>
      <VisuallyHidden>
        <Words id="edit.difference.to" />{' '}
      </VisuallyHidden>
      {after ?? <NotSet />}
    </span>
  </div>
);

const NotSet = () => (
  <Text span c="dimmed" fs="italic">
    <Words id="edit.difference.notSet" />
  </Text>
);

/** What comes and what goes, each element with a sign and a word for those who do not see it. */
export const SetDifference = ({ added, removed }: { added: readonly ReactNode[]; removed: readonly ReactNode[] }) => {
  const say = useWords();
  return (
    <ul className={styles['set']}>
      {added.map((element, index) => (
        <li key={`added ${index}`} className={`${styles['chip']} ${styles['added']}`}>
          <Icon name="plus" size={12} />
          <VisuallyHidden>{say('edit.difference.added')} </VisuallyHidden>
          <span>{element}</span>
        </li>
      ))}
      {removed.map((element, index) => (
        <li key={`removed ${index}`} className={`${styles['chip']} ${styles['removed']}`}>
          <Icon name="minus" size={12} />
          <VisuallyHidden>{say('edit.difference.removed')} </VisuallyHidden>
          <s>{element}</s>
        </li>
      ))}
    </ul>
  );
};
