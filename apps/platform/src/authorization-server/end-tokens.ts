import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Store } from '../context/platform.ts';
import { oidcPayloads } from '../storage/schema.ts';

/** What a client can hold that opens something; grants are among them, so that a person is asked for consent again. */
const ofClients = ['AccessToken', 'ClientCredentials', 'AuthorizationCode', 'RefreshToken', 'Grant', 'Interaction'];

/**
 * Ends every token, code and grant of a client for good: reactivating or restoring it does not bring them back
 * (product 8.1, ruling 2). Call it in the transaction that switches the client off.
 * @returns how many rows went
 */
export async function endTokensOfClient(tx: Store, clientId: string): Promise<number> {
  // Waits for tokens that are being issued right now, and makes later ones see the client as it is after this.
  await tx.execute(sql`SELECT 1 FROM clients WHERE id = ${clientId} FOR UPDATE`);
  const gone = await tx
    .delete(oidcPayloads)
    .where(and(eq(oidcPayloads.clientId, clientId), inArray(oidcPayloads.model, ofClients)));
  return gone.rowCount ?? 0;
}

/** Ends every token, code, grant and session of a person (platform-api 2.6, `DELETE /api/v2/tokens/{userId}`). */
export async function endTokensOfUser(tx: Store, userId: string): Promise<number> {
  const gone = await tx.delete(oidcPayloads).where(eq(oidcPayloads.accountId, userId));
  return gone.rowCount ?? 0;
}

/** Ends everything that was given out in one sign-in session of the Platform, whichever client has it (platform-api 1.4). */
export async function endTokensOfSession(tx: Store, sessionUid: string): Promise<void> {
  await tx.execute(sql`
    DELETE FROM oidc_payloads WHERE model = 'Grant' AND id_hash IN (
      SELECT encode(sha256(convert_to(grant_id, 'UTF8')), 'hex') FROM oidc_payloads
      WHERE session_uid = ${sessionUid} AND grant_id IS NOT NULL)`);
  await tx.execute(sql`
    DELETE FROM oidc_payloads WHERE session_uid = ${sessionUid} OR grant_id IN (
      SELECT grant_id FROM oidc_payloads WHERE session_uid = ${sessionUid})`);
}

/**
 * Ends the Platform's own session together with what was given out in it, when it is the console that says so; another
 * client only ever ends its own tokens (RFC 7009 §2.1, product 2.4). As long as the console has another sign-in in the
 * same session, such as one that a late revocation must not end, the session stays.
 */
export async function endSessionOfConsole(tx: Store, sessionUid: string, clientId: string): Promise<void> {
  const { rowCount } = await tx.execute(sql`
    DELETE FROM oidc_payloads WHERE model = 'Session' AND uid = ${sessionUid}
      AND EXISTS (SELECT 1 FROM clients WHERE id = ${clientId} AND built_in)
      AND NOT EXISTS (SELECT 1 FROM oidc_payloads other WHERE other.model = 'RefreshToken'
        AND other.session_uid = ${sessionUid} AND other.client_id = ${clientId})`);
  if ((rowCount ?? 0) > 0) await endTokensOfSession(tx, sessionUid);
}
