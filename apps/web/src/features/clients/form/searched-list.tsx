import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../../../ui/icon.tsx';
import { useWords } from '../../../words/words.tsx';
import styles from './choice-list.module.css';

/** A list to choose from with a search above it; the field `${id}-search` can be focused from elsewhere. */
export const SearchedList = ({
  id,
  searchWords,
  listWords,
  search,
  onSearch,
  children,
}: {
  id: string;
  searchWords: 'form.roles.search' | 'form.scopes.search';
  listWords: 'form.roles.all' | 'form.scopes.all';
  search: string;
  onSearch: (text: string) => void;
  children: ReactNode;
}) => {
  const say = useWords();
  return (
    <>
      <TextInput
        id={`${id}-search`}
        mt="sm"
        type="search"
        leftSection={<Icon name="search" size={14} />}
        aria-label={say(searchWords)}
        placeholder={say(searchWords)}
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
      />
      <div className={styles['list']} role="group" aria-label={say(listWords)}>
        {children}
      </div>
    </>
  );
};
