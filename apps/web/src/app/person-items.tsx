import { Menu, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useSession } from '../session/session.tsx';
import { Icon } from '../ui/icon.tsx';
import { Words } from '../words/words.tsx';

/** The items of the person's menu. */
export default function PersonItems({ onSignOut }: { onSignOut: (where: 'here' | 'everywhere') => void }) {
  const navigate = useNavigate();
  const { person } = useSession();
  return (
    <>
      <Menu.Label>
        <Text fw={600} c="var(--mantine-color-text)" truncate>
          <bdi>{person.name}</bdi>
        </Text>
        <Text size="xs" truncate>
          {person.email}
        </Text>
      </Menu.Label>
      <Menu.Item leftSection={<Icon name="sessions" />} onClick={() => void navigate({ to: '/sessions' })}>
        <Words id="app.nav.sessions" />
      </Menu.Item>
      <Menu.Item leftSection={<Icon name="document" />} onClick={() => void navigate({ to: '/api-document' })}>
        <Words id="app.nav.apiDocument" />
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<Icon name="signOut" />} onClick={() => onSignOut('here')}>
        <Words id="app.signOut" />
      </Menu.Item>
      <Menu.Item leftSection={<Icon name="signOut" />} onClick={() => onSignOut('everywhere')}>
        <Words id="app.signOutEverywhere" />
      </Menu.Item>
    </>
  );
}
