import { Button, Table, Text, VisuallyHidden } from '@mantine/core';
import type { consoleApi } from '@latchkey/contract/console-api/table';
import type { Answer } from '@latchkey/contract/route';
import { changed } from '@latchkey/wire/queries';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, reads } from '../../connection.ts';
import { useSignOut } from '../../session/sign-out.ts';
import { announce } from '../../ui/announce.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { InstantText } from '../../ui/instant-text.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { TextSkeleton } from '../../ui/skeletons.tsx';
import { useWords, Words } from '../../words/words.tsx';
import { useBrowserName } from './use-browser-name.ts';
import tables from '../../ui/stacked-table.module.css';

type Session = Answer<typeof consoleApi.session.list>[number];

/** Where I am signed in, with a way to end each session or all of them (product 2.4). */
export default function SessionsPage() {
  const say = useWords();
  const { data, error, refetch } = useQuery(reads.session.list());
  const [asking, setAsking] = useState<Session | 'everywhere' | null>(null);
  return (
    <>
      <PageHeader
        title={<Words id="sessions.title" />}
        about={<Words id="sessions.about" />}
        actions={
          <Button variant="default" leftSection={<Icon name="signOut" />} onClick={() => setAsking('everywhere')}>
            <Words id="app.signOutEverywhere" />
          </Button>
        }
      />
      {error && <FaultNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <TextSkeleton lines={4} />}
      {data && (
        <Table aria-label={say('sessions.title')} className={tables['table']}>
          <Table.Thead>
            <Table.Tr>
              {(['browser', 'address', 'startedAt', 'lastActiveAt', 'act'] as const).map((name) => (
                <Table.Th key={name} scope="col">
                  {name === 'act' ? (
                    <VisuallyHidden>
                      <Words id="sessions.act" />
                    </VisuallyHidden>
                  ) : (
                    <Words id={`sessions.${name}`} />
                  )}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((session) => (
              <SessionLine key={session.id} session={session} onEnd={() => setAsking(session)} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {asking === 'everywhere' && <EverywhereDialog onClose={() => setAsking(null)} />}
      {asking !== null && asking !== 'everywhere' && <EndDialog session={asking} onClose={() => setAsking(null)} />}
    </>
  );
}

const SessionLine = ({ session, onEnd }: { session: Session; onEnd: () => void }) => {
  const say = useWords();
  const browserName = useBrowserName();
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <span title={session.browser}>{browserName(session.browser)}</span>
        {session.current && (
          <Text span c="dimmed">
            {' '}
            (<Words id="sessions.current" />)
          </Text>
        )}
      </Table.Th>
      <Table.Td className="tabular" data-label={say('sessions.address')}>
        {session.address}
      </Table.Td>
      <Table.Td data-label={say('sessions.startedAt')}>
        <InstantText at={session.startedAt} show="local" />
      </Table.Td>
      <Table.Td data-label={say('sessions.lastActiveAt')}>
        <InstantText at={session.lastActiveAt} show="relative" />
      </Table.Td>
      <Table.Td>
        {!session.current && (
          <Button
            variant="default"
            size="xs"
            aria-label={say('sessions.endThis', { browser: browserName(session.browser), address: session.address })}
            onClick={onEnd}
          >
            <Words id="sessions.end" />
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
};

const EndDialog = ({ session, onClose }: { session: Session; onClose: () => void }) => {
  const say = useWords();
  const browserName = useBrowserName();
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => api.session.end({ params: { sessionId: session.id } }),
    onSuccess: async () => {
      onClose();
      announce(say('sessions.ended'));
      await changed(client, 'session');
    },
  });
  return (
    <ConfirmDialog
      title={say('sessions.end.title', { browser: browserName(session.browser) })}
      act={<Words id="sessions.end" />}
      onAct={() => end.mutate()}
      onClose={onClose}
      busy={end.isPending}
      error={end.error}
      size="md"
    >
      <Text>
        <Words id="sessions.end.text" values={{ address: session.address }} />
      </Text>
    </ConfirmDialog>
  );
};

const EverywhereDialog = ({ onClose }: { onClose: () => void }) => {
  const signOut = useSignOut();
  return (
    <ConfirmDialog
      title={<Words id="sessions.everywhere.title" />}
      act={<Words id="app.signOutEverywhere" />}
      onAct={() => signOut.mutate('everywhere')}
      onClose={onClose}
      busy={signOut.isPending || signOut.isSuccess}
      error={signOut.error}
      size="md"
    >
      <Text>
        <Words id="sessions.everywhere.text" />
      </Text>
    </ConfirmDialog>
  );
};
