import type { ClientDetail, ClientForm } from '@latchkey/contract/console-api/models';
import type { ChangeField } from '@latchkey/domain/change';
import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../../ui/icon.tsx';
import { InstantText } from '../../../ui/instant-text.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useRoleNames } from '../../../ui/use-role-names.ts';
import { Words } from '../../../words/words.tsx';
import { EditHeading } from './edit-heading.tsx';
import { MergeRowView } from './merge-row.tsx';
import { type Choices, mergeView } from './merge-rows.ts';
import styles from './edit.module.css';

/**
 * Somebody else saved meanwhile: both edits beside each other, put together where that is possible, to be chosen where
 * both changed the same (product 6.4, security F-14). Nothing is overwritten unseen.
 */
export const MergePage = ({
  base,
  mine,
  theirs,
  client,
  onMerged,
  onBack,
}: {
  base: ClientForm;
  mine: ClientForm;
  theirs: ClientForm;
  /** The client as it is now: who changed it, and when. */
  client: ClientDetail;
  onMerged: (merged: ClientForm) => void;
  /** Starts again from their version, without my edit. */
  onBack: () => void;
}) => {
  const names = useRoleNames();
  const [choices, setChoices] = useState<Choices>({});
  const { rows, open, merged } = mergeView(base, mine, theirs, choices);
  const choose = (field: ChangeField, choice: 'mine' | 'theirs') =>
    setChoices((before) => ({ ...before, [field]: choice }));
  return (
    <div className={styles['page']}>
      <EditHeading>
        <Words id="edit.merge.title" />
      </EditHeading>
      <Text>
        {client.modifiedBy && client.dateModified ? (
          <Words
            id="edit.merge.by"
            values={{ person: <bdi>{client.modifiedBy.name}</bdi>, at: <InstantText at={client.dateModified} /> }}
          />
        ) : (
          <Words id="edit.merge.bySomebody" />
        )}{' '}
        <Words id="edit.merge.about" />
      </Text>
      <Panel title={<Words id="edit.merge.fields" values={{ count: rows.length }} />}>
        {rows.length === 0 ? (
          <Text>
            <Words id="edit.merge.nothing" />
          </Text>
        ) : (
          <ul className={styles['rows']}>
            {rows.map((row) => (
              <MergeRowView key={row.field} row={row} choice={choices[row.field]} onChoose={choose} names={names} />
            ))}
          </ul>
        )}
      </Panel>
      <div className={styles['bar']}>
        <Text c={open.length > 0 ? 'inherit' : 'dimmed'} className={styles['count']} role="status">
          <Words id="edit.merge.open" values={{ count: open.length }} />
        </Text>
        <Button variant="default" onClick={onBack}>
          <Words id="edit.merge.dropMine" />
        </Button>
        <Button rightSection={<Icon name="arrowRight" />} disabled={open.length > 0} onClick={() => onMerged(merged)}>
          <Words id="edit.merge.go" />
        </Button>
      </div>
    </div>
  );
};
