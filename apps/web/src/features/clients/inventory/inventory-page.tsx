import { Button, Group, NativeSelect } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { consoleApi } from '@latchkey/contract/console-api/table';
import type { ClientSort } from '@latchkey/domain/client-list';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { ActionMenu } from '../../../ui/action-menu.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FaultNotice } from '../../../ui/fault-notice.tsx';
import { GuardedButton } from '../../../ui/guarded-button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { FilterBar } from './filter-bar.tsx';
import { InventoryCards } from './inventory-cards.tsx';
import { inventoryQuery } from './inventory-query.ts';
import { allColumns, viewOf, widened, withoutFilters } from './inventory-search.ts';
import { InventorySkeleton } from './inventory-skeleton.tsx';
import { InventoryStatus } from './inventory-status.tsx';
import { InventoryTable } from './inventory-table.tsx';
import { QuickViews } from './quick-views.tsx';
import { SearchBox } from './search-box.tsx';
import { useInventorySearch } from './use-inventory-search.ts';
import styles from './inventory.module.css';

/** `Admin › Integrations › OAuth`: every client, searched, narrowed, sorted (product 3.1, 3.2). */
export default function InventoryPage() {
  const say = useWords();
  const navigate = useNavigate();
  const { search, set, replace } = useInventorySearch();
  const view = useMemo(() => viewOf(search), [search]);
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const query = useInfiniteQuery(inventoryQuery(search));
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetching, isFetchingNextPage, isPlaceholderData } = query;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const newest = data?.pages[0];

  const more = hasNextPage && !isFetchingNextPage && !query.isFetchNextPageError;
  const onMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const onSort = useCallback(
    (column: ClientSort) => set({ sort: column, order: view.sort === column && view.order === 'asc' ? 'desc' : 'asc' }),
    [set, view.sort, view.order],
  );

  const add = (
    <GuardedButton
      row={consoleApi.clients.create}
      leftSection={<Icon name="plus" />}
      onClick={() => void navigate({ to: '/clients/new' })}
    >
      <Words id="clients.add" />
    </GuardedButton>
  );

  return (
    <div className={styles['page']}>
      <PageHeader title={<Words id="clients.title" />} actions={add} />
      <div className={styles['bar']}>
        <SearchBox value={search.q ?? ''} onSearch={(q) => set({ q })} />
        <div className={styles['tools']}>
          {narrow ? (
            <SortSelect sort={view.sort} order={view.order} onSort={(sort, order) => set({ sort, order })} />
          ) : (
            <ActionMenu
              kind="dialog"
              width={340}
              load={() => import('./column-chooser.tsx')}
              itemsProps={{ view, set }}
              button={(props) => (
                <Button {...props} variant="default" leftSection={<Icon name="columns" />}>
                  <Words id="clients.columns" />
                </Button>
              )}
            />
          )}
        </div>
      </div>
      <div className={styles['bar']}>
        <QuickViews search={search} />
        <FilterBar search={search} set={set} replace={replace} rows={rows} />
      </div>
      {newest && (
        <InventoryStatus
          total={newest.total}
          inventory={newest.inventory}
          asOf={newest.asOf}
          stale={newest.stale}
          view={view}
          busy={isFetching && !isFetchingNextPage && !isPlaceholderData}
          onRefresh={() => void refetch()}
        />
      )}
      {error && !query.isFetchNextPageError && <FaultNotice error={error} retry={() => void refetch()} />}
      {!newest ? (
        !error && <InventorySkeleton view={view} />
      ) : newest.inventory === 0 ? (
        <EmptyState icon="key" title={<Words id="clients.empty.title" />} action={add}>
          <Words id="clients.empty.text" />
        </EmptyState>
      ) : rows.length === 0 ? (
        <EmptyState
          icon="search"
          title={<Words id="clients.none.title" />}
          action={
            <Group gap="xs" justify="center" maw="100%">
              {view.filtered && search.q && (
                <Button variant="default" maw="100%" title={search.q} onClick={() => replace(withoutFilters(search))}>
                  {say('clients.none.keepSearch', { q: search.q })}
                </Button>
              )}
              <Button variant="default" onClick={() => replace(widened(search))}>
                <Words id="clients.none.widen" />
              </Button>
            </Group>
          }
        >
          <Words id="clients.none.text" values={{ inventory: newest.inventory }} />
        </EmptyState>
      ) : narrow ? (
        <InventoryCards rows={rows} total={newest.total} more={more} onMore={onMore} />
      ) : (
        <InventoryTable
          rows={rows}
          total={newest.total}
          view={view}
          more={more}
          onMore={onMore}
          onSort={onSort}
          outdated={isPlaceholderData}
        />
      )}
      {query.isFetchNextPageError && <FaultNotice error={error} retry={onMore} />}
    </div>
  );
}

const SortSelect = ({
  sort,
  order,
  onSort,
}: {
  sort: ClientSort;
  order: 'asc' | 'desc';
  onSort: (sort: ClientSort, order: 'asc' | 'desc') => void;
}) => {
  const say = useWords();
  return (
    <Group gap="xs" wrap="nowrap">
      <NativeSelect
        aria-label={say('clients.sortBy')}
        value={sort}
        data={allColumns.map((value) => ({ value, label: say(`clients.column.${value}`) }))}
        onChange={(event) => onSort(event.currentTarget.value as ClientSort, order)}
      />
      <Button
        variant="default"
        aria-label={say(order === 'asc' ? 'clients.sort.asc' : 'clients.sort.desc')}
        onClick={() => onSort(sort, order === 'asc' ? 'desc' : 'asc')}
      >
        <Icon name={order === 'asc' ? 'sortUp' : 'sortDown'} />
      </Button>
    </Group>
  );
};
