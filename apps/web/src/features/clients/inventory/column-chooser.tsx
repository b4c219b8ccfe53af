import { ActionIcon, Button, Checkbox, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import type { ClientSort } from '@latchkey/domain/client-list';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { allColumns, type InventoryView } from './inventory-search.ts';
import type { FilterProps } from './filter-editor.tsx';
import styles from './inventory.module.css';

/** Which columns are shown, in which order, which stay in view, and how high a row is (product 3.2). */
export default function ColumnChooser({ view, set }: { view: InventoryView; set: FilterProps['set'] }) {
  const say = useWords();
  const hidden = allColumns.filter((column) => !view.columns.includes(column));
  const show = (columns: readonly ClientSort[]) => set({ columns: [...columns] });
  return (
    <Stack gap="sm">
      <div>
        <Text size="xs" fw={600} mb={4} id="density">
          <Words id="clients.density" />
        </Text>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-labelledby="density"
          value={view.density}
          onChange={(density) => set({ density: density })}
          data={(['comfortable', 'compact'] as const).map((value) => ({
            value,
            label: say(`clients.density.${value}`),
          }))}
        />
      </div>
      <Stack gap={2} component="ul" m={0} p={0} mah={320} style={{ listStyle: 'none', overflowY: 'auto' }}>
        {[...view.columns, ...hidden].map((column) => (
          <ColumnLine key={column} column={column} view={view} set={set} show={show} />
        ))}
      </Stack>
      <Button
        variant="subtle"
        size="xs"
        onClick={() => set({ columns: undefined, pin: undefined, density: undefined })}
      >
        <Words id="clients.columns.reset" />
      </Button>
    </Stack>
  );
}

const ColumnLine = ({
  column,
  view,
  set,
  show,
}: {
  column: ClientSort;
  view: InventoryView;
  set: FilterProps['set'];
  show: (columns: readonly ClientSort[]) => void;
}) => {
  const say = useWords();
  const name = say(`clients.column.${column}`);
  const place = view.columns.indexOf(column);
  const shown = place >= 0;
  const pinned = view.pins.has(column);
  const neighbour = (step: number) => {
    const other = view.columns[place + step];
    return other !== undefined && shown && view.pins.has(other) === pinned;
  };
  const move = (step: number) => {
    const order = [...view.columns];
    order.splice(place, 1);
    order.splice(place + step, 0, column);
    show(order);
  };
  const mover = (step: -1 | 1) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      disabled={!neighbour(step)}
      aria-label={say(step < 0 ? 'clients.columns.up' : 'clients.columns.down', { column: name })}
      onClick={() => move(step)}
    >
      <Icon name={step < 0 ? 'up' : 'down'} size={14} />
    </ActionIcon>
  );
  return (
    <Group component="li" gap={2} wrap="nowrap" className={styles['column']}>
      <Checkbox
        flex={1}
        label={name}
        aria-label={say('clients.columns.show', { column: name })}
        checked={shown}
        disabled={column === 'name'}
        onChange={(event) =>
          show(event.currentTarget.checked ? [...view.columns, column] : view.columns.filter((one) => one !== column))
        }
      />
      {mover(-1)}
      {mover(1)}
      <ActionIcon
        variant={pinned && shown ? 'light' : 'subtle'}
        color={pinned && shown ? 'teal' : 'gray'}
        size="sm"
        disabled={!shown || column === 'name'}
        aria-pressed={pinned}
        aria-label={say('clients.columns.pin', { column: name })}
        onClick={() => set({ pin: pinned ? [...view.pins].filter((one) => one !== column) : [...view.pins, column] })}
      >
        <Icon name="pin" size={14} />
      </ActionIcon>
    </Group>
  );
};
