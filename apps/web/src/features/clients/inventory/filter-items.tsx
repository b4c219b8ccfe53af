import { Menu } from '@mantine/core';
import { Words } from '../../../words/words.tsx';
import { allFilters, type Filter, isSet } from './filters.ts';
import type { InventorySearch } from './inventory-search.ts';

/** The filters that can still be added. */
export default function FilterItems({ search, onPick }: { search: InventorySearch; onPick: (filter: Filter) => void }) {
  return allFilters
    .filter((filter) => !isSet(filter, search))
    .map((filter) => (
      <Menu.Item key={filter} onClick={() => onPick(filter)}>
        <Words id={`clients.filter.${filter}`} />
      </Menu.Item>
    ));
}
