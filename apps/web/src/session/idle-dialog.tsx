import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { queryClient } from '../query-client.ts';
import { announce } from '../ui/announce.tsx';
import { useDuration } from '../ui/duration-text.tsx';
import { FaultNotice } from '../ui/fault-notice.tsx';
import { useWords, Words } from '../words/words.tsx';
import { serverNow, useServerNow } from './clock.ts';
import { sessionQuery } from './session-query.ts';
import { useSignOut } from './sign-out.ts';
import { stay } from './stay.ts';

/** The warning itself: counts down, offers to stay or to sign out. */
export default function IdleDialog({ end, absolute }: { end: number; absolute: boolean }) {
  const say = useWords();
  const duration = useDuration();
  const now = useServerNow(1_000);
  const left = Math.max(0, Math.ceil((end - now) / 1000));
  const staying = useMutation({ mutationFn: stay, onSuccess: () => announce(say('session.stayed')) });
  const signOut = useSignOut();
  const [dismissed, setDismissed] = useState(false);
  // Said at the start and when little is left, not each second.
  const said = left <= 15 ? 15 : left <= 60 ? 60 : 120;
  useEffect(() => {
    announce(say('session.warn.announce', { left: duration(Math.max(0, Math.ceil((end - serverNow()) / 1000))) }));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- one announcement per step
  }, [said]);
  useEffect(() => {
    if (left === 0) void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey });
  }, [left]);
  if (dismissed) return null;
  return (
    <Modal
      opened
      attributes={{ content: { role: 'alertdialog' }, header: { role: 'presentation' } }}
      onClose={absolute ? () => setDismissed(true) : () => staying.mutate()}
      withCloseButton={false}
      closeOnClickOutside={false}
      title={say('session.warn.title', { left: duration(left) })}
      size="md"
      zIndex={400}
    >
      <Stack gap="md">
        <Text>
          <Words id={absolute ? 'session.warn.absolute' : 'session.warn.idle'} />
        </Text>
        {staying.error && <FaultNotice error={staying.error} />}
        {signOut.error && <FaultNotice error={signOut.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => signOut.mutate('here')} loading={signOut.isPending}>
            <Words id="session.warn.signOut" />
          </Button>
          {absolute ? (
            <Button data-autofocus onClick={() => setDismissed(true)}>
              <Words id="ui.close" />
            </Button>
          ) : (
            <Button data-autofocus onClick={() => staying.mutate()} loading={staying.isPending}>
              <Words id="session.warn.stay" />
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
