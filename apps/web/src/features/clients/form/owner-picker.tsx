import { Loader, Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { PersonRef } from '@latchkey/domain/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { reads } from '../../../connection.ts';
import { useWords } from '../../../words/words.tsx';
import { fieldId } from './field-id.ts';

/** How long one waits after a key press before people are asked for, in milliseconds. */
const askAfter = 150;

/** Chooses the owner of a client among the people of the organization, by name or e-mail address. */
export const OwnerPicker = ({
  owner,
  onChange,
  error,
}: {
  owner: PersonRef | null;
  onChange: (owner: PersonRef | null) => void;
  error?: ReactNode;
}) => {
  const say = useWords();
  const [typed, setTyped] = useState(owner?.name ?? '');
  const [q] = useDebouncedValue(typed === owner?.name ? '' : typed, askAfter);
  const {
    data: found = [],
    isFetching,
    isError,
  } = useQuery({
    ...reads.choices.people({ query: { q: q.slice(0, 200) } }),
    placeholderData: keepPreviousData,
  });
  const people = owner && !found.some(({ id }) => id === owner.id) ? [owner, ...found] : found;
  return (
    <Select
      id={fieldId('owner')}
      label={say('form.owner')}
      description={say('form.owner.about')}
      placeholder={say('form.owner.placeholder')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': say('form.owner.clear') }}
      value={owner?.id ?? null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => onChange(people.find((person) => person.id === id) ?? null)}
      // The server has searched already, by e-mail address too.
      filter={({ options }) => options}
      data={people.map(({ id, name }) => ({ value: id, label: name }))}
      renderOption={({ option }) => (
        <div>
          <Text>{option.label}</Text>
          <Text size="xs" c="dimmed">
            {people.find(({ id }) => id === option.value)?.email}
          </Text>
        </div>
      )}
      nothingFoundMessage={say(
        isError ? 'form.owner.failed' : isFetching ? 'form.owner.searching' : 'form.owner.nobody',
      )}
      rightSection={isFetching ? <Loader size={14} /> : undefined}
      autoComplete="off"
      error={error}
    />
  );
};
