import type { ClientForm } from '@latchkey/contract/console-api/models';
import { changesBetween, consequencesOf } from '@latchkey/domain/change';
import type { FieldFault } from '@latchkey/domain/refusal';
import { maxReasonLength } from '@latchkey/domain/text';
import { Button, Text, Textarea } from '@mantine/core';
import { FaultNotice } from '../../../ui/fault-notice.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useRoleNames } from '../../../ui/use-role-names.ts';
import { useWords, Words } from '../../../words/words.tsx';
import { faultText } from '../form/fault-text.tsx';
import { ChangeList } from './change-list.tsx';
import { ConsequenceList } from './consequence-list.tsx';
import { EditHeading } from './edit-heading.tsx';
import styles from './edit.module.css';

/** Before saving: the difference, what it will do, and why (product 6.3). */
export const ReviewPage = ({
  base,
  form,
  reason,
  onReason,
  reasonFaults,
  busy,
  error,
  onSave,
  onBack,
}: {
  base: ClientForm;
  form: ClientForm;
  reason: string;
  onReason: (reason: string) => void;
  reasonFaults: readonly FieldFault[];
  busy: boolean;
  error: unknown;
  onSave: () => void;
  onBack: () => void;
}) => {
  const say = useWords();
  const names = useRoleNames();
  const changes = changesBetween(base, form);
  const consequences = consequencesOf(changes, base, form);
  return (
    <form
      className={styles['page']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && changes.length > 0) onSave();
      }}
    >
      <EditHeading>
        <Words id="edit.review.title" />
      </EditHeading>
      <Panel title={<Words id="edit.review.changes" values={{ count: changes.length }} />} order={3}>
        {changes.length === 0 ? (
          <Text>
            <Words id="edit.review.none" />
          </Text>
        ) : (
          <ChangeList changes={changes} names={names} />
        )}
      </Panel>
      {changes.length > 0 && (
        <Panel title={<Words id="edit.review.consequences" />} order={3}>
          {consequences.length === 0 ? (
            <Text>
              <Words id="edit.review.noConsequences" />
            </Text>
          ) : (
            <ConsequenceList consequences={consequences} names={names} />
          )}
        </Panel>
      )}
      <Textarea
        label={say('lifecycle.reason')}
        description={say('lifecycle.reason.help')}
        value={reason}
        maxLength={maxReasonLength}
        rows={2}
        onChange={(event) => onReason(event.currentTarget.value)}
        error={faultText(reasonFaults)}
      />
      {error !== null && <FaultNotice error={error} takeFocus />}
      <div className={styles['bar']}>
        <Button variant="default" onClick={onBack} disabled={busy}>
          <Words id="edit.back" />
        </Button>
        <Button type="submit" loading={busy} disabled={changes.length === 0}>
          <Words id="edit.save" />
        </Button>
      </div>
    </form>
  );
};
