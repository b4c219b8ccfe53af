import { Button } from '@mantine/core';
import type { ClientRow } from '@latchkey/contract/console-api/models';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { ActionMenu } from '../../../ui/action-menu.tsx';
import { date } from '../../../ui/format-instant.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import {
  allFilters,
  cleared,
  type DayFilter,
  type Filter,
  isDays,
  isSet,
  isSpan,
  isText,
  isWords,
  type NamedFilter,
  spanFilters,
  type SpanFilter,
  type TextFilter,
  wordFilters,
  type WordFilter,
} from './filters.ts';
import type { FilterProps } from './filter-editor.tsx';
import { withoutFilters } from './inventory-search.ts';
import { useChosenNames } from './use-filter-names.ts';
import styles from './inventory.module.css';

const FilterPopover = lazy(() => import('./filter-popover.tsx'));

/** What the view is narrowed to: a chip per filter, to change or to take away, and a way to add one. */
export const FilterBar = ({
  search,
  set,
  replace,
  rows,
}: FilterProps & { replace: (search: FilterProps['search']) => void; rows: readonly ClientRow[] }) => {
  const say = useWords();
  const [open, setOpen] = useState<Filter | null>(null);
  const shown = allFilters.filter((filter) => isSet(filter, search) || filter === open);
  return (
    <section className={styles['bar']} aria-label={say('clients.filters')}>
      {shown.map((filter) => (
        <Chip
          key={filter}
          filter={filter}
          rows={rows}
          search={search}
          set={set}
          opened={open === filter}
          onOpened={(opened) => setOpen(opened ? filter : null)}
        />
      ))}
      <ActionMenu
        position="bottom-start"
        load={() => import('./filter-items.tsx')}
        itemsProps={{ search, onPick: setOpen }}
        button={(props) => (
          <Button {...props} variant="subtle" color="gray" size="xs" leftSection={<Icon name="filter" size={14} />}>
            <Words id="clients.filter.add" />
          </Button>
        )}
      />
      {shown.length > 1 && (
        <Button variant="subtle" color="gray" size="xs" onClick={() => replace(withoutFilters(search))}>
          <Words id="clients.filter.clear" />
        </Button>
      )}
    </section>
  );
};

interface ChipProps extends FilterProps {
  readonly filter: Filter;
  readonly rows: readonly ClientRow[];
  readonly opened: boolean;
  readonly onOpened: (opened: boolean) => void;
}

const Chip = (props: ChipProps) => {
  const { filter } = props;
  if (isSpan(filter)) return <SpanChip {...props} filter={filter} />;
  if (isDays(filter)) return <DaysChip {...props} filter={filter} />;
  if (isText(filter)) return <TextChip {...props} filter={filter} />;
  if (isWords(filter)) return <WordsChip {...props} filter={filter} />;
  return <NamedChip {...props} filter={filter} />;
};

const TextChip = (props: ChipProps & { filter: TextFilter }) => {
  const say = useWords();
  const text = props.search[props.filter];
  return <ChipFrame {...props} values={text === undefined ? [] : [say('clients.filter.contains.value', { text })]} />;
};

const WordsChip = (props: ChipProps & { filter: WordFilter }) => {
  const say = useWords();
  const { filter, search } = props;
  return <ChipFrame {...props} values={(search[filter] ?? []).map((value) => say(wordFilters[filter].words(value)))} />;
};

const NamedChip = (props: ChipProps & { filter: NamedFilter }) => (
  <ChipFrame {...props} values={useChosenNames(props.filter, props.search[props.filter] ?? [], props.rows)} />
);

const DaysChip = (props: ChipProps & { filter: DayFilter }) => {
  const say = useWords();
  const days = props.search[props.filter];
  return (
    <ChipFrame
      {...props}
      values={days === undefined ? [] : [say(`clients.filter.${props.filter}.value`, { count: days })]}
    />
  );
};

const SpanChip = (props: ChipProps & { filter: SpanFilter }) => {
  const say = useWords();
  const intl = useIntl();
  const [from, to] = spanFilters[props.filter].map((member) => props.search[member]);
  const words = say('clients.filter.range', {
    from: from ? date(intl, from) : 'none',
    to: to ? date(intl, to) : 'none',
    both: from && to ? 'yes' : 'no',
  });
  return <ChipFrame {...props} values={from || to ? [words] : []} />;
};

const ChipFrame = ({ filter, search, set, opened, onOpened, values }: ChipProps & { values: readonly string[] }) => {
  const say = useWords();
  const name = say(`clients.filter.${filter}`);
  const told =
    values.length > 2 ? say('clients.filter.more', { first: values[0], count: values.length - 1 }) : values.join(', ');
  const label: ReactNode = told ? say('clients.filter.chip', { filter: name, values: told }) : name;
  const box = useRef<HTMLSpanElement>(null);
  const [ever, setEver] = useState(opened);
  if (opened && !ever) setEver(true);
  const close = (next: boolean) => {
    onOpened(next);
    // The filter's own chip is where one goes on; it goes away itself when nothing was chosen.
    if (!next) box.current?.querySelector('button')?.focus();
  };
  const button = (
    <button type="button" aria-haspopup="dialog" title={values.join('\n')} onClick={() => onOpened(!opened)}>
      {label}
    </button>
  );
  const remove = (
    <button
      type="button"
      aria-label={say('clients.filter.remove', { filter: name })}
      onClick={() => {
        onOpened(false);
        set(cleared(filter));
      }}
    >
      <Icon name="close" size={12} />
    </button>
  );
  const plain = (
    <>
      {button}
      {remove}
    </>
  );
  return (
    <span ref={box} className={styles['chip']}>
      {ever ? (
        <Suspense fallback={plain}>
          <FilterPopover
            button={button}
            after={remove}
            name={name}
            filter={filter}
            search={search}
            set={set}
            opened={opened}
            onOpened={close}
          />
        </Suspense>
      ) : (
        plain
      )}
    </span>
  );
};
