import type { Account, AccountClaims, FindAccount } from 'oidc-provider';
import type { Pool } from 'pg';

interface Person {
  id: string;
  name: string;
  email: string;
  username: string | null;
}

/** Finds an active person for the library, with the claims of OpenID Connect's `profile` and `email`. */
export const findPerson =
  (pool: Pool): FindAccount =>
  async (_ctx, id): Promise<Account | undefined> => {
    const { rows } = await pool.query<Person>({
      name: 'oidc-account',
      text: `SELECT id, name, email, username FROM users WHERE id = $1 AND state = 'active'`,
      values: [id],
    });
    const person = rows[0];
    if (person === undefined) return undefined;
    return {
      accountId: person.id,
      claims: (): AccountClaims => ({
        sub: person.id,
        name: person.name,
        preferred_username: person.username ?? person.email,
        email: person.email,
      }),
    };
  };
