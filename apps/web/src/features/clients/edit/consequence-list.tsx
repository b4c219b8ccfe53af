import type { Consequence } from '@latchkey/domain/change';
import { useIntl } from 'react-intl';
import { Icon } from '../../../ui/icon.tsx';
import type { RoleNames } from '../../../ui/use-role-names.ts';
import { useWords, Words } from '../../../words/words.tsx';
import styles from './edit.module.css';

/** More names than this are counted instead. */
const namedAtMost = 8;

/** What saving will do to callers and to the people who sign in, warnings first (product 6.3). */
export const ConsequenceList = ({
  consequences,
  names,
}: {
  consequences: readonly Consequence[];
  names: RoleNames;
}) => {
  const say = useWords();
  const intl = useIntl();
  const nameOf = ({ field }: Consequence, item: string): string => {
    if (field === 'roleDivisions') return names.role(item);
    return field === 'grantTypes' ? say(`ui.grant.${item as 'CODE'}`) : item;
  };
  return (
    <ul className={styles['consequences']}>
      {consequences
        .toSorted((a, b) => Number(b.level === 'warning') - Number(a.level === 'warning'))
        .map((consequence) => {
          const { code, level, field, items = [] } = consequence;
          const named = items.slice(0, namedAtMost).map((item) => nameOf(consequence, item));
          const rest = items.length - named.length;
          const list = intl.formatList(rest > 0 ? [...named, say('lifecycle.stops.more', { count: rest })] : named);
          return (
            <li key={`${code} ${field}`} className={styles['consequence']} data-level={level}>
              <Icon name={level === 'warning' ? 'warning' : 'info'} />
              <span>
                <Words id={`edit.consequence.${code}`} values={{ items: <bdi>{list}</bdi>, count: items.length }} />
              </span>
            </li>
          );
        })}
    </ul>
  );
};
