import { Fault, isFaultCode } from '@latchkey/contract/faults';
import type { ClientKeeping, ClientSettings } from '@latchkey/domain/client';
import { settingsFaults, textFaults } from '@latchkey/domain/client-settings';
import { rolesNotHeld } from '@latchkey/domain/give-roles';
import type { Holder } from '@latchkey/domain/holder';
import { whyNotAct, type ClientAction } from '@latchkey/domain/may';
import { faultAt, type FieldFault, type Refusal } from '@latchkey/domain/refusal';
import { secretPattern } from '@latchkey/domain/secret';
import { maxPurposeLength, maxReasonLength } from '@latchkey/domain/text';
import type { Context } from '../context.ts';
import { refusalView } from '../inventory/view.ts';
import { choicesOf, readWords, type Words } from '../inventory/words.ts';
import type { Parts } from '../parts.ts';
import type { PlatformClient } from '../platform/door.ts';

/** @throws input.invalid when there is a fault */
export function refuseFaults(fields: readonly FieldFault[]): void {
  if (fields.length > 0)
    throw new Fault('input.invalid', {
      fields: [...fields],
      remedy: 'Mend the fields named here; nothing was changed.',
    });
}

/** @throws the refusal as a fault, with the names of roles */
export function refuseIf(refusal: Refusal | null, words: Words): void {
  if (refusal === null) return;
  if (!isFaultCode(refusal.code)) throw new Error(`The refusal ${refusal.code} is no fault of the console`);
  const { code: _code, ...named } = refusalView(refusal, words);
  throw new Fault(refusal.code, { ...named, ...(refusal.faults && { fields: [...refusal.faults] }) });
}

/** Whether this person may do this to the client now, by the rules of today (security Z-09, D-11). @throws why not */
export function refuseUnlessMay(
  parts: Parts,
  action: ClientAction,
  client: PlatformClient,
  holder: Holder,
  words: Words,
): void {
  const { deleteNeedsEdit, restore } = parts.platform.capabilities;
  const surroundings = { now: parts.clock(), deleteNeedsEdit, restore, choices: choicesOf(words, parts.platform) };
  refuseIf(whyNotAct(action, client, holder, surroundings), words);
}

/**
 * Only roles that the person holds, in divisions where they hold them, can be given (product 4.3, security Z-07, Z-08).
 * A role that does not exist is left to the rules of the form, where that can be told.
 *
 * @throws role.not_held
 */
export function refuseForeignRoles(holder: Holder, settings: ClientSettings, words: Words): void {
  const canTell = words.roles.some(({ permissions }) => permissions !== null);
  const missing = rolesNotHeld(holder, settings.roleDivisions).filter(
    ({ roleId }) => !canTell || words.roleNames.has(roleId),
  );
  if (missing.length === 0) return;
  const roles = [...new Set(missing.map(({ roleId }) => roleId))];
  refuseIf({ code: 'role.not_held', roles }, words);
}

/**
 * The settings against what can be chosen today; what seems unknown is looked up anew, as it may be a minute old.
 *
 * @returns the words that they were judged by
 */
export async function judgeSettings(
  parts: Parts,
  { platform }: Context,
  settings: ClientSettings,
  words: Words,
  before?: ClientSettings,
): Promise<FieldFault[]> {
  const faults = settingsFaults(settings, choicesOf(words, parts.platform), before);
  if (!faults.some(({ reason }) => reason.endsWith('.unknown') || reason === 'token_duration.needs_scim_role'))
    return [...faults, ...secretsIn(settings)];
  const anew = await readWords(platform);
  return [...settingsFaults(settings, choicesOf(anew, parts.platform), before), ...secretsIn(settings)];
}

/** What only the console keeps: its faults, and the owner as the Platform knows them, whatever name was sent. */
export async function judgeKeeping(
  { platform }: Context,
  keeping: ClientKeeping,
  before?: ClientKeeping,
): Promise<{ keeping: ClientKeeping; faults: FieldFault[] }> {
  const { owner, purpose, environment } = keeping;
  const faults = [
    ...textFaults('purpose', purpose, { max: maxPurposeLength, multiline: true }),
    ...secretIn('purpose', purpose),
  ];
  if (owner === null) return { keeping: { owner: null, purpose, environment }, faults };
  // Who left may stay the owner until somebody else is.
  const known =
    owner.id === before?.owner?.id ? before.owner : (await platform.people()).find(({ id }) => id === owner.id);
  if (known === undefined) {
    faults.push(
      faultAt('owner', 'owner.unknown', {
        message: 'There is no active person with this id.',
        remedy: 'Choose a person from the list.',
      }),
    );
  }
  return { keeping: { owner: known ?? null, purpose, environment }, faults };
}

/** The faults of a reason that was given. */
export const reasonFaults = (reason: string | undefined): FieldFault[] =>
  reason === undefined
    ? []
    : [...textFaults('reason', reason, { max: maxReasonLength, multiline: true }), ...secretIn('reason', reason)];

const anySecret = new RegExp(secretPattern.source.replace(/^\^|\$$/g, ''));

/** A secret that was pasted into a text would be kept for good (product 5.4). */
export const secretIn = (field: string, text: string): FieldFault[] =>
  anySecret.test(text)
    ? [
        faultAt(field, 'text.holds_secret', {
          message: 'This text holds a secret.',
          remedy: 'Remove it. A secret belongs into a secret store only.',
        }),
      ]
    : [];

const secretsIn = ({ name, description }: ClientSettings): FieldFault[] => [
  ...secretIn('name', name),
  ...secretIn('description', description),
];
