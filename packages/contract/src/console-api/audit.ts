import { Instant } from '@latchkey/domain/client';
import * as z from 'zod';
import { route } from '../route.ts';

/** What is wrong with an event, as the chain's rule names it. */
export const ChainFlaw = z.enum(['sequence', 'link', 'content', 'truncated', 'head']);
export type ChainFlaw = z.infer<typeof ChainFlaw>;

/** What verifying the audit found (product 10.2). */
export const AuditVerification = z.object({
  sound: z.boolean(),
  verifiedAt: Instant,
  /** How many events are chained without a gap, from the first. */
  events: z.int(),
  /** How many signed heads were compared. */
  heads: z.int(),
  /** The first event that is not as it was recorded. */
  firstBad: z.object({ seq: z.int(), why: ChainFlaw }).nullable(),
  /** Heads that no key of this console signed, and where they stand. */
  badHeads: z.array(z.object({ where: z.enum(['database', 'anchor file']), at: z.int() })),
  /** Hash of the last event, to compare with a copy kept elsewhere. */
  lastHash: z.string().nullable(),
});
export type AuditVerification = z.infer<typeof AuditVerification>;

/** The audit as a whole (product 10.2). */
export const audit = {
  verify: route({
    method: 'POST',
    path: '/audit/verifications',
    permission: 'audits:audit:view',
    summary: 'Verify the audit: every link of its chain and every signed head; names the first event that is not sound',
    output: AuditVerification,
  }),
};
