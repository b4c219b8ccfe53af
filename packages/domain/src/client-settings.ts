import { allDivisions, type ClientSettings } from './client.ts';
import {
  choosableGrantTypes,
  needsRedirectUris,
  needsScopes,
  takesRoles,
  mayHaveRedirectUris,
  type GrantType,
} from './grant-type.ts';
import { redirectUriFaults, redirectUriSentences } from './redirect-uri.ts';
import { faultAt, type FieldFault, type Sentence } from './refusal.ts';
import { maxDescriptionLength, maxNameLength, textSentences, whyNotText, type TextRule } from './text.ts';
import { isScimRole, tokenDurationSentences, whyNotTokenDuration } from './token-duration.ts';

/** What a client's settings can be chosen from. */
export interface Choices {
  readonly roles: readonly { readonly id: string; readonly name: string; readonly defaultRoleId?: string | null }[];
  readonly divisions: readonly { readonly id: string; readonly name: string }[];
  readonly scopes: readonly { readonly id: string }[];
  /** Whether the Platform keeps several grant types on one client (product 1.2). */
  readonly severalGrantTypes: boolean;
  /** Whether scopes narrow a Client Credentials client; true when left out, false on Genesys Cloud (security ruling 8). */
  readonly scopesNarrowRoles?: boolean;
}

export type SettingsRefusal =
  | 'grant_types.missing'
  | 'grant_types.duplicate'
  | 'grant_types.deprecated'
  | 'grant_types.only_one'
  | 'roles.missing'
  | 'roles.not_for_grant'
  | 'role.unknown'
  | 'role.duplicate'
  | 'division.unknown'
  | 'scopes.missing'
  | 'scopes.not_for_grant'
  | 'scope.unknown'
  | 'scope.duplicate'
  | 'settings.only_narrower';

export const settingsSentences: Record<SettingsRefusal, Sentence> = {
  'grant_types.missing': { message: 'A client needs a grant type.', remedy: 'Choose at least one grant type.' },
  'grant_types.duplicate': { message: 'This grant type stands there twice.', remedy: 'Remove one of the two.' },
  'grant_types.deprecated': {
    message: 'This grant type is deprecated and cannot be chosen any more.',
    remedy: 'Choose Authorization Code with PKCE instead.',
  },
  'grant_types.only_one': {
    message: 'The Platform keeps one grant type for each client.',
    remedy: 'Choose one, and create another client for the other.',
  },
  'roles.missing': {
    message: 'Client Credentials needs at least one role.',
    remedy: 'Choose a role and the divisions in which it applies.',
  },
  'roles.not_for_grant': {
    message: 'Only Client Credentials can have roles.',
    remedy: 'Remove the roles, or choose Client Credentials.',
  },
  'role.unknown': {
    message: 'The role at position {position} does not exist.',
    remedy: 'Choose a role from the list.',
  },
  'role.duplicate': {
    message: 'The role at position {position} is the same as number {first}, in the same division.',
    remedy: 'Remove one of the two.',
  },
  'division.unknown': {
    message: 'The division of the role at position {position} does not exist.',
    remedy: 'Choose a division from the list, or all divisions.',
  },
  'scopes.missing': {
    message: 'This grant type needs at least one scope.',
    remedy: 'Choose the scopes that the application uses; prefer read-only ones.',
  },
  'scopes.not_for_grant': {
    message: 'Scopes have no effect on a Client Credentials client of this Platform.',
    remedy: 'Remove the scopes; its roles decide what it can do.',
  },
  'scope.unknown': {
    message: 'There is no scope {name}.',
    remedy: 'Choose a scope from the list; spelling and case count.',
  },
  'scope.duplicate': { message: 'The scope {name} stands there twice.', remedy: 'Remove one of the two.' },
  'settings.only_narrower': {
    message: 'A client with a deprecated grant type can only be narrowed.',
    remedy: 'Undo the addition, or move the client to Authorization Code with PKCE first.',
  },
};

/**
 * Every fault of a client's settings at once, each at its field (product 4.1 to 4.6; security Z-10, Z-11, I-14, I-15,
 * T-01 to T-05). `before` is the client as it was when this is a change: what is deprecated may stay, but
 * then nothing may be added (security ruling 1). Whether the person may give the roles is asked by `whyNotHeld`.
 */
