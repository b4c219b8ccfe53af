-- Writing without losing (architecture 5): what was asked for, by which key, what came of it, and sealed secrets.

CREATE TABLE intentions (
  id         uuid PRIMARY KEY,
  operation  text NOT NULL,
  actor      jsonb NOT NULL,
  session    text,
  address    text,
  request_id text NOT NULL,
  client_id  text,
  client_name text,
  -- What to look for on the Platform when the answer is lost, and what to record then. Never a secret.
  plan       jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  outcome    text CHECK (outcome IN ('succeeded', 'failed')),
  settled_at timestamptz(3)
);
CREATE INDEX intentions_open ON intentions (created_at) WHERE outcome IS NULL;
CREATE INDEX intentions_of_client ON intentions (client_id) WHERE client_id IS NOT NULL;

CREATE TABLE idempotency (
  person_id    text NOT NULL,
  operation    text NOT NULL,
  key          text NOT NULL,
  body_hash    text NOT NULL,
  created_at   timestamptz(3) NOT NULL,
  intention_id uuid,
  done_at      timestamptz(3),
  -- The answer, where it can be given again as it was; answers that reveal are made anew from the sealed text.
  answer       jsonb,
  client_id    text,
  reveal_id    uuid,
  PRIMARY KEY (person_id, operation, key)
);
CREATE INDEX idempotency_created ON idempotency (created_at);

-- Secrets on their way to one page (product 5.3). `jwe` is emptied when the way ends; the row stays as the receipt.
CREATE TABLE sealed_secrets (
  id               uuid PRIMARY KEY,
  client_id        text NOT NULL,
  client_name      text NOT NULL,
  person_id        text NOT NULL,
  session_ref      text NOT NULL,
  why              text NOT NULL CHECK (why IN ('created', 'generated')),
  jwe              text,
  key_thumbprint   text,
  created_at       timestamptz(3) NOT NULL,
  expires_at       timestamptz(3) NOT NULL,
  previous_ends_at timestamptz(3),
  ways             jsonb NOT NULL DEFAULT '[]',
  ended_at         timestamptz(3),
  ended_as         text CHECK (ended_as IN ('acknowledged', 'expired', 'never_revealed')),
  stored_where     text,
  CHECK (jwe IS NULL OR ended_as IS NULL)
);
CREATE INDEX sealed_secrets_of_client ON sealed_secrets (client_id, created_at DESC);
CREATE INDEX sealed_secrets_waiting ON sealed_secrets (session_ref, expires_at) WHERE ended_as IS NULL;
CREATE INDEX sealed_secrets_expiring ON sealed_secrets (expires_at) WHERE ended_as IS NULL;

-- Whoever changes a client does it alone, over all replicas: the Platform itself has no versions (architecture 5).
CREATE TABLE client_leases (
  client_id text PRIMARY KEY,
  holder    uuid NOT NULL,
  until     timestamptz NOT NULL
);
