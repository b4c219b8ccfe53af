-- What express-session keeps. `sid` is a hash of the id in the cookie (security S-11).
CREATE TABLE browser_sessions (
  sid text PRIMARY KEY,
  sess json NOT NULL,
  expire timestamptz NOT NULL
);
CREATE INDEX browser_sessions_expire ON browser_sessions (expire);

-- The registry of sessions: the one truth about whether a session lives (product 2.2).
CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  person_id text NOT NULL,
  person_name text NOT NULL,
  person_email text NOT NULL,
  issuer text NOT NULL,
  started_at timestamptz NOT NULL,
  last_active_at timestamptz NOT NULL,
  idle_seconds integer NOT NULL,
  ends_at timestamptz NOT NULL,
  address text NOT NULL,
  browser text NOT NULL,
  ended_at timestamptz,
  ended_why text
);
CREATE INDEX sessions_living_of_person ON sessions (person_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_living_by_activity ON sessions (last_active_at) WHERE ended_at IS NULL;
CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL;

-- The tokens of a session, encrypted. Refreshed by whoever holds the lease (security S-30).
CREATE TABLE session_tokens (
  session_id uuid PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
  sealed text NOT NULL,
  access_ends_at timestamptz NOT NULL,
  version integer NOT NULL DEFAULT 1,
  lease uuid,
  lease_until timestamptz
);

-- Sign-ins that have begun and not come back. Found by the hash of their state, used once (security S-03).
CREATE TABLE sign_ins (
  state_hash text PRIMARY KEY,
  browser_hash text NOT NULL,
  sealed text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX sign_ins_browser ON sign_ins (browser_hash);
CREATE INDEX sign_ins_expires ON sign_ins (expires_at);

-- Tokens to revoke at the Platform, encrypted, until it has answered (security S-17, S-19).
CREATE TABLE token_revocations (
  id uuid PRIMARY KEY,
  sealed text NOT NULL,
  created_at timestamptz NOT NULL,
  next_try_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0
);
CREATE INDEX token_revocations_next ON token_revocations (next_try_at);

-- Counters of rate limits, shared by all replicas (security B-02).
CREATE TABLE rate_limits (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);