export function settingsFaults(settings: ClientSettings, choices: Choices, before?: ClientSettings): FieldFault[] {
  const legacy = before !== undefined && keepsDeprecated(settings, before) ? before : undefined;
  return [
    ...textFaults('name', settings.name, { max: maxNameLength, required: true }),
    ...textFaults('description', settings.description, { max: maxDescriptionLength, multiline: true }),
    ...grantFaults(settings.grantTypes, choices, before),
    ...roleFaults(settings, choices),
    ...scopeFaults(settings, choices, legacy),
    ...uriFaults(settings, legacy),
    ...durationFaults(settings, choices, legacy),
  ];
}

/** The fault of one text, as a list of none or one; also for the texts that only the console keeps. */
export function textFaults(field: string, value: unknown, rule: TextRule): FieldFault[] {
  const refusal = whyNotText(value, rule);
  return refusal === null ? [] : [faultAt(field, refusal, textSentences[refusal], { max: rule.max })];
}

const fault = (field: string, reason: SettingsRefusal, values?: Record<string, string | number>): FieldFault =>
  faultAt(field, reason, settingsSentences[reason], values);

const isChoosable = (grant: GrantType): boolean => (choosableGrantTypes as readonly GrantType[]).includes(grant);

/** Whether a grant type that cannot be chosen any more stays on the client. */
const keepsDeprecated = (settings: ClientSettings, before: ClientSettings): boolean =>
  settings.grantTypes.some((grant) => !isChoosable(grant) && before.grantTypes.includes(grant));

/** Positions of the elements that stood there before, with the position of the first. */
function repeated<T>(list: readonly T[], keyOf: (element: T) => string): { index: number; first: number }[] {
  const firstAt = new Map<string, number>();
  return list.flatMap((element, index) => {
    const key = keyOf(element);
    const first = firstAt.get(key);
    if (first === undefined) firstAt.set(key, index);
    return first === undefined ? [] : [{ index, first }];
  });
}

function grantFaults(
  grants: readonly GrantType[],
  { severalGrantTypes }: Choices,
  before?: ClientSettings,
): FieldFault[] {
  if (grants.length === 0) return [fault('grantTypes', 'grant_types.missing')];
  const found = repeated(grants, (grant) => grant).map(({ index }) =>
    fault(`grantTypes.${index}`, 'grant_types.duplicate'),
  );
  grants.forEach((grant, index) => {
    const allowed = isChoosable(grant) || before?.grantTypes.includes(grant);
    if (!allowed) found.push(fault(`grantTypes.${index}`, 'grant_types.deprecated'));
  });
  if (new Set(grants).size > 1 && !severalGrantTypes) found.push(fault('grantTypes', 'grant_types.only_one'));
  if (before !== undefined && grants.some((grant) => !isChoosable(grant))) {
    const added = grants.some((grant) => isChoosable(grant) && !before.grantTypes.includes(grant));
    if (added) found.push(fault('grantTypes', 'settings.only_narrower'));
  }
  return found;
}

function roleFaults({ grantTypes, roleDivisions }: ClientSettings, choices: Choices): FieldFault[] {
  if (!grantTypes.some(takesRoles)) {
    return roleDivisions.length > 0 ? [fault('roleDivisions', 'roles.not_for_grant')] : [];
  }
  if (roleDivisions.length === 0) return [fault('roleDivisions', 'roles.missing')];
  const roles = new Set(choices.roles.map(({ id }) => id));
  const divisions = new Set([allDivisions, ...choices.divisions.map(({ id }) => id)]);
  const found = roleDivisions.flatMap(({ roleId, divisionId }, index) => [
    ...(roles.has(roleId) ? [] : [fault(`roleDivisions.${index}.roleId`, 'role.unknown', { position: index + 1 })]),
    ...(divisions.has(divisionId)
      ? []
      : [fault(`roleDivisions.${index}.divisionId`, 'division.unknown', { position: index + 1 })]),
  ]);
  const twice = repeated(roleDivisions, ({ roleId, divisionId }) => JSON.stringify([roleId, divisionId]));
  for (const { index, first } of twice) {
    found.push(fault(`roleDivisions.${index}`, 'role.duplicate', { position: index + 1, first: first + 1 }));
  }
  return found;
}

