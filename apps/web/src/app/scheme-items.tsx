import { Menu, useMantineColorScheme } from '@mantine/core';
import { Icon } from '../ui/icon.tsx';
import { Words } from '../words/words.tsx';
import { schemes } from './schemes.ts';

/** The items of the colour scheme's menu. */
export default function SchemeItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (Object.keys(schemes) as (keyof typeof schemes)[]).map((scheme) => (
    <Menu.Item
      key={scheme}
      role="menuitemradio"
      aria-checked={scheme === colorScheme}
      leftSection={<Icon name={schemes[scheme]} />}
      rightSection={scheme === colorScheme && <Icon name="check" />}
      onClick={() => setColorScheme(scheme)}
    >
      <Words id={`app.scheme.${scheme}`} />
    </Menu.Item>
  ));
}
