import { ActionIcon, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../../ui/icon.tsx';
import { useWords } from '../../../words/words.tsx';
import styles from './inventory.module.css';

/** The next key press within this many milliseconds waits for the one after it. */
const pause = 60;

/**
 * Search as one types. The first key press asks at once, a burst asks once more at its end, so that each key is answered
 * soon and no request is wasted. `/` comes here from anywhere on the page, Escape empties it.
 */
export const SearchBox = ({ value, onSearch }: { value: string; onSearch: (text: string | undefined) => void }) => {
  const say = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const state = useRef<{ timer: ReturnType<typeof setTimeout> | undefined; askedAt: number; asked: string }>({
    timer: undefined,
    askedAt: 0,
    asked: value,
  });
  // The address may change by Back or a view; what this box asked for itself does not come back into it.
  useEffect(() => {
    if (value === state.current.asked) return;
    state.current.asked = value;
    setTyped(value);
  }, [value]);
  useEffect(() => () => clearTimeout(state.current.timer), []);
  useEffect(() => {
    const toSearch = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"]')) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', toSearch);
    return () => document.removeEventListener('keydown', toSearch);
  }, []);
  const ask = (text: string) => {
    state.current.askedAt = performance.now();
    state.current.asked = text;
    onSearch(text || undefined);
  };
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(state.current.timer);
    const wait = state.current.askedAt + pause - performance.now();
    if (wait <= 0) ask(text);
    else state.current.timer = setTimeout(() => ask(text), wait);
  };
  return (
    <TextInput
      ref={input}
      type="search"
      className={styles['search']}
      aria-label={say('clients.search')}
      aria-keyshortcuts="/"
      placeholder={say('clients.searchHint')}
      value={typed}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      leftSection={<Icon name="search" />}
      rightSection={
        typed !== '' && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={say('clients.clearSearch')}
            onClick={() => {
              type('');
              input.current?.focus();
            }}
          >
            <Icon name="close" size={14} />
          </ActionIcon>
        )
      }
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && typed !== '') type('');
      }}
    />
  );
};
