-- The embedded Platform's tables: people and what they may do, clients and their secrets, tokens, audit.

CREATE TABLE organization (
  id text PRIMARY KEY,
  name text NOT NULL,
  third_party_org_name text,
  domain text,
  default_language text,
  default_country_code text,
  features jsonb NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 1
);

CREATE TABLE divisions (
  id text PRIMARY KEY,
  name text NOT NULL,
  description text,
  home boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX divisions_one_home ON divisions (home) WHERE home;

CREATE TABLE roles (
  id text PRIMARY KEY,
  name text NOT NULL,
  description text,
  default_role_id text,
  permission_policies jsonb NOT NULL DEFAULT '[]',
  base boolean NOT NULL DEFAULT false
);

CREATE TABLE users (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL,
  username text,
  title text,
  department text,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'inactive', 'deleted')),
  division_id text REFERENCES divisions (id),
  password_hash text,
  version integer NOT NULL DEFAULT 1,
  date_created timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email ON users (lower(email));
CREATE INDEX users_name ON users (lower(name), id);

CREATE TABLE user_grants (
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role_id text NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
  -- A division, or * for all of them.
  division_id text NOT NULL,
  granted_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, role_id, division_id)
);
CREATE INDEX user_grants_role ON user_grants (role_id);

CREATE TABLE scopes (
  id text PRIMARY KEY,
  description text NOT NULL DEFAULT ''
);

CREATE TABLE clients (
  id text PRIMARY KEY,
  name text NOT NULL,
  description text,
  grant_types text[] NOT NULL,
  access_token_validity_seconds integer NOT NULL DEFAULT 86400,
  redirect_uris text[] NOT NULL DEFAULT '{}',
  scopes text[] NOT NULL DEFAULT '{}',
  role_divisions jsonb NOT NULL DEFAULT '[]',
  allowed_ip_ranges text[] NOT NULL DEFAULT '{}',
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'inactive', 'disabled')),
  date_to_delete timestamptz(3),
  date_created timestamptz(3) NOT NULL DEFAULT now(),
  created_by text,
  date_modified timestamptz(3) NOT NULL DEFAULT now(),
  modified_by text,
  date_last_used timestamptz(3),
  -- The console's own client: never listed, never asked for consent, registered anew at each start.
  built_in boolean NOT NULL DEFAULT false
);
CREATE INDEX clients_created ON clients (date_created, id);
CREATE INDEX clients_modified ON clients (date_modified, id);
CREATE INDEX clients_to_delete ON clients (date_to_delete) WHERE date_to_delete IS NOT NULL;

CREATE TABLE client_secrets (
  id text PRIMARY KEY,
  client_id text NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  -- HMAC-SHA-256 of client id and secret under a key that is not in this database.
  hash text NOT NULL,
  -- The last four characters, to tell secrets apart.
  hint text NOT NULL,
  date_created timestamptz(3) NOT NULL DEFAULT now(),
  created_by text,
  reason text,
  date_ends timestamptz(3),
  date_last_used timestamptz(3)
);
CREATE INDEX client_secrets_client ON client_secrets (client_id, date_created);

CREATE TABLE secret_uses (
  secret_id text NOT NULL REFERENCES client_secrets (id) ON DELETE CASCADE,
  day date NOT NULL,
  uses integer NOT NULL DEFAULT 0,
  PRIMARY KEY (secret_id, day)
);

-- Codes, tokens, grants, sessions: the row knows the SHA-256 of the value, never the value.
CREATE TABLE oidc_payloads (
  model text NOT NULL,
  id_hash text NOT NULL,
  payload jsonb NOT NULL,
  grant_id text,
  uid text,
  session_uid text,
  account_id text,
  client_id text REFERENCES clients (id) ON DELETE CASCADE,
  expires_at timestamptz(3),
  consumed_at timestamptz(3),
  PRIMARY KEY (model, id_hash)
);
CREATE INDEX oidc_payloads_grant ON oidc_payloads (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX oidc_payloads_uid ON oidc_payloads (uid) WHERE uid IS NOT NULL;
CREATE INDEX oidc_payloads_account ON oidc_payloads (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX oidc_payloads_client ON oidc_payloads (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX oidc_payloads_expiry ON oidc_payloads (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE signing_keys (
  kid text PRIMARY KEY,
  -- The private key as an encrypted JWK (JWE) under a key that is not in this database.
  sealed text NOT NULL,
  date_created timestamptz(3) NOT NULL DEFAULT now(),
  date_retired timestamptz(3)
);

CREATE TABLE audit_events (
  id text PRIMARY KEY DEFAULT gen_random_uuid()::text,
  date timestamptz(3) NOT NULL DEFAULT now(),
  user_id text,
  actor_client_id text,
  action text NOT NULL,
  entity_type text NOT NULL,
  entity_id text,
  entity_name text,
  status text NOT NULL,
  remote_ip text,
  context jsonb NOT NULL DEFAULT '{}',
  property_changes jsonb NOT NULL DEFAULT '[]'
);
CREATE INDEX audit_events_date ON audit_events (date DESC, id DESC);
CREATE INDEX audit_events_entity ON audit_events (entity_type, entity_id, date DESC);
CREATE INDEX audit_events_user ON audit_events (user_id, date DESC);

-- What was is kept: the app adds events and never changes them.
DO $$ BEGIN EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_events FROM %I', session_user); END $$;

-- Clients that are gone for good; their ids never come back.
CREATE TABLE tombstones (
  client_id text PRIMARY KEY,
  date_deleted timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE flags (
  key text PRIMARY KEY,
  value text NOT NULL
);

-- Counters of rate-limiter-flexible, shared by all replicas.
CREATE TABLE rate_limits (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);
CREATE INDEX rate_limits_expire ON rate_limits (expire);
