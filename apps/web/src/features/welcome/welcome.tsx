import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import type { SignedOutReason } from '../../session/signed-out-reason.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useWords, Words } from '../../words/words.tsx';
import { failureIn, placeToReturnTo, rememberReturnTo } from './return-to.ts';
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
  const failure = failureIn(window.location);
  const returnTo = placeToReturnTo(window.location);
  return (
    <main className={styles['place']}>
      <Stack className={styles['card']} gap="lg">
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
        {failure ? (
          <Alert role="alert" color="amber" icon={<Icon name="warning" size={18} />} title={say('welcome.failed')}>
            <Words id={`welcome.failed.${failure}`} />
          </Alert>
        ) : (
          reason && (
            <Alert
              color={reason === 'signed-out' || reason === 'signed-out-everywhere' ? 'gray' : 'amber'}
              icon={<Icon name="info" size={18} />}
            >
              <Words id={`welcome.reason.${reason}`} />
            </Alert>
          )
        )}
        {error !== undefined && <FaultNotice error={error} retry={retry} />}
        <Button
          component="a"
          href={`/sign-in?returnTo=${encodeURIComponent(returnTo)}`}
          onClick={() => rememberReturnTo(returnTo)}
          size="md"
          fullWidth
        >
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
