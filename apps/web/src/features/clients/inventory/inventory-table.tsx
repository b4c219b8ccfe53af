import type { ClientRow } from '@latchkey/contract/console-api/models';
import type { ClientSort } from '@latchkey/domain/client-list';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { columns } from './columns.tsx';
import type { InventoryView } from './inventory-search.ts';
import { RowMenu } from './row-menu.tsx';
import styles from './inventory.module.css';

const rowHeights = { comfortable: 48, compact: 36 } as const;
/** Width of the column with the row menu, in rem. */
const menuWidth = 3;

/** What the table shows and tells. */
export interface InventoryTableProps {
  readonly rows: readonly ClientRow[];
  readonly total: number;
  readonly view: InventoryView;
  readonly more: boolean;
  readonly onMore: () => void;
  readonly onSort: (column: ClientSort) => void;
  /** The rows belong to the question before; the new ones are on their way. */
  readonly outdated: boolean;
}

/**
 * The inventory as a real table of which only the rows in view exist. The header and the pinned columns stay while it is
 * scrolled; arrow keys go from row to row.
 */
export const InventoryTable = ({ rows, total, view, more, onMore, onSort, outdated }: InventoryTableProps) => {
  const say = useWords();
  const region = useRef<HTMLDivElement>(null);
  const height = rowHeights[view.density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => region.current,
    estimateSize: () => height,
    overscan: 8,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  useEffect(() => {
    virtual.measure();
  }, [virtual, height]);
  // Another question starts at its top.
  const question = `${view.sort} ${view.order}`;
  useEffect(() => {
    // Newer browsers answer with a promise, which React would take for the way to clean up.
    region.current?.scrollTo({ top: 0 });
  }, [question]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && !outdated && last >= rows.length - 30) onMore();
  }, [more, outdated, last, rows.length, onMore]);

  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const { lefts, lastPin } = pinnedLefts(view);
  const width = view.columns.reduce((sum, column) => sum + columns[column].width, menuWidth);

  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity, PageDown: 15, PageUp: -15 }[event.key];
    const row = (event.target as HTMLElement).closest('tr[data-index]');
    if (step === undefined || row === null || !(event.target as HTMLElement).matches('[data-name]')) return;
    event.preventDefault();
    const next = Math.min(Math.max(Number(row.getAttribute('data-index')) + step, 0), rows.length - 1);
    virtual.scrollToIndex(next);
    focusRow(region.current, next);
  };

  return (
    <section
      ref={region}
      className={styles['region']}
      aria-label={say('clients.table')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard scrolls it from here
      tabIndex={0}
      data-outdated={outdated || undefined}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the links inside take the keys */}
      <table
        className={styles['table']}
        aria-rowcount={total + 1}
        aria-label={say('clients.list')}
        onKeyDown={move}
        style={{ minWidth: `${width}rem` }}
        data-density={view.density}
      >
        <colgroup>
          {view.columns.map((column) => (
            <col key={column} style={{ width: `${columns[column].width}rem` }} />
          ))}
          <col style={{ width: `${menuWidth}rem` }} />
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {view.columns.map((column) => (
              <th
                key={column}
                scope="col"
                aria-sort={view.sort === column ? (view.order === 'asc' ? 'ascending' : 'descending') : 'none'}
                className={styles['head']}
                data-pinned={lefts[column] !== undefined || undefined}
                data-last-pinned={column === lastPin || undefined}
                style={lefts[column] === undefined ? undefined : { left: `${lefts[column]}rem` }}
              >
                <button type="button" className={styles['sort']} onClick={() => onSort(column)}>
                  <Words id={`clients.column.${column}`} />
                  <span className={styles['arrow']} data-sorted={view.sort === column || undefined}>
                    <Icon
                      name={view.sort !== column ? 'sort' : view.order === 'asc' ? 'sortUp' : 'sortDown'}
                      size={12}
                    />
                  </span>
                </button>
              </th>
            ))}
            <th scope="col" className={`${styles['head']} ${styles['menuHead']}`}>
              <span className={styles['hidden']}>
                <Words id="clients.actions" />
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && (
            <tr role="presentation">
              {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- the room of rows that are not made */}
              <td
                aria-hidden="true"
                colSpan={view.columns.length + 1}
                className={styles['space']}
                style={{ height: before }}
              />
            </tr>
          )}
          {items.map(({ index, key }) => {
            const client = rows[index];
            return (
              client && <Row key={key} client={client} index={index} view={view} lefts={lefts} lastPin={lastPin} />
            );
          })}
          {after > 0 && (
            <tr role="presentation">
              {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- the room of rows that are not made */}
              <td
                aria-hidden="true"
                colSpan={view.columns.length + 1}
                className={styles['space']}
                style={{ height: after }}
              />
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
};

type Lefts = Partial<Record<ClientSort, number>>;

/** One row; made anew only when its client or the view changes. */
const Row = memo(
  ({
    client,
    index,
    view,
    lefts,
    lastPin,
  }: {
    client: ClientRow;
    index: number;
    view: InventoryView;
    lefts: Lefts;
    lastPin: ClientSort | undefined;
  }) => (
    <tr aria-rowindex={index + 2} data-index={index} className={styles['row']} data-state={client.state}>
      {view.columns.map((column) => {
        const Cell = column === 'name' ? 'th' : 'td';
        return (
          <Cell
            key={column}
            {...(column === 'name' && { scope: 'row' as const })}
            className={styles['cell']}
            data-pinned={lefts[column] !== undefined || undefined}
            data-last-pinned={column === lastPin || undefined}
            style={lefts[column] === undefined ? undefined : { left: `${lefts[column]}rem` }}
          >
            {columns[column].cell(client)}
          </Cell>
        );
      })}
      <td className={`${styles['cell']} ${styles['menuCell']}`}>
        <RowMenu client={client} />
      </td>
    </tr>
  ),
  (a, b) => a.client === b.client && a.index === b.index && a.view === b.view,
);

/** Where each pinned column stands from the left edge, in rem. */
function pinnedLefts({ columns: shown, pins }: InventoryView): { lefts: Lefts; lastPin: ClientSort | undefined } {
  const lefts: Lefts = {};
  let left = 0;
  let lastPin: ClientSort | undefined;
  for (const column of shown) {
    if (!pins.has(column)) break;
    lefts[column] = left;
    left += columns[column].width;
    lastPin = column;
  }
  return { lefts, lastPin };
}

/** Focuses the link of a row that may only come into being with the next frame. */
function focusRow(region: HTMLElement | null, index: number, tries = 4): void {
  const link = region?.querySelector<HTMLElement>(`tr[data-index="${index}"] [data-name]`);
  if (link) link.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusRow(region, index, tries - 1));
}
