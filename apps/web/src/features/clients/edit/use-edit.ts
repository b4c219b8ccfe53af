import type { ClientDetail, ClientForm } from '@latchkey/contract/console-api/models';
import { useCallback, useEffect, useState } from 'react';
import { useUnsavedDraft } from '../../../ui/use-unsaved-draft.ts';
import { type ClientDraft, draftOf } from '../form/client-draft.ts';
import { beginEdit, isEdited, readKeptEdit } from './edit-state.ts';

/** The edit of a client, kept on this computer from the first change on until it is saved or given up. */
export function useEdit(client: ClientDetail) {
  const kept = useUnsavedDraft(`edit.${client.id}`, readKeptEdit);
  const [edit, setEdit] = useState(() => kept.kept ?? beginEdit(client));
  const [over, setOver] = useState(false);
  const edited = isEdited(edit);
  const unsaved = edited && !over;
  useEffect(() => {
    if (over) return;
    if (edited) kept.keep(edit);
    else kept.drop();
  }, [edit, edited, over, kept]);
  // Nothing typed yet: the form follows the client.
  const { version } = client;
  useEffect(() => {
    setEdit((before) => (before.version === version || isEdited(before) ? before : beginEdit(client)));
  }, [client, version]);
  return {
    ...edit,
    unsaved,
    /** The entries are from an earlier visit. */
    restored: kept.kept !== null,
    change: useCallback(
      (changed: Partial<ClientDraft>) => setEdit((before) => ({ ...before, draft: { ...before.draft, ...changed } })),
      [],
    ),
    /** Goes on from another version of the client, with what came out of the merge. */
    rebase: useCallback((base: ClientForm, onto: string, form: ClientForm) => {
      setEdit({ version: onto, base, draft: draftOf(form) });
    }, []),
    /** Forgets what was typed. */
    startAnew: useCallback(() => setEdit(beginEdit(client)), [client]),
    /** It was saved or given up: nothing is kept any more. */
    finish: useCallback(() => {
      setOver(true);
      kept.drop();
    }, [kept]),
  };
}