function scopeFaults({ grantTypes, scopes }: ClientSettings, choices: Choices, legacy?: ClientSettings): FieldFault[] {
  const needed = grantTypes.some(needsScopes);
  if (scopes.length === 0) return needed ? [fault('scopes', 'scopes.missing')] : [];
  if (!needed && grantTypes.length > 0 && choices.scopesNarrowRoles === false) {
    return [fault('scopes', 'scopes.not_for_grant')];
  }
  const known = new Set(choices.scopes.map(({ id }) => id));
  const found = scopes.flatMap((scope, index) =>
    known.has(scope) ? [] : [fault(`scopes.${index}`, 'scope.unknown', { name: nameOf(scope, index) })],
  );
  for (const { index } of repeated(scopes, (scope) => scope)) {
    found.push(fault(`scopes.${index}`, 'scope.duplicate', { name: nameOf(scopes[index] ?? '', index) }));
  }
  // A client from before there were scopes must be able to get its first ones.
  if (legacy !== undefined && legacy.scopes.length > 0) {
    const had = new Set(legacy.scopes);
    scopes.forEach((scope, index) => {
      if (!had.has(scope)) found.push(fault(`scopes.${index}`, 'settings.only_narrower'));
    });
  }
  return found;
}

/**
 * How a sentence names a scope: by its own name only when that has the look of one, else by position, so that a secret
 * that was pasted into the wrong field is never repeated (security K-20).
 */
const nameOf = (scope: string, index: number): string =>
  scope.length <= 40 && /^[a-z]+(?:[-:._][a-z]+)*$/i.test(scope) ? `"${scope}"` : `at position ${index + 1}`;

function uriFaults({ grantTypes, redirectUris }: ClientSettings, legacy?: ClientSettings): FieldFault[] {
  const fieldFault = (field: string, reason: 'redirect_uri.missing' | 'redirect_uri.not_for_grant') =>
    faultAt(field, reason, redirectUriSentences[reason]);
  if (redirectUris.length === 0) {
    return grantTypes.some(needsRedirectUris) ? [fieldFault('redirectUris', 'redirect_uri.missing')] : [];
  }
  // Without a grant type there is one fault already; the lines are judged as for the most generous one.
  const grants: readonly GrantType[] = grantTypes.length === 0 ? ['CODE'] : grantTypes;
  if (!grants.some(mayHaveRedirectUris)) return [fieldFault('redirectUris', 'redirect_uri.not_for_grant')];
  const found = redirectUriFaults(redirectUris, grants);
  if (legacy === undefined) return found;
  const had = new Set(legacy.redirectUris);
  const added = redirectUris.flatMap((uri, index) => (had.has(uri) ? [] : [`redirectUris.${index}`]));
  const narrower = added.length === 0 && redirectUris.length <= legacy.redirectUris.length;
  return [
    // What was registered under older rules may stay while the list only gets shorter.
    ...(narrower ? [] : found),
    ...added.map((field) => fault(field, 'settings.only_narrower')),
  ];
}

/** Whether the client has the SCIM role, by the role's identity and only where roles count (security T-03). */
export function hasScimRole(
  { grantTypes, roleDivisions }: Pick<ClientSettings, 'grantTypes' | 'roleDivisions'>,
  { roles }: Pick<Choices, 'roles'>,
): boolean {
  if (!grantTypes.some(takesRoles)) return false;
  const scim = new Set(roles.filter(isScimRole).map(({ id }) => id));
  return roleDivisions.some(({ roleId }) => scim.has(roleId));
}

function durationFaults(settings: ClientSettings, choices: Choices, legacy?: ClientSettings): FieldFault[] {
  const field = 'accessTokenValiditySeconds';
  const seconds = settings.accessTokenValiditySeconds;
  const refusal = whyNotTokenDuration(seconds, hasScimRole(settings, choices));
  if (refusal !== null) return [faultAt(field, refusal, tokenDurationSentences[refusal])];
  const longer = legacy !== undefined && seconds > legacy.accessTokenValiditySeconds;
  return longer ? [fault(field, 'settings.only_narrower')] : [];
}
