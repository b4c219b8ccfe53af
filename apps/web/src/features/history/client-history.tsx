import type { AuditEvent } from '@latchkey/domain/audit';
import { Button, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../connection.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TextSkeleton } from '../../ui/skeletons.tsx';
import { useRoleNames } from '../../ui/use-role-names.ts';
import { Words } from '../../words/words.tsx';
import { HistoryEvent } from './history-event.tsx';
import styles from './history.module.css';

const pageSize = 50;

/** What happened to a client, newest first, in words (product 10.1, 10.3). */
export const ClientHistory = ({ clientId }: { clientId: string }) => {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['history', 'ofClient', clientId],
    queryFn: ({ pageParam, signal }) =>
      api.history.ofClient(
        { params: { clientId }, query: { limit: pageSize, ...(pageParam !== null && { before: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
  const names = useRoleNames();
  const events: AuditEvent[] = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Panel title={<Words id="history.title" />}>
      <Text c="dimmed" mb="sm">
        <Words id="history.about" />
      </Text>
      {error && <FaultNotice error={error} retry={() => void (data ? fetchNextPage() : refetch())} />}
      {!data && !error && <TextSkeleton lines={10} />}
      {data && events.length === 0 && (
        <EmptyState icon="clock" title={<Words id="history.empty.title" />}>
          <Words id="history.empty.text" />
        </EmptyState>
      )}
      {events.length > 0 && (
        <ol className={styles['events']}>
          {events.map((event) => (
            <HistoryEvent key={event.seq} event={event} names={names} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button
          variant="default"
          mt="md"
          leftSection={<Icon name="down" />}
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          <Words id="history.more" />
        </Button>
      )}
    </Panel>
  );
};
