import { Text } from '@mantine/core';
import { useSession } from '../session/session.tsx';
import { Words } from '../words/words.tsx';
import { PersonMenu } from './person-menu.tsx';
import { SchemeMenu } from './scheme-menu.tsx';
import styles from './top-bar.module.css';

/** Which organization, on which Platform, and who I am. */
export const TopBar = () => {
  const { organization, platform } = useSession();
  return (
    <header className={styles['bar']}>
      <div className={styles['where']}>
        <Text fw={600} truncate>
          <bdi>{organization.name}</bdi>
        </Text>
        <Text c="dimmed" size="xs" truncate>
          <Words id="app.onPlatform" values={{ address: hostOf(platform.address) }} />
        </Text>
      </div>
      <SchemeMenu />
      <PersonMenu />
    </header>
  );
};

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : address);
