import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import type { SignedOutReason } from '../../session/signed-out-reason.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useWords, Words } from '../../words/words.tsx';
import styles from './welcome.module.css';

/** Before signing in: one button, and why one was signed out. After it one is back on the same page. */
export const Welcome = ({
  reason,
  error,
  retry,
}: {
  reason: SignedOutReason | null;
  /** Who is signed in could not be found out. */
  error?: unknown;
  retry?: () => void;
}) => {
  const say = useWords();
  useEffect(() => {
    document.title = say('app.title', { page: say('welcome.title') });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the words do not change under an open page
  }, []);
  const { pathname, search, hash } = window.location;
  const failed = new URLSearchParams(search).has('signIn');
  const returnTo = failed || pathname === '/' ? '/clients' : pathname + search + hash;
  return (
    <main className={styles['place']}>
      <Stack className={styles['card']!} gap="lg">
        <span className={styles['mark']}>
          <Icon name="key" size={26} />
        </span>
        <Stack gap={4}>
          <Title order={1}>
            <Words id="welcome.title" />
          </Title>
          <Text c="dimmed">
            <Words id="welcome.what" />
          </Text>
        </Stack>
        {(reason || failed) && (
          <Alert
            role="status"
            color={reason === 'signed-out' || reason === 'signed-out-everywhere' ? 'gray' : 'amber'}
            icon={<Icon name="info" size={18} />}
          >
            <Words id={`welcome.reason.${failed ? 'failed' : reason!}`} />
          </Alert>
        )}
        {error !== undefined && <FaultNotice error={error} retry={retry} />}
        <Button component="a" href={`/sign-in?returnTo=${encodeURIComponent(returnTo)}`} size="md" fullWidth data-autofocus>
          <Words id="welcome.signIn" />
        </Button>
        {returnTo !== '/clients' && (
          <Text size="xs" c="dimmed" ta="center">
            <Words id="welcome.returns" />
          </Text>
        )}
      </Stack>
    </main>
  );
};
