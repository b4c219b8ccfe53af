import type { ClientForm } from '@latchkey/contract/console-api/models';
import type { PersonRef } from '@latchkey/domain/client';
import { choosableGrantTypes, type GrantType } from '@latchkey/domain/grant-type';
import { maxNameLength } from '@latchkey/domain/text';
import * as z from 'zod';
import { ClientDraft, draftOf, emptyDraft } from '../form/client-draft.ts';

/**
 * The wizard as it is kept on this computer. The idempotency key belongs to it: a double click, a retry after a lost
 * answer or a reload create one client (product 4.8).
 */
export const KeptForm = z.object({
  draft: ClientDraft,
  idempotencyKey: z.uuid(),
  /** It was sent at least once with this key, and no answer said that nothing was made. */
  sent: z.boolean(),
});
export type KeptForm = z.infer<typeof KeptForm>;

/** What was stored, or null when it is from another version of the page. */
export const readKeptForm = (stored: unknown): KeptForm | null => KeptForm.safeParse(stored).data ?? null;

/** A form to begin with. */
export const newForm = (draft: ClientDraft): KeptForm => ({ draft, idempotencyKey: crypto.randomUUID(), sent: false });

/** A form for a client from nothing: who fills it in owns it. */
export const blankForm = (person: PersonRef): KeptForm => newForm(emptyDraft(person));

/** A form with the settings of another client (product 4.7): without grant types that cannot be chosen any more. */
export const duplicateOf = (client: ClientForm, nameFor: (name: string) => string): KeptForm =>
  newForm({
    ...draftOf(client),
    name: shortened(nameFor, client.name),
    grantTypes: client.grantTypes.filter(isChoosable),
  });

const isChoosable = (grant: GrantType): boolean => (choosableGrantTypes as readonly GrantType[]).includes(grant);

/** The copy's name within the limit: the end of the original goes first. */
function shortened(nameFor: (name: string) => string, name: string): string {
  const letters = [...name];
  const over = [...nameFor(name)].length - maxNameLength;
  return over > 0 ? nameFor(letters.slice(0, letters.length - over).join('')) : nameFor(name);
}

/** Whether anything was typed since the form began. */
export const isChanged = (form: KeptForm, begun: KeptForm): boolean =>
  form.sent || JSON.stringify(form.draft) !== JSON.stringify(begun.draft);
