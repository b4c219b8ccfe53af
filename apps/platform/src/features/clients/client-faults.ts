import { PlatformFault, type PlatformFaultCode } from '@latchkey/contract/platform-api/faults';
import type { ClientRefusal } from '@latchkey/domain/may';
import type { FieldFault } from '@latchkey/domain/refusal';
import { rolesNotHeld, type RoleNames } from '../shared/give-roles.ts';
import { missingPermissions } from '../shared/missing-permissions.ts';

/** The wire's own code for a reason; everything else is `constraint.validation`. The first one present is the answer's. */
const codes: readonly (readonly [code: PlatformFaultCode, reasons: RegExp])[] = [
  ['grant.type.required', /^grant_types\.missing$/],
  ['bad.grant.type', /^grant_types\./],
  ['missing.client.roles', /^roles\.missing$/],
];

/** Wire names of the domain's fields. */
const members: Readonly<Record<string, string>> = {
  grantTypes: 'authorizedGrantType',
  redirectUris: 'registeredRedirectUri',
  scopes: 'scope',
};

/** How many sentences the message holds; `details` names every fault. */
const spokenFaults = 10;

/** One refusal that names all faults together: `details` by member of the wire (`registeredRedirectUri.3`). */
export function refuseFaults(faults: readonly FieldFault[]): void {
  if (faults.length === 0) return;
  const [code] = codes.find(([, reasons]) => faults.some(({ reason }) => reasons.test(reason))) ?? [
    'constraint.validation',
  ];
  const details = faults.map(({ field, reason }) => ({ errorCode: reason, fieldName: wireField(field) }));
  const sentences = faults.map(({ message }, index) => `${details[index]?.fieldName}: ${message}`);
  throw new PlatformFault(code, {
    message: [...new Set(sentences)].slice(0, spokenFaults).join(' '),
    details,
  });
}

/** `redirectUris.3` is `registeredRedirectUri.3`; a position among grant types belongs to the list of them. */
function wireField(field: string): string {
  const [head = '', ...rest] = field.split('.');
  if (head === 'grantTypes' && rest.length > 0) return ['authorizedGrantTypes', ...rest].join('.');
  return [members[head] ?? head, ...rest].join('.');
}

const stateSentences = {
  'client.pending_removal': 'The client is pending removal and can only be restored.',
  'client.not_pending_removal': 'The client is not pending removal.',
  'client.not_active': 'The client is not active.',
  'client.already_active': 'The client is active already.',
  'client.disabled': 'The client was disabled by the Platform and cannot be changed.',
  'client.no_secret': 'The client has no secret.',
} as const;

/** Turns a refusal of the domain's rules into the wire's. */
export function refuse(refusal: ClientRefusal | null, names: RoleNames): void {
  if (refusal === null) return;
  const { code } = refusal;
  if (code === 'permission.missing') throw missingPermissions(refusal.permissions ?? []);
  if (code === 'role.not_held') throw rolesNotHeld(refusal.roles ?? [], names);
  if (code === 'client.restore_window_over') throw new PlatformFault('gone');
  if (code === 'client.scopes_missing') {
    throw new PlatformFault('constraint.validation', {
      message: 'scope: This client needs at least one scope before it can be switched on.',
      details: [{ errorCode: 'scopes.missing', fieldName: 'scope' }],
    });
  }
  if (code === 'client.breaks_rules') {
    refuseFaults(refusal.faults ?? []);
    return;
  }
  throw new PlatformFault('conflict', {
    message: stateSentences[code],
    details: [{ errorCode: code, fieldName: 'state' }],
  });
}
