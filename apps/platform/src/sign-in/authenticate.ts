import type { Request } from 'express';
import type { Pool } from 'pg';
import { addressKey } from '../limits/limiter.ts';
import type { Limits } from '../limits/limits.ts';
import type { KnownBrowsers } from './known-browser.ts';
import { passwordMatches } from './password-hash.ts';

/** What came of an e-mail address and a password. */
export type SignIn =
  | { readonly outcome: 'welcome'; readonly userId: string }
  | { readonly outcome: 'refused'; readonly userId: string | null }
  | { readonly outcome: 'slow-down'; readonly seconds: number };

/** Says who signs in. Takes the same time whether the address is unknown, the password wrong or the person inactive. */
export function authenticator(pool: Pool, limits: Limits, browsers: KnownBrowsers) {
  return async (req: Request, email: string, password: string): Promise<SignIn> => {
    const from = addressKey(req.ip);
    const account = email.trim().toLowerCase();
    const person = await findByEmail(pool, account);
    const isKnown = person !== undefined && browsers.knows(req, person.id);
    const waits = await Promise.all([
      limits.signInsFrom.look(from),
      limits.signInsOf.look(`${account} ${from}`),
      isKnown ? null : limits.signInsAnywhere.look(account),
    ]);
    const seconds = Math.max(0, ...waits.map((wait) => wait ?? 0));
    if (seconds > 0) return { outcome: 'slow-down', seconds };
    if (await passwordMatches(password, person?.passwordHash ?? null)) {
      if (person?.state === 'active') {
        await limits.signInsOf.forget(`${account} ${from}`);
        return { outcome: 'welcome', userId: person.id };
      }
    }
    await Promise.all([
      limits.signInsFrom.count(from),
      limits.signInsOf.count(`${account} ${from}`),
      limits.signInsAnywhere.count(account),
    ]);
    return { outcome: 'refused', userId: person?.id ?? null };
  };
}

async function findByEmail(pool: Pool, email: string) {
  const { rows } = await pool.query<{ id: string; state: string; passwordHash: string | null }>({
    name: 'sign-in-person',
    text: `SELECT id, state, password_hash AS "passwordHash" FROM users WHERE lower(email) = $1`,
    values: [email],
  });
  return rows[0];
}
