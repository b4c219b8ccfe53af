import { Link } from '@tanstack/react-router';
import { Words } from '../words/words.tsx';
import { Icon } from '../ui/icon.tsx';
import { usePageName } from '../ui/named-page.ts';
import type { PageFacts } from './page-facts.ts';
import { useWords } from '../words/words.tsx';
import styles from './crumbs.module.css';

/** `Admin › Integrations › OAuth › name`. */
export const Crumbs = ({ page }: { page: PageFacts }) => {
  const say = useWords();
  const name = usePageName();
  const last = page.crumbs.at(-1);
  const ownName =
    name ?? (last?.words === 'app.crumb.oauth' && page.rail?.words === 'app.nav.clients' ? null : say(page.title));
  return (
    <nav aria-label={say('app.crumbs')} className={styles['crumbs']}>
      <ol className={styles['list']}>
        {page.crumbs.map(({ words, to }, index) => {
          const isHere = ownName === null && index === page.crumbs.length - 1;
          return (
            <li key={words} className={styles['crumb']}>
              {to && !isHere ? (
                <Link to={to} className={styles['link']}>
                  <Words id={words} />
                </Link>
              ) : (
                <span {...(isHere && { 'aria-current': 'page' as const })}>
                  <Words id={words} />
                </span>
              )}
              {!isHere && <Icon name="chevronRight" size={12} />}
            </li>
          );
        })}
        {ownName !== null && (
          <li className={styles['crumb']}>
            <span aria-current="page" className={styles['here']}>
              <bdi>{ownName}</bdi>
            </span>
          </li>
        )}
      </ol>
    </nav>
  );
};
