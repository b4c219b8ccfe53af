import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { Fault } from '@latchkey/contract/faults';
import type { FieldFault } from '@latchkey/domain/refusal';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSecretActs } from '../../../secret-acts.ts';
import { ErrorSummary } from '../../../ui/error-summary.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { atLines, type ClientDraft, formOf } from '../form/client-draft.ts';
import { elementOf } from '../form/field-id.ts';
import { useChoices } from '../form/use-choices.ts';
import { useDraftFaults } from '../form/use-draft-faults.ts';
import { type CreateStep, createSteps } from './create-search.ts';
import { CreateStepBody } from './create-step.tsx';
import type { KeptForm } from './kept-form.ts';
import { SaveFault } from './save-fault.tsx';
import { StepList } from './step-list.tsx';
import { asTyped, faultsOfStep, firstWrongStep, labelOf, stepOf } from './steps.ts';
import { StepActions } from './step-actions.tsx';
import { useCreateForm } from './use-create-form.ts';
import { useSave } from './use-save.ts';
import { useSession } from '../../../session/session.tsx';

const route = getRouteApi('/clients/new');

/**
 * The wizard: details, grant types, settings, review. Each step is checked as one leaves it, by the rules that the server
 * asks too; the step stands in the address; nothing typed is lost by Back, a reload, signing in again or an error.
 */
export const CreateForm = ({ name, begin }: { name: string; begin: () => KeptForm }) => {
  const say = useWords();
  const navigate = route.useNavigate();
  const { step: wanted = 'details' } = route.useSearch();
  const { platform } = useSession();
  const { clientMadeBy, onFound } = useSecretActs();
  const loading = useChoices();
  const [begun] = useState(begin);
  const { form, unsaved, restored, change, noteSent, renew, startAnew, finish } = useCreateForm(name, begun);
  const { draft, idempotencyKey } = form;
  const [attempts, setAttempts] = useState<Partial<Record<CreateStep, number>>>({});
  const [refused, setRefused] = useState<readonly FieldFault[]>([]);

  const own = useDraftFaults(draft, loading.choices);
  const faults = [
    ...own,
    ...refused.filter((one) => !own.some((two) => two.field === one.field && two.reason === one.reason)),
  ];
  // An address can name a step that cannot be reached yet; what is not loaded yet is not judged.
  const wrong = loading.choices ? firstWrongStep(own, 'settings') : null;
  const step = wrong && createSteps.indexOf(wrong) < createSteps.indexOf(wanted) ? wrong : wanted;
  const here = faultsOfStep(faults, step);
  const attempt = attempts[step] ?? 0;

  const goTo = useCallback(
    (next: CreateStep, replace = false) => navigate({ search: (before) => ({ ...before, step: next }), replace }),
    [navigate],
  );
  useEffect(() => {
    if (step !== wanted) void goTo(step, true);
  }, [step, wanted, goTo]);
  useStepFocus(step, attempt);

  const fail = (at: CreateStep) => {
    setAttempts((before) => ({ ...before, [at]: (before[at] ?? 0) + 1 }));
    if (at !== step) void goTo(at);
  };
  const go = (next: CreateStep) => {
    const ahead = createSteps.indexOf(next) - createSteps.indexOf(step);
    const before = ahead > 0 ? createSteps[createSteps.indexOf(next) - 1] : undefined;
    const stop = before ? firstWrongStep(own, before) : null;
    if (stop) fail(stop);
    else void goTo(next);
  };
  const created = useCallback(
    async (clientId: string) => {
      finish();
      await navigate({ search: { created: clientId }, replace: true, ignoreBlocker: true });
    },
    [finish, navigate],
  );
  const save = useSave({
    idempotencyKey,
    onSent: noteSent,
    onRefused: (error) => {
      renew();
      const fields = error instanceof Fault ? atLines(asTyped(error.extra.fields ?? []), draft) : [];
      setRefused(fields);
      const first = createSteps.find((one) => fields.some(({ field }) => stepOf(field) === one));
      if (first && first !== 'review') fail(first);
    },
    done: created,
  });
  useFoundClient(idempotencyKey, clientMadeBy, onFound, created);

  const labelFor = (field: string): string => {
    const line = /^redirectUris\.(\d+)$/.exec(field)?.[1];
    return line === undefined ? say(labelOf(field)) : say('form.uris.one', { position: Number(line) + 1 });
  };
  const onChange = useCallback(
    (changed: Partial<ClientDraft>) => {
      change(changed);
      // What the server refused is judged anew as soon as it is touched.
      setRefused((before) => before.filter(({ field }) => !((field.split('.')[0] ?? '') in changed)));
    },
    [change],
  );
  const submit = () => {
    if (save.isPending) return;
    const next = createSteps[createSteps.indexOf(step) + 1];
    if (next) go(next);
    else if (wrong) fail(wrong);
    else save.mutate(formOf(draft, platform.capabilities));
  };

  return (
    <Stack gap="md" maw="52rem">
      <LeaveGuard unsaved={unsaved && !save.isSuccess} />
      {restored && unsaved && (
        <Alert color="teal" icon={<Icon name="info" />}>
          <Group justify="space-between" gap="xs">
            <Text>
              <Words id="create.restored" />
            </Text>
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                startAnew();
                setAttempts({});
                setRefused([]);
                save.reset();
                void goTo('details', true);
              }}
            >
              <Words id="create.startAnew" />
            </Button>
          </Group>
        </Alert>
      )}
      <StepList step={step} onGo={go} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="lg">
          {attempt > 0 && (
            <ErrorSummary
              attempt={attempt}
              errors={here.map((fault) => ({
                elementId: elementOf(fault, draft),
                label: labelFor(fault.field),
                message: fault.message,
              }))}
            />
          )}
          <CreateStepBody
            step={step}
            draft={draft}
            onChange={onChange}
            faults={attempt > 0 ? here : here.filter((fault) => refused.includes(fault))}
            shown={attempt > 0}
            loading={loading}
            onGo={go}
          />
          {step === 'review' && save.error && (
            <SaveFault
              error={save.error}
              onRetry={submit}
              onNewRequest={() => {
                renew();
                save.reset();
              }}
            />
          )}
          <StepActions step={step} busy={save.isPending} waits={step === 'settings' && !loading.choices} onBack={go} />
        </Stack>
      </form>
    </Stack>
  );
};

/** A change of step puts the focus on the step's heading, unless a summary of faults takes it. */
function useStepFocus(step: CreateStep, attempt: number): void {
  const last = useRef(step);
  useEffect(() => {
    if (last.current === step) return;
    last.current = step;
    window.scrollTo({ top: 0 });
    if (attempt === 0 || step === 'review') document.getElementById(`create-${step}`)?.focus();
  }, [step, attempt]);
}

/** A lost answer that was found again: the client is there, so the form is over (product 4.8). */
function useFoundClient(
  idempotencyKey: string,
  clientMadeBy: (idempotencyKey: string) => Promise<string | null>,
  onFound: (listener: () => void) => () => void,
  created: (clientId: string) => Promise<void>,
): void {
  useEffect(() => {
    let gone = false;
    const look = () =>
      void clientMadeBy(idempotencyKey).then((clientId) => (clientId && !gone ? created(clientId) : undefined));
    look();
    const stop = onFound(look);
    return () => {
      gone = true;
      stop();
    };
  }, [idempotencyKey, clientMadeBy, onFound, created]);
}
