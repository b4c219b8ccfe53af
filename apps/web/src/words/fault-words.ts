import type { FaultCode } from '@latchkey/contract/faults';
import type { ClientRefusalCode } from '@latchkey/domain/may';
import type { WordId } from './ids.ts';

/** What a fault is called; a code without words does not compile. */
export const faultTitle = (code: FaultCode): WordId => `faults.title.${code}`;

/** The longer sentence of a fault; a code without words does not compile. */
export const faultWords = (code: FaultCode): WordId => `faults.${code}`;

/** The sentence on a control that is refused. Codes that the page does not know yet get a plain one. */
export const refusalWords = (code: string): WordId => (isKnown(code) ? `refusals.${code}` : 'refusals.other');

const known: Record<ClientRefusalCode, true> = {
  'permission.missing': true,
  'role.not_held': true,
  'client.pending_removal': true,
  'client.not_pending_removal': true,
  'client.not_active': true,
  'client.already_active': true,
  'client.disabled': true,
  'client.restore_window_over': true,
  'client.scopes_missing': true,
  'client.breaks_rules': true,
  'client.no_secret': true,
};
const isKnown = (code: string): code is ClientRefusalCode => Object.hasOwn(known, code);
