import { Link } from '@tanstack/react-router';
import { useWords, Words } from '../../../words/words.tsx';
import type { WordId } from '../../../words/ids.ts';
import { filterMembers, type InventorySearch, withoutDefaults, withoutFilters } from './inventory-search.ts';
import styles from './inventory.module.css';

/** The built-in views: each a filter that replaces the present one; search text, order and columns stay. */
const views: readonly { words: WordId; filter: InventorySearch }[] = [
  { words: 'clients.view.all', filter: {} },
  { words: 'clients.view.active', filter: { states: ['active'] } },
  { words: 'clients.view.deactivated', filter: { states: ['deactivated'] } },
  { words: 'clients.view.pendingRemoval', filter: { states: ['pending-removal'] } },
  { words: 'clients.view.deprecatedGrant', filter: { grantTypes: ['TOKEN', 'PASSWORD'] } },
  { words: 'clients.view.unused', filter: { states: ['active'], unusedDays: 90 } },
];

/** Links to the built-in views; the one that the address shows is marked. */
export const QuickViews = ({ search }: { search: InventorySearch }) => {
  const say = useWords();
  return (
    <nav aria-label={say('clients.views')} className={styles['viewsNav']}>
      <ul className={styles['views']}>
        {views.map(({ words, filter }) => (
          <li key={words}>
            <Link
              to="/clients"
              search={withoutDefaults({ ...withoutFilters(search), ...filter })}
              resetScroll={false}
              className={styles['view']}
              activeOptions={{ exact: true }}
              activeProps={{}}
              {...(isSame(search, filter) ? { 'aria-current': 'true' as const } : { 'aria-current': undefined })}
            >
              <Words id={words} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};

const isSame = (search: InventorySearch, filter: InventorySearch): boolean =>
  filterMembers.every((member) => {
    const [here, there] = [search[member], filter[member]].map((value) => new Set([value].flat()));
    return here !== undefined && there !== undefined && here.symmetricDifference(there).size === 0;
  });
