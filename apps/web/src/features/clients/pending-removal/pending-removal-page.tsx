import { Button, Table, VisuallyHidden } from '@mantine/core';
import type { ClientRow } from '@latchkey/contract/console-api/models';
import { consoleApi } from '@latchkey/contract/console-api/table';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FaultNotice } from '../../../ui/fault-notice.tsx';
import { GuardedButton } from '../../../ui/guarded-button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { InstantText } from '../../../ui/instant-text.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { TextSkeleton } from '../../../ui/skeletons.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { inventoryQuery } from '../inventory/inventory-query.ts';
import { Countdown } from './countdown.tsx';
import tables from '../../../ui/stacked-table.module.css';
import styles from './pending-removal.module.css';

/** Deleted clients that can still come back, the next to go first (product 8.9). */
export default function PendingRemovalPage() {
  const say = useWords();
  const query = useInfiniteQuery(inventoryQuery({ states: ['pending-removal'], sort: 'dateToDelete' }));
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  // All of them: each counts down to its own end, and there are few.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !error) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, error, fetchNextPage]);
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <PageHeader title={<Words id="clients.pending.title" />} about={<Words id="clients.pending.about" />} />
      {error && <FaultNotice error={error} retry={() => void refetch()} />}
      {!data ? (
        !error && <TextSkeleton lines={6} />
      ) : rows.length === 0 ? (
        <EmptyState
          icon="hourglass"
          title={<Words id="clients.pending.empty.title" />}
          action={
            <Button component={Link} to="/clients" variant="default">
              <Words id="app.notFound.go" />
            </Button>
          }
        >
          <Words id="clients.pending.empty.text" />
        </EmptyState>
      ) : (
        <Table className={tables['table']} aria-label={say('clients.pending.table')}>
          <Table.Thead>
            <Table.Tr>
              {(['client', 'timeLeft', 'goes', 'deletedBy', 'act'] as const).map((name) => (
                <Table.Th key={name} scope="col">
                  {name === 'act' ? (
                    <VisuallyHidden>
                      <Words id="clients.pending.act" />
                    </VisuallyHidden>
                  ) : (
                    <Words id={`clients.pending.${name}`} />
                  )}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((client) => (
              <PendingRow key={client.id} client={client} onOver={() => void refetch()} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}

const PendingRow = ({ client, onOver }: { client: ClientRow; onOver: () => void }) => {
  const say = useWords();
  const navigate = useNavigate();
  return (
    <Table.Tr>
      <Table.Th scope="row" data-label={say('clients.pending.client')}>
        <Link to="/clients/$clientId" params={{ clientId: client.id }} className={styles['name']}>
          <bdi>{client.name}</bdi>
        </Link>
      </Table.Th>
      <Table.Td data-label={say('clients.pending.timeLeft')}>
        {client.dateToDelete && <Countdown name={client.name} until={client.dateToDelete} onOver={onOver} />}
      </Table.Td>
      <Table.Td data-label={say('clients.pending.goes')}>
        {client.dateToDelete && <InstantText at={client.dateToDelete} show="local" />}
      </Table.Td>
      <Table.Td data-label={say('clients.pending.deletedBy')}>
        {client.modifiedBy ? <bdi>{client.modifiedBy.name}</bdi> : <Words id="ui.unknown" />}
      </Table.Td>
      <Table.Td>
        <GuardedButton
          row={consoleApi.clients.restore}
          refusal={client.refusals.restore}
          variant="default"
          size="xs"
          leftSection={<Icon name="restore" size={14} />}
          aria-label={say('clients.pending.restoreFor', { name: client.name })}
          onClick={() =>
            void navigate({ to: '/clients/$clientId', params: { clientId: client.id }, search: { do: 'restore' } })
          }
        >
          <Words id="clients.act.restore" />
        </GuardedButton>
      </Table.Td>
    </Table.Tr>
  );
};
