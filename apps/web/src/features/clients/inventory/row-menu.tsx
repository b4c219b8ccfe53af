import type { ClientRow } from '@latchkey/contract/console-api/models';
import { ActionMenu } from '../../../ui/action-menu.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useWords } from '../../../words/words.tsx';
import styles from './inventory.module.css';

/** What can be done to the client of a row (product 3.8). */
export const RowMenu = ({ client }: { client: ClientRow }) => {
  const say = useWords();
  return (
    <ActionMenu
      width={230}
      load={() => import('./row-acts.tsx')}
      itemsProps={{ client }}
      button={(props) => (
        <button
          {...props}
          type="button"
          className={styles['more']}
          aria-label={say('clients.actionsFor', { name: client.name })}
        >
          <Icon name="more" />
        </button>
      )}
    />
  );
};
