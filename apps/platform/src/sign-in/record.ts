import type { Pool } from 'pg';

/** One sign-in of a person who exists; attempts with unknown addresses would only fill the audit (security B-10). */
export interface RecordedSignIn {
  readonly userId: string;
  readonly clientId: string;
  readonly ip: string | undefined;
  readonly succeeded: boolean;
}

/** Adds a sign-in to the Platform's audit. */
export async function recordSignIn(pool: Pool, { userId, clientId, ip, succeeded }: RecordedSignIn): Promise<void> {
  await pool.query(
    `INSERT INTO audit_events (user_id, actor_client_id, action, entity_type, entity_id, entity_name, status, remote_ip)
     SELECT u.id, $2, 'SignIn', 'User', u.id, u.name, $3, $4 FROM users u WHERE u.id = $1`,
    [userId, clientId, succeeded ? 'SUCCESS' : 'FAILURE', ip ?? null],
  );
}
