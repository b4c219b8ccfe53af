import { NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { Environment } from '@latchkey/domain/client';
import type { FieldFault } from '@latchkey/domain/refusal';
import { useWords } from '../../../words/words.tsx';
import { type ClientDraft, faultsAt } from './client-draft.ts';
import { faultText } from './fault-text.tsx';
import { fieldId } from './field-id.ts';
import { OwnerPicker } from './owner-picker.tsx';

/** Changes some fields of a form and leaves the others. */
export type ChangeDraft = (change: Partial<ClientDraft>) => void;

/** Name, description, owner, purpose and environment (product 4.1). */
export const DetailsFields = ({
  draft,
  onChange,
  faults,
}: {
  draft: ClientDraft;
  onChange: ChangeDraft;
  faults: readonly FieldFault[];
}) => {
  const say = useWords();
  return (
    <Stack gap="lg">
      <TextInput
        id={fieldId('name')}
        label={say('form.name')}
        description={say('form.name.about')}
        required
        autoComplete="off"
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={faultText(faultsAt(faults, 'name'))}
      />
      <Textarea
        id={fieldId('description')}
        label={say('form.description')}
        description={say('form.description.about')}
        rows={2}
        value={draft.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
        error={faultText(faultsAt(faults, 'description'))}
      />
      <OwnerPicker
        owner={draft.owner}
        onChange={(owner) => onChange({ owner })}
        error={faultText(faultsAt(faults, 'owner'))}
      />
      <Textarea
        id={fieldId('purpose')}
        label={say('form.purpose')}
        description={say('form.purpose.about')}
        rows={2}
        value={draft.purpose}
        onChange={(event) => onChange({ purpose: event.currentTarget.value })}
        error={faultText(faultsAt(faults, 'purpose'))}
      />
      <NativeSelect
        id={fieldId('environment')}
        label={say('form.environment')}
        description={say('form.environment.about')}
        maw={320}
        value={draft.environment ?? ''}
        onChange={(event) => {
          const { data } = Environment.safeParse(event.currentTarget.value);
          onChange({ environment: data ?? null });
        }}
        data={[
          { value: '', label: say('form.environment.none') },
          ...Environment.options.map((value) => ({ value, label: say(`ui.environment.${value}`) })),
        ]}
        error={faultText(faultsAt(faults, 'environment'))}
      />
    </Stack>
  );
};
