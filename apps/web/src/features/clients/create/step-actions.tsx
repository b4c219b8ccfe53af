import { Button, Group } from '@mantine/core';
import { consoleApi } from '@latchkey/contract/console-api/table';
import { GuardedButton } from '../../../ui/guarded-button.tsx';
import { Words } from '../../../words/words.tsx';
import { type CreateStep, createSteps } from './create-search.ts';

/** Back, and on to the next step or the act itself. */
export const StepActions = ({
  step,
  busy,
  waits,
  onBack,
}: {
  step: CreateStep;
  busy: boolean;
  /** Something of this step has not come yet. */
  waits: boolean;
  onBack: (step: CreateStep) => void;
}) => {
  const at = createSteps.indexOf(step);
  const before = createSteps[at - 1];
  const next = createSteps[at + 1];
  return (
    <Group justify="space-between" gap="xs" mt="md">
      {before ? (
        <Button variant="default" disabled={busy} onClick={() => onBack(before)}>
          <Words id="create.back" />
        </Button>
      ) : (
        <span />
      )}
      {next ? (
        <Button type="submit" disabled={waits}>
          <Words id="create.next" />
        </Button>
      ) : (
        <GuardedButton row={consoleApi.clients.create} type="submit" loading={busy}>
          <Words id="create.save" />
        </GuardedButton>
      )}
    </Group>
  );
};
