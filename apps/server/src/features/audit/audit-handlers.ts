import type { ConsoleApi } from '@latchkey/contract/console-api/table';
import { transaction } from '@latchkey/database/transaction';
import type { Handlers } from '@latchkey/wire/mount';
import { append } from '../../audit/append.ts';
import { publicKeys } from '../../audit/signed-heads.ts';
import { verificationEvent } from '../../audit/verification-event.ts';
import { isSound, verifyAudit, type Verdict } from '../../audit/verify.ts';
import { whoOf } from '../../audit/who.ts';
import type { Context } from '../../context.ts';
import type { Parts } from '../../parts.ts';

/** The audit as a whole: verified on demand, and the verification recorded (product 10.2, security L-01). */
export function auditHandlers(parts: Parts): Handlers<Pick<ConsoleApi, 'audit'>, Context>['audit'] {
  const { db, clock, config } = parts;
  let running: Promise<Verdict> | null = null;

  /** The whole audit is read each time, so people who ask at once share one reading (security B-09). */
  const verdict = (): Promise<Verdict> => {
    running ??= publicKeys(parts)
      .then((keys) => verifyAudit(db, keys, config.auditAnchorFile))
      .finally(() => {
        running = null;
      });
    return running;
  };

  return {
    async verify(_input, context) {
      const found = await verdict();
      const verifiedAt = clock().toISOString();
      await transaction(db, (tx) =>
        append(tx, [{ at: verifiedAt, ...whoOf(parts, context), ...verificationEvent(found) }]),
      );
      const { chain, heads, badHeads } = found;
      return {
        sound: isSound(found),
        verifiedAt,
        events: chain.ok ? chain.count : chain.seq - 1,
        heads,
        firstBad: chain.ok ? null : { seq: chain.seq, why: chain.why },
        badHeads: [...badHeads],
        lastHash: chain.ok ? chain.head.hash : null,
      };
    },
  };
}
