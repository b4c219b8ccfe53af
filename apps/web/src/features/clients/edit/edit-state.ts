import { ClientForm, type ClientDetail } from '@latchkey/contract/console-api/models';
import * as z from 'zod';
import { ClientDraft, draftOf } from '../form/client-draft.ts';

/** An edit as it is kept on this computer: what it began from, and what is typed. */
export const KeptEdit = z.object({
  /** The version of the client that the edit is made from; saving names it (product 6.4). */
  version: z.string(),
  /** The client in that version. */
  base: ClientForm,
  draft: ClientDraft,
});
export type KeptEdit = z.infer<typeof KeptEdit>;

/** What was stored, or null when it is from another version of the page. */
export const readKeptEdit = (stored: unknown): KeptEdit | null => KeptEdit.safeParse(stored).data ?? null;

/** An edit that begins now. */
export function beginEdit(client: ClientDetail): KeptEdit {
  const base = ClientForm.parse(client);
  return { version: client.version, base, draft: draftOf(base) };
}

/** Whether anything was typed since the edit began. */
export const isEdited = ({ base, draft }: KeptEdit): boolean => JSON.stringify(draft) !== JSON.stringify(draftOf(base));
