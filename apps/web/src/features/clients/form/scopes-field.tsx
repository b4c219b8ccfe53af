import { ActionIcon, Button, Text } from '@mantine/core';
import type { FieldFault } from '@latchkey/domain/refusal';
import { useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { announce } from '../../../ui/announce.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { FaultText } from './fault-text.tsx';
import { fieldId } from './field-id.ts';
import { readOnlyVariant, type ScopeChoice, scopesFound } from './scopes-choice.ts';
import { SearchedList } from './searched-list.tsx';
import styles from './choice-list.module.css';

const field = 'scopes';

/**
 * The scopes: what is chosen as chips that can be taken away, and a list to search, read-only variants first (product
 * 4.4).
 */
export const ScopesField = ({
  chosen,
  onChange,
  scopes,
  optional,
  faults,
}: {
  chosen: readonly string[];
  onChange: (scopes: string[]) => void;
  scopes: readonly ScopeChoice[];
  /** Only Client Credentials: scopes narrow the token and may be left out. */
  optional: boolean;
  faults: readonly FieldFault[];
}) => {
  const say = useWords();
  const id = useId();
  const chips = useRef<HTMLUListElement>(null);
  const [search, setSearch] = useState('');
  const searched = useDeferredValue(search);
  const found = useMemo(() => scopesFound(scopes, searched), [scopes, searched]);
  const known = useMemo(() => new Set(scopes.map((scope) => scope.id)), [scopes]);
  const wrong = new Set(faults.map((fault) => fault.field));
  const remove = (scope: string) => {
    const at = chosen.indexOf(scope);
    onChange(chosen.filter((_, index) => index !== at));
    announce(say('form.scopes.removed', { scope }));
    // The focus goes on to a neighbour, or to the search when the last chip is gone.
    const buttons = [...(chips.current?.querySelectorAll('button') ?? [])];
    const next = buttons[at + 1] ?? buttons[at - 1] ?? document.getElementById(`${id}-search`);
    next?.focus();
  };
  const toggle = (scope: string) =>
    chosen.includes(scope) ? onChange(chosen.filter((one) => one !== scope)) : onChange([...chosen, scope]);
  return (
    <div
      id={fieldId(field)}
      role="group"
      tabIndex={-1}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-about ${id}-error`}
      className={styles['field']}
    >
      <Text id={`${id}-label`} fw={600}>
        <Words id={optional ? 'form.scopes.optional' : 'form.scopes'} />
      </Text>
      <Text id={`${id}-about`} c="dimmed" size="xs">
        <Words id={optional ? 'form.scopes.optional.about' : 'form.scopes.about'} />
      </Text>
      <Text id={`${id}-error`} c="var(--mantine-color-error)" size="xs" component="div">
        <FaultText faults={faults} />
      </Text>
      {chosen.length > 0 && (
        <ul ref={chips} role="list" className={styles['chips']} aria-label={say('form.scopes.chosen')}>
          {chosen.map((scope, index) => (
            <li key={scope} className={styles['chip']} data-wrong={wrong.has(`${field}.${index}`) || undefined}>
              {scope}
              <ActionIcon
                variant="subtle"
                color="gray"
                size="xs"
                radius="xl"
                aria-label={say('form.scopes.remove', { scope })}
                onClick={() => remove(scope)}
              >
                <Icon name="close" size={10} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <SearchedList
        id={id}
        searchWords="form.scopes.search"
        listWords="form.scopes.all"
        search={search}
        onSearch={setSearch}
      >
        {found.map((scope) => {
          const isChosen = chosen.includes(scope.id);
          const variant = isChosen ? readOnlyVariant(scope.id, known) : null;
          return (
            <div key={scope.id}>
              <label className={styles['option']}>
                <input
                  type="checkbox"
                  className={styles['box']}
                  checked={isChosen}
                  aria-labelledby={`${id}-${scope.id}-name`}
                  aria-describedby={`${id}-${scope.id}`}
                  onChange={() => toggle(scope.id)}
                />
                <span>
                  <span id={`${id}-${scope.id}-name`} className={`${styles['name']} ${styles['code']}`}>
                    {scope.id}
                  </span>
                  <span id={`${id}-${scope.id}`} className={styles['about']}>
                    {scope.description}
                  </span>
                </span>
              </label>
              {variant && (
                <div className={styles['option']}>
                  <span />
                  <span className={styles['swap']}>
                    <Words id="form.scopes.writes" values={{ variant }} />
                    <Button
                      size="compact-xs"
                      variant="default"
                      onClick={() => onChange([...new Set(chosen.map((one) => (one === scope.id ? variant : one)))])}
                    >
                      <Words id="form.scopes.swap" values={{ variant }} />
                    </Button>
                  </span>
                </div>
              )}
            </div>
          );
        })}
        {found.length === 0 && (
          <Text c="dimmed" p="sm">
            <Words id="form.scopes.noneFound" />
          </Text>
        )}
      </SearchedList>
    </div>
  );
};
