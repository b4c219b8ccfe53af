import { createHash } from 'node:crypto';
import { matchesRedirectUri } from '@latchkey/domain/redirect-uri';
import { errors } from 'oidc-provider';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Pool } from 'pg';
import type { Clock } from '../context/platform.ts';

/** By what a row is found: hexadecimal SHA-256 of the token, code or cookie (security O-18). */
export const idHash = (id: string): string => createHash('sha256').update(id, 'utf8').digest('hex');

/** Models that are only worth something while the grant behind them lives. */
const ofGrants = new Set(['AccessToken', 'RefreshToken', 'AuthorizationCode']);

/** For how long a code challenge is remembered, so that it cannot be used for a second code (security O-02). */
const challengeMemoryMs = 86_400_000;

const sql = {
  find: `
    SELECT p.payload, p.consumed_at, c.redirect_uris
    FROM oidc_payloads p LEFT JOIN clients c ON c.id = p.client_id LEFT JOIN users u ON u.id = p.account_id
    WHERE p.model = $1 AND p.id_hash = $2
      AND (p.client_id IS NULL OR c.state = 'active') AND (p.account_id IS NULL OR u.state = 'active')`,
  findByUid: `
    SELECT p.payload, p.consumed_at, NULL AS redirect_uris
    FROM oidc_payloads p LEFT JOIN users u ON u.id = p.account_id
    WHERE p.model = $1 AND p.uid = $2 AND (p.account_id IS NULL OR u.state = 'active')`,
  // The locks make a deactivation or a revocation that runs at the same time wait, or make this one find nothing. First
  // the client, then the grant, as `endTokensOfClient` does it.
  upsert: `
    INSERT INTO oidc_payloads (model, id_hash, payload, grant_id, uid, session_uid, account_id, client_id, expires_at)
    SELECT $1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9::timestamptz
    WHERE ($8::text IS NULL OR EXISTS (SELECT 1 FROM clients c WHERE c.id = $8 AND c.state = 'active' FOR SHARE))
      AND ($10::text IS NULL
        OR EXISTS (SELECT 1 FROM oidc_payloads g WHERE g.model = 'Grant' AND g.id_hash = $10 FOR SHARE))
    ON CONFLICT (model, id_hash) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id,
      uid = excluded.uid, session_uid = excluded.session_uid, account_id = excluded.account_id,
      client_id = excluded.client_id, expires_at = excluded.expires_at`,
  consume: `UPDATE oidc_payloads SET consumed_at = $3 WHERE model = $1 AND id_hash = $2 AND consumed_at IS NULL`,
  destroy: `DELETE FROM oidc_payloads WHERE model = $1 AND id_hash = $2`,
  revoke: `DELETE FROM oidc_payloads WHERE grant_id = $1`,
  grantOf: `SELECT grant_id FROM oidc_payloads WHERE model = $1 AND id_hash = $2`,
  markChallenge: `
    INSERT INTO oidc_payloads (model, id_hash, payload, client_id, expires_at)
    VALUES ('CodeChallenge', $1, '{}', $2, $3) ON CONFLICT DO NOTHING`,
  challengeUsed: `SELECT 1 FROM oidc_payloads WHERE model = 'CodeChallenge' AND id_hash = $1`,
} as const;

type Statement = keyof typeof sql;

/** What a stored payload may hold besides what the library's type says. */
interface Payload extends AdapterPayload {
  params?: Record<string, unknown> & { client_id?: string };
  session?: Record<string, unknown>;
  returnTo?: string;
}

/** Stands for the interaction's id in its stored return address. */
const idMark = '{id}';

/**
 * What oidc-provider keeps, in PostgreSQL. A row is found by the hash of its id and does not hold the id, so that a
 * dump opens nothing. What belongs to a client that is switched off or to a person who is not active is not found.
 */
export class PostgresAdapter implements Adapter {
  readonly #model: string;
  readonly #pool: Pool;
  readonly #clock: Clock;

  constructor(model: string, pool: Pool, clock: Clock) {
    this.#model = model;
    this.#pool = pool;
    this.#clock = clock;
  }

