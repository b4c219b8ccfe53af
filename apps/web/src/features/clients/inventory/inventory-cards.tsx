import type { ClientRow } from '@latchkey/contract/console-api/models';
import { gradeOf } from '@latchkey/domain/findings';
import { Link } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { GrantBadges, SeverityBadge, StateBadge } from '../../../ui/badges.tsx';
import { InstantText } from '../../../ui/instant-text.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { RowMenu } from './row-menu.tsx';
import styles from './cards.module.css';

/** The inventory on a phone: a card per client, what matters most on it. */
export const InventoryCards = ({
  rows,
  total,
  more,
  onMore,
}: {
  rows: readonly ClientRow[];
  total: number;
  more: boolean;
  onMore: () => void;
}) => {
  const say = useWords();
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(list.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => 148,
    overscan: 6,
    scrollMargin: offset,
    gap: 8,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - 15) onMore();
  }, [more, last, rows.length, onMore]);
  return (
    <ul
      ref={list}
      className={styles['list']}
      style={{ height: virtual.getTotalSize() }}
      aria-label={say('clients.list')}
    >
      {items.map(({ index, key, start }) => {
        const client = rows[index];
        return client === undefined ? null : (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            aria-setsize={total}
            aria-posinset={index + 1}
            className={styles['item']}
            style={{ transform: `translateY(${start - offset}px)` }}
          >
            <Card client={client} />
          </li>
        );
      })}
    </ul>
  );
};

const Card = ({ client }: { client: ClientRow }) => (
  <article className={styles['card']}>
    <div className={styles['head']}>
      <Link to="/clients/$clientId" params={{ clientId: client.id }} className={styles['name']} preload={false}>
        <bdi>{client.name}</bdi>
      </Link>
      <RowMenu client={client} />
    </div>
    <div className={styles['facts']}>
      <StateBadge state={client.state} />
      {client.findings.length > 0 && <SeverityBadge severity={gradeOf(client.findings)} />}
    </div>
    <GrantBadges grants={client.grantTypes} />
    <dl className={styles['pairs']}>
      <div>
        <dt>
          <Words id="clients.column.owner" />
        </dt>
        <dd>{client.owner ? <bdi>{client.owner.name}</bdi> : <Words id="clients.noOwner" />}</dd>
      </div>
      <div>
        <dt>
          <Words id="clients.column.dateLastUsed" />
        </dt>
        <dd>
          {client.dateLastUsed ? (
            <InstantText at={client.dateLastUsed} show="relative" plain />
          ) : (
            <Words id="ui.never" />
          )}
        </dd>
      </div>
    </dl>
  </article>
);
