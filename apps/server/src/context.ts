import type { Route } from '@latchkey/contract/route';
import type { Holder } from '@latchkey/domain/holder';
import type { PersonPlatform } from './platform/door.ts';

/** The person behind a session, as the Platform last described them. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** What the gate found out about one request of a signed-in person; every handler gets it. */
export interface Context {
  readonly person: Person;
  /** Permissions and roles: of this moment where a right is used to change something, else at most a minute old (product 2.6). */
  readonly holder: Holder;
  /** When they were read for this very request, by `performance.now()`; `null` when an earlier one had read them. */
  readonly rightsReadAt: number | null;
  /** Names of the roles that the person holds, by id. */
  readonly roleNames: ReadonlyMap<string, string>;
  /** Names the session in the audit and binds sealed reveals to it: a hash, useless as a cookie (security S-11, L-02). */
  readonly sessionRef: string;
  /** Id of the session's row, as the list of the person's own sessions shows it. */
  readonly sessionId: string;
  /** The Platform, asked with this person's own token (security Z-17). */
  readonly platform: PersonPlatform;
  /** In the answer, in the log, in the audit, and sent upstream. */
  readonly correlationId: string;
  /** The caller's `Idempotency-Key`; `null` when none was sent. */
  readonly idempotencyKey: string | null;
  /** Where the request came from; behind proxies, only as far as `TRUST_PROXY` goes (security H-11). */
  readonly address: string;
  /** `feature.operation` of the row. */
  readonly operation: string;
  readonly route: Route;
}
