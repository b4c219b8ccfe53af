import type { GrantType } from '@latchkey/domain/grant-type';
import type { Pool } from 'pg';

/** A live secret of a client as the token endpoint compares it. */
export interface StoredSecret {
  readonly id: string;
  readonly hash: string;
}

/** What the authorization server reads of a client for one request. */
export interface ClientRow {
  readonly id: string;
  readonly name: string;
  readonly grantTypes: readonly GrantType[];
  readonly accessTokenValiditySeconds: number;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  readonly allowedIpRanges: readonly string[];
  readonly builtIn: boolean;
  readonly secrets: readonly StoredSecret[];
}

// The built-in client may ask for whatever there is; its people's permissions decide. Which secrets live is decided by
// the database's clock, which also set their ends, so that replicas agree to the millisecond (security K-17).
const query = `
  SELECT c.id, c.name, c.grant_types AS "grantTypes", c.access_token_validity_seconds AS "accessTokenValiditySeconds",
    c.redirect_uris AS "redirectUris", c.allowed_ip_ranges AS "allowedIpRanges", c.built_in AS "builtIn",
    CASE WHEN c.built_in THEN ARRAY(SELECT id FROM scopes ORDER BY id) ELSE c.scopes END AS scopes,
    coalesce((
      SELECT json_agg(json_build_object('id', s.id, 'hash', s.hash) ORDER BY s.date_created DESC)
      FROM client_secrets s
      WHERE s.client_id = c.id AND (s.date_ends IS NULL OR s.date_ends > clock_timestamp())), '[]') AS secrets
  FROM clients c
  WHERE c.id = $1 AND c.state = 'active'`;

/** Reads a client that may act now; one that is parked, pending removal, disabled or gone is not found. */
export async function readClient(pool: Pool, id: string): Promise<ClientRow | undefined> {
  const { rows } = await pool.query<ClientRow>({ name: 'oauth-client', text: query, values: [id] });
  return rows[0];
}
