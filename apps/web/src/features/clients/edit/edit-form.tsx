import type { FieldFault } from '@latchkey/domain/refusal';
import { Button, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useSession } from '../../../session/session.tsx';
import { ErrorSummary } from '../../../ui/error-summary.tsx';
import { FaultNotice } from '../../../ui/fault-notice.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { TextSkeleton } from '../../../ui/skeletons.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { labelOf } from '../create/steps.ts';
import { type ClientDraft, faultsAt } from '../form/client-draft.ts';
import { type ChangeDraft, DetailsFields } from '../form/details-fields.tsx';
import { elementOf, fieldId } from '../form/field-id.ts';
import { GrantTypesField } from '../form/grant-types-field.tsx';
import { SettingsFields } from '../form/settings-fields.tsx';
import type { useChoices } from '../form/use-choices.ts';
import styles from './edit.module.css';

/** All settings of a client on one page, each with its own faults; the same fields as when it was created. */
export const EditForm = ({
  draft,
  onChange,
  had,
  loading,
  faults,
  attempt,
  changes,
  field,
  onReview,
  onCancel,
}: {
  draft: ClientDraft;
  onChange: ChangeDraft;
  /** Grant types that the client has already. */
  had: ClientDraft['grantTypes'];
  loading: ReturnType<typeof useChoices>;
  /** What to say at the fields now. */
  faults: readonly FieldFault[];
  /** How often the form was refused. */
  attempt: number;
  /** How many fields differ from the client. */
  changes: number;
  /** The field to begin with. */
  field: string | undefined;
  onReview: () => void;
  onCancel: () => void;
}) => {
  const say = useWords();
  const { platform } = useSession();
  const { choices, error, retry } = loading;
  useFirstField(field, choices !== null);
  return (
    <form
      noValidate
      className={styles['page']}
      onSubmit={(event) => {
        event.preventDefault();
        onReview();
      }}
    >
      {attempt > 0 && (
        <ErrorSummary
          attempt={attempt}
          errors={faults.map((fault) => ({
            elementId: elementOf(fault, draft),
            label: say(labelOf(fault.field)),
            message: fault.message,
          }))}
        />
      )}
      <Panel title={<Words id="edit.section.details" />}>
        <DetailsFields draft={draft} onChange={onChange} faults={faults} />
      </Panel>
      <Panel title={<Words id="edit.section.grants" />}>
        <GrantTypesField
          chosen={draft.grantTypes}
          onChange={(grantTypes) => onChange({ grantTypes })}
          several={platform.capabilities.severalGrantTypes}
          faults={faultsAt(faults, 'grantTypes')}
          had={had}
        />
      </Panel>
      <Panel title={<Words id="edit.section.settings" />}>
        {error ? (
          <FaultNotice error={error} retry={retry} />
        ) : choices ? (
          <SettingsFields draft={draft} onChange={onChange} choices={choices} faults={faults} shown={attempt > 0} />
        ) : (
          <TextSkeleton lines={8} />
        )}
      </Panel>
      <div className={styles['bar']}>
        <Text c="dimmed" className={styles['count']} role="status">
          <Words id="edit.changed" values={{ count: changes }} />
        </Text>
        <Button variant="default" onClick={onCancel}>
          <Words id="ui.cancel" />
        </Button>
        <Button type="submit" rightSection={<Icon name="arrowRight" />} disabled={!choices}>
          <Words id="edit.review" />
        </Button>
      </div>
    </form>
  );
};

/** Goes to the field that a remedy named, as soon as it is there. */
function useFirstField(field: string | undefined, isWhole: boolean): void {
  const done = useRef(false);
  useEffect(() => {
    if (done.current || field === undefined) return;
    const element = document.getElementById(fieldId(field));
    if (!element) return;
    done.current = true;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'center' });
  }, [field, isWhole]);
}
