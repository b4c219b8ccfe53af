import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { ActionMenu } from '../ui/action-menu.tsx';
import { Icon } from '../ui/icon.tsx';
import { useWords } from '../words/words.tsx';
import { schemes } from './schemes.ts';

/** Light, dark, or as the system has it. */
export const SchemeMenu = () => {
  const say = useWords();
  const { colorScheme } = useMantineColorScheme();
  return (
    <ActionMenu
      load={() => import('./scheme-items.tsx')}
      itemsProps={{}}
      button={(props) => (
        <ActionIcon
          {...props}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={say('app.scheme', { scheme: colorScheme })}
        >
          <Icon name={schemes[colorScheme]} size={18} />
        </ActionIcon>
      )}
    />
  );
};
