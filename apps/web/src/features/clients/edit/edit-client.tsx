import { ClientForm, type ClientDetail } from '@latchkey/contract/console-api/models';
import { changesBetween } from '@latchkey/domain/change';
import type { FieldFault } from '@latchkey/domain/refusal';
import { useCallback, useState } from 'react';
import { useSession } from '../../../session/session.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { notify } from '../../../ui/notify.tsx';
import { Words } from '../../../words/words.tsx';
import { asTyped } from '../create/steps.ts';
import { atLines, type ClientDraft, formOf } from '../form/client-draft.ts';
import { useChoices } from '../form/use-choices.ts';
import { useDraftFaults } from '../form/use-draft-faults.ts';
import { EditForm } from './edit-form.tsx';
import { EditHeading } from './edit-heading.tsx';
import { DiscardDialog, OutdatedNotice, RestoredNotice } from './edit-notices.tsx';
import { MergePage } from './merge-page.tsx';
import { ReviewPage } from './review-page.tsx';
import { useEdit } from './use-edit.ts';
import { useSaveEdit } from './use-save-edit.ts';
import styles from './edit.module.css';

/**
 * Edits a client (product 6): the form, then the difference with what it will do, then saving; and when somebody else
 * saved meanwhile, both versions side by side. What is typed is kept until it is saved or given up.
 */
export const EditClient = ({
  client,
  field,
  onClose,
}: {
  client: ClientDetail;
  /** The field to begin with. */
  field: string | undefined;
  onClose: () => void;
}) => {
  const { platform } = useSession();
  const loading = useChoices();
  const edit = useEdit(client);
  const { draft, base, version } = edit;
  const [step, setStep] = useState<'form' | 'review' | 'merge'>('form');
  const [attempt, setAttempt] = useState(0);
  const [reason, setReason] = useState('');
  const [refused, setRefused] = useState<readonly FieldFault[]>([]);
  const [leaving, setLeaving] = useState(false);

  const own = useDraftFaults(draft, loading.choices, base);
  const faults = [
    ...own,
    ...refused.filter((one) => !own.some(({ field: at, reason: why }) => at === one.field && why === one.reason)),
  ];
  const form = whole(formOf(draft, platform.capabilities), base);
  const theirs = ClientForm.parse(client);
  const outdated = client.version !== version;

  const save = useSaveEdit({
    clientId: client.id,
    onSaved: (after) => {
      edit.finish();
      notify({ about: after.id, title: <Words id="edit.saved" values={{ name: <bdi>{after.name}</bdi> }} /> });
      onClose();
    },
    onConflict: () => setStep('merge'),
    onRefused: ({ extra }) => {
      const fields = atLines(asTyped(extra.fields ?? []), draft);
      setRefused(fields);
      if (fields.some(isOfForm)) refuse();
    },
  });

  const { change } = edit;
  const onChange = useCallback(
    (changed: Partial<ClientDraft>) => {
      change(changed);
      // What the server refused is judged anew as soon as it is touched.
      setRefused((before) => before.filter((fault) => !((fault.field.split('.')[0] ?? '') in changed)));
    },
    [change],
  );
  /** Back to the fields, with what is wrong with them. */
  const refuse = () => {
    setStep('form');
    setAttempt((before) => before + 1);
  };
  const review = () => {
    if (!loading.choices) return;
    if (faults.some(isOfForm)) refuse();
    else {
      save.reset();
      setStep(outdated ? 'merge' : 'review');
    }
  };
  const giveUp = () => {
    edit.finish();
    onClose();
  };

  if (step === 'merge') {
    return (
      <>
        <LeaveGuard unsaved={edit.unsaved} />
        <MergePage
          base={base}
          mine={form}
          theirs={theirs}
          client={client}
          onMerged={(merged) => {
            edit.rebase(theirs, client.version, merged);
            save.reset();
            setStep('review');
          }}
          onBack={() => {
            edit.startAnew();
            save.reset();
            setStep('form');
          }}
        />
      </>
    );
  }
  if (step === 'review') {
    return (
      <>
        <LeaveGuard unsaved={edit.unsaved} />
        <ReviewPage
          base={base}
          form={form}
          reason={reason}
          onReason={(next) => {
            setReason(next);
            setRefused((before) => before.filter(isOfForm));
          }}
          reasonFaults={refused.filter((fault) => !isOfForm(fault))}
          busy={save.isPending}
          error={refused.length > 0 ? null : save.error}
          // What came out of a merge may break a rule that neither of the two edits broke.
          onSave={() => (faults.some(isOfForm) ? refuse() : save.mutate({ version, form, reason }))}
          onBack={() => setStep('form')}
        />
      </>
    );
  }
  return (
    <div className={styles['page']}>
      <LeaveGuard unsaved={edit.unsaved} />
      <EditHeading takeFocus={field === undefined}>
        <Words id="edit.title" />
      </EditHeading>
      {edit.restored && edit.unsaved && (
        <RestoredNotice
          onStartAnew={() => {
            edit.startAnew();
            setAttempt(0);
            setRefused([]);
          }}
        />
      )}
      {outdated && edit.unsaved && <OutdatedNotice onCompare={() => setStep('merge')} />}
      <EditForm
        draft={draft}
        onChange={onChange}
        had={base.grantTypes}
        loading={loading}
        faults={attempt > 0 ? faults.filter(isOfForm) : refused.filter(isOfForm)}
        attempt={attempt}
        changes={changesBetween(base, form).length}
        field={field}
        onReview={review}
        onCancel={() => (edit.unsaved ? setLeaving(true) : giveUp())}
      />
      {leaving && <DiscardDialog onDiscard={giveUp} onClose={() => setLeaving(false)} />}
    </div>
  );
};

/** Whether a fault belongs to a field of the form; the reason stands in the review. */
const isOfForm = ({ field }: FieldFault): boolean => field !== 'reason';

/** While no duration is typed, the form counts as having the one from before: nothing is compared with nothing. */
const whole = (form: ClientForm, base: ClientForm): ClientForm =>
  Number.isNaN(form.accessTokenValiditySeconds)
    ? { ...form, accessTokenValiditySeconds: base.accessTokenValiditySeconds }
    : form;
