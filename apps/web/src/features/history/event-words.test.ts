// @vitest-environment node
import { auditActions, AuditOutcome } from '@latchkey/domain/audit';
import { createIntl } from 'react-intl';
import messages from 'virtual:words/en';
import { describe, expect, it } from 'vitest';
import { actionWords, toneOf } from './event-words.ts';

const intl = createIntl({ locale: 'en', messages });
const cases = auditActions.flatMap((action) => AuditOutcome.options.map((outcome) => ({ action, outcome })));

describe('the words of the history', () => {
  it.each(cases)('say $action with the outcome $outcome', ({ action, outcome }) => {
    const said = intl.formatMessage({ id: actionWords(action) }, { outcome });
    expect(said).toMatch(/^[A-Z][^{}]+$/);
    expect(said).not.toBe(actionWords(action));
  });

  it('tell success from refusal wherever both can be', () => {
    const always = new Set(['access.refused', 'request.forged', 'rate.limited']);
    for (const action of auditActions.filter((one) => !always.has(one))) {
      const said = (outcome: string) => intl.formatMessage({ id: actionWords(action) }, { outcome });
      expect(new Set(['succeeded', 'refused', 'failed', 'unknown'].map(said)).size, action).toBe(4);
    }
  });

  it('make what is gone and what nobody knows stand out', () => {
    expect(toneOf({ action: 'client.deleted', outcome: 'succeeded' })).toBe('gone');
    expect(toneOf({ action: 'client.deleted', outcome: 'refused' })).toBe('refused');
    expect(toneOf({ action: 'client.created', outcome: 'unknown' })).toBe('unknown');
    expect(toneOf({ action: 'client.edited', outcome: 'succeeded' })).toBe('usual');
  });
});
