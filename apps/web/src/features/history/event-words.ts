import type { AuditAction, AuditEvent } from '@latchkey/domain/audit';
import type { WordId } from '../../words/ids.ts';

/** The sentence of an action, in which the outcome is chosen; an action without words does not compile. */
export const actionWords = (action: AuditAction): WordId => `history.event.${action}`;

/** How an event stands out: what could not be taken back, what was refused or failed, what nobody knows, and the rest. */
export type EventTone = 'usual' | 'refused' | 'unknown' | 'gone';

export function toneOf({ action, outcome }: Pick<AuditEvent, 'action' | 'outcome'>): EventTone {
  if (outcome === 'refused' || outcome === 'failed') return 'refused';
  if (outcome === 'unknown' || action === 'client.changed_outside' || action === 'secret.never_revealed')
    return 'unknown';
  return action === 'client.deleted' || action === 'client.purged' ? 'gone' : 'usual';
}
