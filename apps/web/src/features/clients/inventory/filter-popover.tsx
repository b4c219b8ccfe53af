import { Button, Popover } from '@mantine/core';
import type { ReactElement } from 'react';
import { Words } from '../../../words/words.tsx';
import { FilterEditor, type FilterProps } from './filter-editor.tsx';
import type { Filter } from './filters.ts';

/** The values of a filter, floating beside its chip. */
export default function FilterPopover({
  button,
  after,
  name,
  filter,
  opened,
  onOpened,
  ...rest
}: FilterProps & {
  button: ReactElement;
  after: ReactElement;
  name: string;
  filter: Filter;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}) {
  return (
    <Popover opened={opened} onChange={onOpened} position="bottom-start" trapFocus width={340}>
      <Popover.Target>{button}</Popover.Target>
      {after}
      <Popover.Dropdown aria-label={name}>
        <FilterEditor filter={filter} {...rest} />
        <Button variant="default" size="xs" mt="sm" fullWidth onClick={() => onOpened(false)}>
          <Words id="clients.filter.done" />
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
