import { and, eq, like } from 'drizzle-orm';
import type { Store } from '../../context/platform.ts';
import { flags } from '../../storage/schema.ts';
import { callsPerMinute } from './rate-limit.ts';

/** A limit of the organization, by the wire's names (platform-api 2.11). */
export interface LimitName {
  readonly namespace: string;
  readonly key: string;
}

/** How many OAuth clients the organization can have. */
export const clientLimit: LimitName = { namespace: 'auth.api', key: 'oauth.clients.max' };

/** What holds where the organization has no value of its own. */
const usual: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'auth.api': { [clientLimit.key]: 1_000_000 },
  authorization: {},
  'platform.api': { 'org.app.user.rate.per.minute': callsPerMinute.ordinary },
  audit: {},
  usage: {},
};

/** Where a limit of the organization's own is kept among the flags. */
export const limitFlag = ({ namespace, key }: LimitName): string => `limit:${namespace}:${key}`;

/** The value of one limit. */
export async function limitOf(db: Store, { namespace, key }: LimitName): Promise<number> {
  const rows = await db
    .select()
    .from(flags)
    .where(and(eq(flags.key, limitFlag({ namespace, key }))));
  return Number(rows[0]?.value ?? usual[namespace]?.[key] ?? Number.MAX_SAFE_INTEGER);
}

/** All limits of a namespace, or undefined when there is no such namespace. */
export async function limitsOf(
  db: Store,
  namespace: string,
): Promise<{ key: string; namespace: string; value: number }[] | undefined> {
  if (!Object.hasOwn(usual, namespace)) return undefined;
  const own = await db
    .select()
    .from(flags)
    .where(like(flags.key, `${limitFlag({ namespace, key: '' })}%`));
  const values = new Map(Object.entries(usual[namespace] ?? {}));
  for (const { key, value } of own) values.set(key.slice(limitFlag({ namespace, key: '' }).length), Number(value));
  return [...values].map(([key, value]) => ({ key, namespace, value }));
}
