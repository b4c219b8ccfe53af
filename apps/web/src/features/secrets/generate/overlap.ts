import {
  defaultOverlapSeconds,
  maxOverlapSeconds,
  type RotationReason,
  secretsAfterGenerating,
} from '@latchkey/domain/secret';
import type { SecretView } from '@latchkey/contract/console-api/models';

/** For how long the old secret can go on, as the dialog offers it, in seconds (product 7.1). */
export const overlapPresets = [0, 3_600, defaultOverlapSeconds, 259_200, maxOverlapSeconds] as const;

/** For which reasons a new secret is asked for, in the order in which the dialog offers them. */
export const reasons = ['scheduled', 'owner-leaving', 'lost', 'exposed'] as const satisfies readonly RotationReason[];

/** The live secrets as the rule of generating reads them. */
const asLive = ({ id, createdAt, endsAt }: Pick<SecretView, 'id' | 'createdAt' | 'endsAt'>) => ({
  id,
  dateCreated: createdAt,
  endsAt,
});

/** When each of the present secrets stops if a new one is generated now: the current one, and an older one if it still works. */
export function endsAfterGenerating(
  secrets: readonly SecretView[],
  now: Date,
  overlapSeconds: number,
): { current: string; older: string | null } {
  const ends = new Map(
    secretsAfterGenerating(secrets.map(asLive), now, overlapSeconds).map(({ id, endsAt }) => [id, endsAt]),
  );
  const current = secrets.find(({ state }) => state === 'current');
  const older = secrets.find(({ state }) => state === 'previous');
  return {
    current: (current && ends.get(current.id)) ?? new Date(now.getTime() + overlapSeconds * 1000).toISOString(),
    older: (older && ends.get(older.id)) ?? null,
  };
}
