import type { Pool } from 'pg';
import type { Logger } from 'pino';

/** Notes which secret authenticated and which client got a token, and stores it in batches. */
export interface SecretUses {
  readonly note: (use: { clientId: string; secretId: string | null; at: Date }) => void;
  /** Stores what is noted so far; call it before the process ends. */
  readonly flush: () => Promise<void>;
  /** Stops the clockwork and flushes. */
  readonly stop: () => Promise<void>;
}

/** Milliseconds between two batches (product 7.3: one sees live which secret is used). */
const every = 500;

const storeUses = `
  WITH used AS (
    SELECT * FROM unnest($1::text[], $2::date[], $3::int[], $4::timestamptz[]) AS u (secret_id, day, uses, at)
  ), counted AS (
    INSERT INTO secret_uses (secret_id, day, uses)
    SELECT u.secret_id, u.day, u.uses FROM used u JOIN client_secrets s ON s.id = u.secret_id ORDER BY u.secret_id, u.day
    ON CONFLICT (secret_id, day) DO UPDATE SET uses = secret_uses.uses + excluded.uses
  )
  UPDATE client_secrets s SET date_last_used = u.at
  FROM (SELECT secret_id, max(at) AS at FROM used GROUP BY secret_id ORDER BY secret_id) u
  WHERE s.id = u.secret_id AND (s.date_last_used IS NULL OR s.date_last_used < u.at)`;

const storeClients = `
  UPDATE clients c SET date_last_used = u.at
  FROM (SELECT * FROM unnest($1::text[], $2::timestamptz[]) AS v (id, at) ORDER BY id) u
  WHERE c.id = u.id AND (c.date_last_used IS NULL OR c.date_last_used < u.at)`;

interface Use {
  secretId: string;
  day: string;
  uses: number;
  at: Date;
}

/** A batch that fails is counted again with the next one, so that nothing is lost while the database is away. */
export function collectSecretUses(pool: Pool, log: Logger): SecretUses {
  let secrets = new Map<string, Use>();
  let clients = new Map<string, Date>();
  let running: Promise<void> = Promise.resolve();

  const store = async (): Promise<void> => {
    const [uses, lastUsed] = [secrets, clients];
    if (lastUsed.size === 0) return;
    secrets = new Map();
    clients = new Map();
    try {
      const all = [...uses.values()];
      await pool.query(storeUses, [
        all.map((u) => u.secretId),
        all.map((u) => u.day),
        all.map((u) => u.uses),
        all.map((u) => u.at),
      ]);
      uses.clear();
      await pool.query(storeClients, [[...lastUsed.keys()], [...lastUsed.values()]]);
    } catch (error) {
      for (const use of uses.values()) count(secrets, use);
      for (const [id, at] of lastUsed) if ((clients.get(id) ?? at) <= at) clients.set(id, at);
      log.warn({ err: error }, 'uses of secrets could not be stored yet');
    }
  };
  const flush = (): Promise<void> => (running = running.then(store));
  const timer = setInterval(() => void flush(), every);
  timer.unref();

  return {
    note({ clientId, secretId, at }) {
      clients.set(clientId, at);
      if (secretId !== null) count(secrets, { secretId, day: at.toISOString().slice(0, 10), uses: 1, at });
    },
    flush,
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}

function count(into: Map<string, Use>, use: Use): void {
  const key = `${use.day} ${use.secretId}`;
  const known = into.get(key);
  if (known === undefined) into.set(key, { ...use });
  else {
    known.uses += use.uses;
    if (use.at > known.at) known.at = use.at;
  }
}
