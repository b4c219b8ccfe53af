import { ActionIcon } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import { useMissing } from '../session/session.tsx';
import { Hint } from '../ui/hint.tsx';
import { Icon } from '../ui/icon.tsx';
import { useWords, Words } from '../words/words.tsx';
import styles from './rail.module.css';

/** The pages that stand in the rail and that this person may see; on a phone it is the bar at the bottom. */
export const Rail = ({ narrow, onNarrow }: { narrow: boolean; onNarrow: (narrow: boolean) => void }) => {
  const say = useWords();
  const missing = useMissing();
  const { routesByPath } = useRouter();
  const rows = Object.entries(routesByPath).flatMap(([path, route]) => {
    const page = route.options.staticData?.page;
    return page?.rail && page.reads.every((row) => missing(row).length === 0)
      ? [{ path: path as '/clients', rail: page.rail }]
      : [];
  });
  const toggle = say(narrow ? 'app.railExpand' : 'app.railCollapse');
  return (
    <nav aria-label={say('app.rail')} className={styles['rail']} data-narrow={narrow || undefined}>
      <Link to="/clients" className={styles['brand']} aria-label={say('app.name')} tabIndex={-1}>
        <span className={styles['mark']}>
          <Icon name="key" size={20} />
        </span>
        <span className={styles['word']}>
          <Words id="app.name" />
        </span>
      </Link>
      <ul className={styles['list']}>
        {rows.map(({ path, rail }) => (
          <li key={path}>
            <Hint label={say(rail.words)} position="right" disabled={!narrow}>
              <Link
                to={path}
                className={styles['link']}
                activeOptions={{ exact: path === '/clients', includeSearch: false }}
                activeProps={{ 'aria-current': 'page' }}
              >
                <Icon name={rail.icon} size={20} />
                <span className={styles['word']}>
                  <Words id={rail.words} />
                </span>
              </Link>
            </Hint>
          </li>
        ))}
      </ul>
      <Hint label={toggle} position="right">
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className={styles['toggle']}
          aria-label={toggle}
          onClick={() => onNarrow(!narrow)}
        >
          <Icon name={narrow ? 'expand' : 'collapse'} size={18} />
        </ActionIcon>
      </Hint>
    </nav>
  );
};
