import { Alert, Anchor, List } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useWords } from '../words/words.tsx';
import { Icon } from './icon.tsx';

/** One entry of a form that needs a change. */
export interface EntryError {
  /** The id of the element to go to. */
  readonly elementId: string;
  /** The name of the field as it stands on the page. */
  readonly label: string;
  readonly message: string;
}

/**
 * All entries that need a change, above the form, each a link to its field. It takes the focus each time the form is
 * refused: `attempt` counts the tries.
 */
export const ErrorSummary = ({ errors, attempt }: { errors: readonly EntryError[]; attempt: number }) => {
  const say = useWords();
  const box = useRef<HTMLDivElement>(null);
  const has = errors.length > 0;
  useEffect(() => {
    if (has && attempt > 0) box.current?.focus();
  }, [attempt, has]);
  if (!has) return null;
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      role="alert"
      color="red"
      icon={<Icon name="warning" size={20} />}
      title={say('ui.errors.title', { count: errors.length })}
    >
      <List size="sm">
        {errors.map(({ elementId, label, message }) => (
          <List.Item key={`${elementId} ${message}`}>
            <Anchor
              size="sm"
              href={`#${elementId}`}
              onClick={(event) => {
                event.preventDefault();
                const field = document.getElementById(elementId);
                field?.focus();
                field?.scrollIntoView({ block: 'center' });
              }}
            >
              {label}: {message}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
};