  async upsert(id: string, payload: Payload, expiresIn?: number): Promise<void> {
    const clientId = payload.clientId ?? payload.params?.client_id ?? null;
    // A started sign-in mentions a grant too, and outlives it.
    const grantId = ofGrants.has(this.#model) ? (payload.grantId ?? null) : null;
    if (this.#model === 'AuthorizationCode') await this.#markChallenge(payload);
    const { rowCount } = await this.#run('upsert', [
      this.#model,
      idHash(id),
      JSON.stringify(withoutIds(id, payload)),
      grantId,
      payload.uid ?? null,
      payload.sessionUid ?? null,
      payload.accountId ?? null,
      clientId,
      expiresIn === undefined ? null : new Date(this.#clock().getTime() + expiresIn * 1_000),
      grantId === null ? null : idHash(grantId),
    ]);
    if (rowCount === 0) throw new errors.InvalidGrant('the grant or the client ended meanwhile');
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const { rows } = await this.#run('find', [this.#model, idHash(id)]);
    const row = rows[0];
    if (row === undefined || !this.#redirectStands(row)) return undefined;
    return withIds(id, row);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const { rows } = await this.#run('findByUid', [this.#model, uid]);
    return rows[0] === undefined ? undefined : withIds(undefined, rows[0]);
  }

  /** Device codes are not offered. */
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  /** Only the first of two wins, however close they come; the second ends everything that the grant gave (security O-03). */
  async consume(id: string): Promise<void> {
    const { rowCount } = await this.#run('consume', [this.#model, idHash(id), this.#clock()]);
    if (rowCount !== 0) return;
    const { rows } = await this.#run('grantOf', [this.#model, idHash(id)]);
    const grantId = rows[0]?.grant_id;
    if (grantId) {
      await this.#run('destroy', ['Grant', idHash(grantId)]);
      await this.#run('revoke', [grantId]);
    }
    throw new errors.InvalidGrant('already used');
  }

  async destroy(id: string): Promise<void> {
    await this.#run('destroy', [this.#model, idHash(id)]);
  }

  /** Ends whatever the grant gave, of any model. */
  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#run('revoke', [grantId]);
  }

  /** A code cannot be redeemed any more once its redirect URI was taken off the client (security R-11). */
  #redirectStands({ payload, redirect_uris: registered }: StoredRow): boolean {
    if (this.#model !== 'AuthorizationCode' || registered === null) return true;
    const { redirectUri } = payload;
    return typeof redirectUri === 'string' && registered.some((uri) => matchesRedirectUri(uri, redirectUri));
  }

  async #markChallenge({ clientId, codeChallenge }: Payload): Promise<void> {
    if (clientId === undefined || codeChallenge === undefined) return;
    const until = new Date(this.#clock().getTime() + challengeMemoryMs);
    const { rowCount } = await this.#run('markChallenge', [challengeHash(clientId, codeChallenge), clientId, until]);
    if (rowCount === 0) throw new errors.InvalidRequest('code_challenge was used before');
  }

  #run(statement: Statement, values: unknown[]) {
    return this.#pool.query<StoredRow>({ name: `oidc-${statement}`, text: sql[statement], values });
  }
}

interface StoredRow {
  payload: Payload;
  consumed_at: Date | null;
  redirect_uris: string[] | null;
  grant_id?: string | null;
}

const challengeHash = (clientId: string, challenge: string): string => idHash(`${clientId} ${challenge}`);

/** Whether the client used this code challenge for a code within the last day. */
export async function challengeWasUsed(pool: Pool, clientId: string, challenge: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'oidc-challengeUsed',
    text: sql.challengeUsed,
    values: [challengeHash(clientId, challenge)],
  });
  return rowCount !== 0;
}

/** Leaves out whatever would open something: the id itself, also where other members repeat it. */
function withoutIds(id: string, { jti: _jti, returnTo, session, ...rest }: Payload): Record<string, unknown> {
  const { cookie: _cookie, ...sessionWithoutCookie } = session ?? {};
  return {
    ...rest,
    ...(session !== undefined && { session: sessionWithoutCookie }),
    ...(returnTo !== undefined && { returnTo: returnTo.replace(id, idMark) }),
  };
}

function withIds(id: string | undefined, { payload, consumed_at: consumedAt }: StoredRow): AdapterPayload {
  const { returnTo } = payload;
  return {
    ...payload,
    ...(id !== undefined && { jti: id }),
    ...(id !== undefined && returnTo !== undefined && { returnTo: returnTo.replace(idMark, id) }),
    ...(consumedAt !== null && { consumed: Math.floor(consumedAt.getTime() / 1_000) }),
  };
}
