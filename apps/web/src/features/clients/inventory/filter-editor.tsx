import { useDebouncedCallback } from '@mantine/hooks';
import { Checkbox, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FaultNotice } from '../../../ui/fault-notice.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { TextSkeleton } from '../../../ui/skeletons.tsx';
import { useWords } from '../../../words/words.tsx';
import {
  type DayFilter,
  type Filter,
  isDays,
  isSpan,
  isText,
  isWords,
  type NamedFilter,
  type SpanFilter,
  spanFilters,
  type TextFilter,
  wordFilters,
  type WordFilter,
} from './filters.ts';
import type { Change, InventorySearch } from './inventory-search.ts';
import { type Choice, useChoices } from './use-filter-names.ts';

/** The present view and how to change it. */
export interface FilterProps {
  readonly search: InventorySearch;
  readonly set: (change: Change) => void;
}

/** Where the values of one filter are chosen. Each choice takes effect at once. */
export const FilterEditor = ({ filter, ...rest }: FilterProps & { filter: Filter }) => {
  if (isSpan(filter)) return <SpanEditor filter={filter} {...rest} />;
  if (isDays(filter)) return <DaysEditor filter={filter} {...rest} />;
  if (isText(filter)) return <TextEditor filter={filter} {...rest} />;
  if (isWords(filter)) return <WordsEditor filter={filter} {...rest} />;
  return <NamedEditor filter={filter} {...rest} />;
};

/** Milliseconds without a key press after which what was typed takes effect. */
const pause = 200;

const TextEditor = ({ filter, search, set }: FilterProps & { filter: TextFilter }) => {
  const say = useWords();
  const [typed, setTyped] = useState(search[filter] ?? '');
  const take = useDebouncedCallback((text: string) => set({ [filter]: text.trim() || undefined }), {
    delay: pause,
    flushOnUnmount: true,
  });
  return (
    <TextInput
      label={say('clients.filter.contains')}
      value={typed}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        take(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take.flush();
      }}
      data-autofocus
    />
  );
};

const WordsEditor = ({ filter, search, set }: FilterProps & { filter: WordFilter }) => {
  const say = useWords();
  const { options, words } = wordFilters[filter];
  return (
    <Choices
      filter={filter}
      choices={options.map((value) => ({ value, label: say(words(value)) }))}
      chosen={search[filter] ?? []}
      onChosen={(values) => set({ [filter]: values })}
    />
  );
};

const NamedEditor = ({ filter, search, set }: FilterProps & { filter: NamedFilter }) => {
  const say = useWords();
  const [typed, setTyped] = useState('');
  const { choices, loading, error } = useChoices(filter, typed, true);
  return (
    <Stack gap="xs">
      <TextInput
        aria-label={say('clients.filter.find')}
        placeholder={say('clients.filter.find')}
        leftSection={<Icon name="search" size={14} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        data-autofocus
      />
      {error ? (
        <FaultNotice error={error} />
      ) : loading ? (
        <TextSkeleton lines={4} />
      ) : choices.length === 0 ? (
        <Text c="dimmed">{say('clients.filter.nothing')}</Text>
      ) : (
        <Choices
          filter={filter}
          choices={choices}
          chosen={search[filter] ?? []}
          onChosen={(values) => set({ [filter]: values })}
        />
      )}
    </Stack>
  );
};

const Choices = ({
  filter,
  choices,
  chosen,
  onChosen,
}: {
  filter: Filter;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChosen: (values: string[]) => void;
}) => {
  const say = useWords();
  return (
    <Stack
      component="fieldset"
      bd={0}
      m={0}
      miw={0}
      gap={10}
      p={4}
      mah={280}
      style={{ overflowY: 'auto' }}
      aria-label={say(`clients.filter.${filter}`)}
    >
      {choices.map(({ value, label }) => (
        <Checkbox
          key={value}
          label={label}
          checked={chosen.includes(value)}
          onChange={(event) =>
            onChosen(event.currentTarget.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
          }
        />
      ))}
    </Stack>
  );
};

const SpanEditor = ({ filter, search, set }: FilterProps & { filter: SpanFilter }) => {
  const say = useWords();
  const [from, to] = spanFilters[filter];
  return (
    <Stack gap="xs">
      {([from, to] as const).map((member) => (
        <TextInput
          key={member}
          type="date"
          label={say(member === from ? 'clients.filter.from' : 'clients.filter.to')}
          value={dayOf(search[member])}
          onChange={(event) => set({ [member]: instantOf(event.currentTarget.value) })}
        />
      ))}
    </Stack>
  );
};

const DaysEditor = ({ filter, search, set }: FilterProps & { filter: DayFilter }) => {
  const say = useWords();
  return (
    <NumberInput
      label={say('clients.filter.days')}
      min={1}
      max={36_500}
      allowDecimal={false}
      allowNegative={false}
      value={search[filter] ?? ''}
      onChange={(value) => set({ [filter]: typeof value === 'number' && value >= 1 ? value : undefined })}
      data-autofocus
    />
  );
};

/** The day of an instant in the person's own zone, as an `<input type="date">` wants it. */
function dayOf(instant: string | undefined): string {
  if (!instant) return '';
  const at = new Date(instant);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}

/** Midnight of that day in the person's own zone. */
const instantOf = (day: string): string | undefined => {
  const at = new Date(`${day}T00:00:00`);
  return day === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};
