import type { NewEvent } from './append.ts';
import { isSound, type Verdict } from './verify.ts';

/** What is recorded of a verification, whoever asked for it (security L-01). */
export const verificationEvent = (verdict: Verdict): Pick<NewEvent, 'action' | 'outcome' | 'details'> => ({
  action: 'audit.verified',
  outcome: isSound(verdict) ? 'succeeded' : 'failed',
  details: {
    heads: verdict.heads,
    ...(verdict.chain.ok ? { events: verdict.chain.count } : { firstBad: verdict.chain.seq, why: verdict.chain.why }),
  },
});
