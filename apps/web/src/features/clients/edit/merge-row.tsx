import type { ChangeField } from '@latchkey/domain/change';
import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ClientFieldName, clientFieldValue } from '../../../ui/client-field.tsx';
import { SetDifference } from '../../../ui/difference.tsx';
import { Icon } from '../../../ui/icon.tsx';
import type { RoleNames } from '../../../ui/use-role-names.ts';
import { Words } from '../../../words/words.tsx';
import type { MergeRow } from './merge-rows.ts';
import styles from './edit.module.css';

/** One field in both versions, and what comes out; a conflict is chosen by its two sides. */
export const MergeRowView = ({
  row,
  choice,
  onChoose,
  names,
}: {
  row: MergeRow;
  choice: 'mine' | 'theirs' | undefined;
  onChoose: (field: ChangeField, choice: 'mine' | 'theirs') => void;
  names: RoleNames;
}) => {
  const { field, by, base } = row;
  const isConflict = by === 'conflict';
  const side = (which: 'mine' | 'theirs') => {
    const content = (
      <div>
        <Text fw={600}>
          <Words id={`edit.merge.${which}`} />
        </Text>
        <Shown field={field} base={base} value={row[which]} names={names} />
      </div>
    );
    return (
      <div className={styles['side']}>
        {isConflict ? (
          <label className={styles['choice']}>
            <input
              type="radio"
              name={`merge ${field}`}
              checked={choice === which}
              onChange={() => onChoose(field, which)}
            />
            {content}
          </label>
        ) : (
          content
        )}
      </div>
    );
  };
  return (
    <li className={styles['row']} data-by={by}>
      <fieldset className={styles['fieldset']}>
        <legend>
          <Group gap="xs">
            <Text span fw={600} size="md">
              <ClientFieldName field={field} />
            </Text>
            <Text span c={isConflict ? 'inherit' : 'dimmed'}>
              {isConflict && <Icon name="warning" size={14} />} <Words id={`edit.merge.by.${by}`} />
            </Text>
          </Group>
        </legend>
        <div className={styles['sides']}>
          {side('mine')}
          {side('theirs')}
          {by === 'both' && (
            <div className={`${styles['side']} ${styles['result']}`}>
              <Text fw={600}>
                <Words id="edit.merge.result" />
              </Text>
              <Shown field={field} base={base} value={row.merged} names={names} />
            </div>
          )}
        </div>
      </fieldset>
    </li>
  );
};

/** A value, or for a list what was added and removed since the version from which both began. */
const Shown = ({
  field,
  base,
  value,
  names,
}: {
  field: ChangeField;
  base: unknown;
  value: unknown;
  names: RoleNames;
}): ReactNode => {
  if (!Array.isArray(value) || !Array.isArray(base)) {
    return clientFieldValue(field, value, names) ?? <Unset />;
  }
  const keys = (list: unknown[]) => new Set(list.map((one) => JSON.stringify(one)));
  const [had, has] = [keys(base), keys(value)];
  const added = value.filter((one) => !had.has(JSON.stringify(one)));
  const removed = base.filter((one) => !has.has(JSON.stringify(one)));
  if (added.length + removed.length === 0) return <Words id="edit.merge.unchanged" />;
  const shown = (one: unknown) => clientFieldValue(field, one, names);
  return <SetDifference added={added.map(shown)} removed={removed.map(shown)} />;
};

const Unset = () => (
  <Text span c="dimmed" fs="italic">
    <Words id="edit.difference.notSet" />
  </Text>
);
