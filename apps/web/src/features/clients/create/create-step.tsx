import { Stack, Text, Title } from '@mantine/core';
import type { FieldFault } from '@latchkey/domain/refusal';
import { useWords, Words } from '../../../words/words.tsx';
import { useSession } from '../../../session/session.tsx';
import { FaultNotice } from '../../../ui/fault-notice.tsx';
import { TextSkeleton } from '../../../ui/skeletons.tsx';
import type { ClientDraft } from '../form/client-draft.ts';
import { faultsAt } from '../form/client-draft.ts';
import { type ChangeDraft, DetailsFields } from '../form/details-fields.tsx';
import { GrantTypesField } from '../form/grant-types-field.tsx';
import { SettingsFields } from '../form/settings-fields.tsx';
import type { useChoices } from '../form/use-choices.ts';
import type { CreateStep } from './create-search.ts';
import { Review } from './review.tsx';

/** The heading and the fields of one step. */
export const CreateStepBody = ({
  step,
  draft,
  onChange,
  faults,
  shown,
  loading,
  onGo,
}: {
  step: CreateStep;
  draft: ClientDraft;
  onChange: ChangeDraft;
  faults: readonly FieldFault[];
  /** The step was refused once: every line says what it thinks. */
  shown: boolean;
  loading: ReturnType<typeof useChoices>;
  onGo: (step: CreateStep) => void;
}) => {
  const say = useWords();
  const { platform } = useSession();
  const { choices, error, retry } = loading;
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} id={`create-${step}`} tabIndex={-1}>
          <Words id={`create.step.${step}`} />
        </Title>
        <Text c="dimmed">{say(`create.step.${step}.about`)}</Text>
      </div>
      {step === 'details' && <DetailsFields draft={draft} onChange={onChange} faults={faults} />}
      {step === 'grant-types' && (
        <GrantTypesField
          chosen={draft.grantTypes}
          onChange={(grantTypes) => onChange({ grantTypes })}
          several={platform.capabilities.severalGrantTypes}
          faults={faultsAt(faults, 'grantTypes')}
        />
      )}
      {(step === 'settings' || step === 'review') &&
        (error ? (
          <FaultNotice error={error} retry={retry} />
        ) : !choices ? (
          <TextSkeleton lines={8} />
        ) : step === 'settings' ? (
          <SettingsFields draft={draft} onChange={onChange} choices={choices} faults={faults} shown={shown} />
        ) : (
          <Review draft={draft} choices={choices} onGo={onGo} />
        ))}
    </Stack>
  );
};
