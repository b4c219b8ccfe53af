import { useCallback, useEffect, useState } from 'react';
import { useUnsavedDraft } from '../../../ui/use-unsaved-draft.ts';
import type { ClientDraft } from '../form/client-draft.ts';
import { isChanged, type KeptForm, newForm, readKeptForm } from './kept-form.ts';

/** The wizard's form, kept on this computer from the first change on. `begun` is what it starts from. */
export function useCreateForm(name: string, begun: KeptForm) {
  const kept = useUnsavedDraft(name, readKeptForm);
  const [form, setForm] = useState(kept.kept ?? begun);
  const [over, setOver] = useState(false);
  const unsaved = !over && isChanged(form, begun);
  useEffect(() => {
    if (over) return;
    if (unsaved) kept.keep(form);
    else kept.drop();
  }, [form, unsaved, over, kept]);
  return {
    form,
    unsaved,
    /** The entries are from an earlier visit. */
    restored: kept.kept !== null,
    change: useCallback(
      (change: Partial<ClientDraft>) => setForm((before) => ({ ...before, draft: { ...before.draft, ...change } })),
      [],
    ),
    /** Notes that the form is on its way; kept before the request leaves. */
    noteSent: useCallback(() => {
      setForm((before) => ({ ...before, sent: true }));
      kept.keep({ ...form, sent: true });
    }, [form, kept]),
    /** The next attempt is a new request. */
    renew: useCallback(() => setForm((before) => newForm(before.draft)), []),
    startAnew: useCallback(() => {
      kept.drop();
      setForm(newForm(begun.draft));
    }, [kept, begun]),
    /** It was saved: nothing is kept any more. */
    finish: useCallback(() => {
      setOver(true);
      kept.drop();
    }, [kept]),
  };
}
