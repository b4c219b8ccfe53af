import { createHash } from 'node:crypto';
import { and, eq, gt, inArray, lt, or } from 'drizzle-orm';
import * as z from 'zod';
import type { Parts } from '../parts.ts';
import { signIns } from '../storage/session-tables.ts';

/** How long a sign-in may take, in seconds (security 0.1). */
export const signInSeconds = 600;

/** How many sign-ins one browser may have open at a time; the oldest give way (security S-32). */
const openPerBrowser = 20;

/** What must be known again when the browser comes back. The verifier never leaves the server (security S-06). */
export const SignIn = z.object({
  /** What openid-client keeps between its two halves. */
  checks: z.object({
    code_verifier: z.string(),
    state: z.string(),
    nonce: z.string().optional(),
    max_age: z.number().optional(),
  }),
  returnTo: z.string(),
  /** The session that this browser had when it began; it ends when the new one starts (security S-08). */
  before: z.string().nullable(),
});
export type SignIn = z.infer<typeof SignIn>;

/** Sign-ins under way: any number per browser, each found by its state, each used once. */
export interface SignIns {
  keep(browser: string, signIn: SignIn): Promise<void>;
  /**
   * Takes a sign-in out; null when there is none for this state that this very browser began (security S-02, S-03).
   * Then everything that the state or the browser had open is forgotten, so that no second guess follows the first.
   */
  claim(browser: string | null, state: string | null): Promise<SignIn | null>;
  /** Forgets what was never finished. */
  forgetOld(): Promise<void>;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Keeps sign-ins in the database, so that the browser may come back to another replica. */
export function signInStore({ db, keys, clock }: Pick<Parts, 'db' | 'keys' | 'clock'>): SignIns {
  return {
    async keep(browser, signIn) {
      const stateHash = hash(signIn.checks.state);
      const browserHash = hash(browser);
      const expiresAt = new Date(clock().getTime() + signInSeconds * 1_000);
      const sealed = keys.seal('tokens-at-rest', JSON.stringify(signIn), `sign-in ${stateHash}`);
      await db.insert(signIns).values({ stateHash, browserHash, sealed, expiresAt });
      const open = await db
        .select({ id: signIns.stateHash })
        .from(signIns)
        .where(eq(signIns.browserHash, browserHash))
        .orderBy(signIns.expiresAt);
      const tooMany = open.slice(0, Math.max(0, open.length - openPerBrowser)).map(({ id }) => id);
      if (tooMany.length > 0) await db.delete(signIns).where(inArray(signIns.stateHash, tooMany));
    },
    async claim(browser, state) {
      const stateHash = hash(state ?? '');
      const browserHash = hash(browser ?? '');
      if (browser !== null && state !== null) {
        const mine = and(
          eq(signIns.stateHash, stateHash),
          eq(signIns.browserHash, browserHash),
          gt(signIns.expiresAt, clock()),
        );
        const [row] = await db.delete(signIns).where(mine).returning();
        const plain = row && keys.open('tokens-at-rest', row.sealed, `sign-in ${stateHash}`);
        if (plain) return SignIn.parse(JSON.parse(plain));
      }
      await db.delete(signIns).where(or(eq(signIns.stateHash, stateHash), eq(signIns.browserHash, browserHash)));
      return null;
    },
    async forgetOld() {
      await db.delete(signIns).where(lt(signIns.expiresAt, clock()));
    },
  };
}
