import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useSession } from '../session/session.tsx';
import { useSignOut } from '../session/sign-out.ts';
import { ActionMenu } from '../ui/action-menu.tsx';
import { Icon } from '../ui/icon.tsx';
import { useWords } from '../words/words.tsx';
import styles from './person-menu.module.css';

const SignOutFailed = lazy(() => import('./sign-out-failed.tsx'));

/** Who I am, my sessions, the API, and the ways out. */
export const PersonMenu = () => {
  const say = useWords();
  const { person } = useSession();
  const signOut = useSignOut();
  return (
    <>
      <ActionMenu
        width={240}
        load={() => import('./person-items.tsx')}
        itemsProps={{ onSignOut: signOut.mutate }}
        button={(props) => (
          <Button
            {...props}
            variant="subtle"
            color="gray"
            size="sm"
            className={styles['person']}
            leftSection={<Icon name="person" size={18} />}
            aria-label={say('app.person', { name: person.name })}
            loading={signOut.isPending}
          >
            <span className={styles['name']}>
              <bdi>{person.name}</bdi>
            </span>
          </Button>
        )}
      />
      {signOut.isError && (
        <Suspense>
          <SignOutFailed
            error={signOut.error}
            retry={() => signOut.mutate(signOut.variables)}
            onClose={signOut.reset}
          />
        </Suspense>
      )}
    </>
  );
};
