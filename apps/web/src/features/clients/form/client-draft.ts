import type { Capabilities } from '@latchkey/contract/console-api/session';
import { ClientForm } from '@latchkey/contract/console-api/models';
import type { PersonRef } from '@latchkey/domain/client';
import { settingsFaults, textFaults, type Choices } from '@latchkey/domain/client-settings';
import { rolesNotHeld } from '@latchkey/domain/give-roles';
import { mayHaveRedirectUris, needsScopes, takesRoles } from '@latchkey/domain/grant-type';
import type { HeldRole } from '@latchkey/domain/holder';
import { faultAt, type FieldFault, type Sentence } from '@latchkey/domain/refusal';
import { maxPurposeLength } from '@latchkey/domain/text';
import { defaultTokenSeconds } from '@latchkey/domain/token-duration';
import * as z from 'zod';

/**
 * What stands in the form of a client: what is sent, but with empty lines among the redirect URIs, with settings of grant
 * types that are not chosen just now, and without a token duration while none is typed.
 */
export const ClientDraft = ClientForm.extend({ accessTokenValiditySeconds: z.number().nullable() });
export type ClientDraft = z.infer<typeof ClientDraft>;

/** A form nobody has typed in yet; whoever fills it in is the owner until they name somebody else. */
export const emptyDraft = (owner: PersonRef | null): ClientDraft => ({
  name: '',
  description: '',
  owner,
  purpose: '',
  environment: null,
  grantTypes: [],
  roleDivisions: [],
  scopes: [],
  redirectUris: [''],
  accessTokenValiditySeconds: defaultTokenSeconds,
});

/** The form filled from a client that exists, to edit or to duplicate it. */
export const draftOf = (client: ClientForm): ClientDraft => ({
  ...ClientForm.parse(client),
  redirectUris: client.redirectUris.length > 0 ? [...client.redirectUris] : [''],
});

type Narrowing = Pick<Capabilities, 'scopesNarrowRoles'>;

/** Which settings the chosen grant types have. */
export const settingsShown = ({ grantTypes }: Pick<ClientDraft, 'grantTypes'>, { scopesNarrowRoles }: Narrowing) => ({
  roles: grantTypes.some(takesRoles),
  scopes: grantTypes.some(needsScopes) || (grantTypes.some(takesRoles) && scopesNarrowRoles),
  redirectUris: grantTypes.some(mayHaveRedirectUris),
});

/** What is sent: no empty lines, and nothing that belongs to grant types that were not chosen. Every line stays as typed. */
export function formOf(draft: ClientDraft, capabilities: Narrowing): ClientForm {
  const shown = settingsShown(draft, capabilities);
  return {
    ...draft,
    roleDivisions: shown.roles ? draft.roleDivisions : [],
    scopes: shown.scopes ? draft.scopes : [],
    redirectUris: shown.redirectUris ? draft.redirectUris.filter(isTyped) : [],
    accessTokenValiditySeconds: draft.accessTokenValiditySeconds ?? Number.NaN,
  };
}

const isTyped = (uri: string): boolean => uri.trim() !== '';

/** Leads the faults of what was sent back to the lines of the form, where empty lines count. */
export function atLines(faults: readonly FieldFault[], draft: Pick<ClientDraft, 'redirectUris'>): FieldFault[] {
  const lines = draft.redirectUris.flatMap((uri, line) => (isTyped(uri) ? [line] : []));
  return faults.map((fault) => {
    const position = /^redirectUris\.(\d+)$/.exec(fault.field)?.[1];
    const line = position === undefined ? undefined : lines[Number(position)];
    return line === undefined ? fault : { ...fault, field: `redirectUris.${line}` };
  });
}

/** What the rules of a form need besides the form. */
export interface DraftRules {
  readonly choices: Choices;
  readonly capabilities: Narrowing;
  /** The roles of the person, to refuse what they cannot give (product 4.3). */
  readonly held: readonly HeldRole[];
  /** How a role that cannot be given is refused. */
  readonly notHeld: Sentence;
  /** The client as it was, when this is a change. */
  readonly before?: ClientForm;
}

/** Every fault of a form at its field, by the same rules as the server's. */
export function draftFaults(
  draft: ClientDraft,
  { choices, capabilities, held, notHeld, before }: DraftRules,
): FieldFault[] {
  const form = formOf(draft, capabilities);
  const missing = new Set(rolesNotHeld({ roles: held }, form.roleDivisions));
  return atLines(
    [
      ...settingsFaults(form, { ...choices, scopesNarrowRoles: capabilities.scopesNarrowRoles }, before),
      ...textFaults('purpose', form.purpose, { max: maxPurposeLength, multiline: true }),
      ...form.roleDivisions.flatMap((given, index) =>
        missing.has(given) ? [faultAt(`roleDivisions.${index}`, 'role.not_held', notHeld)] : [],
      ),
    ],
    draft,
  );
}

/** The faults at a field or below it. */
export const faultsAt = (faults: readonly FieldFault[], field: string): FieldFault[] =>
  faults.filter((fault) => fault.field === field || fault.field.startsWith(`${field}.`));
