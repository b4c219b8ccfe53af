-- The audit (product 10): a chain of events that can only grow, and signed heads of it.

CREATE TABLE audit_events (
  seq           bigint PRIMARY KEY,
  at            timestamptz(3) NOT NULL,
  actor         jsonb NOT NULL,
  session       text,
  address       text,
  action        text NOT NULL,
  client_id     text,
  client_name   text,
  outcome       text NOT NULL,
  reason        text,
  changes       jsonb NOT NULL,
  details       jsonb NOT NULL,
  request_id    text NOT NULL,
  previous_hash text NOT NULL,
  hash          text NOT NULL
);
CREATE INDEX audit_events_of_client ON audit_events (client_id, seq DESC) WHERE client_id IS NOT NULL;
CREATE INDEX audit_events_at ON audit_events (at);

-- The end of the chain; its one row is locked by every writer, so that no two events follow the same one.
CREATE TABLE audit_chain (
  one  boolean PRIMARY KEY DEFAULT true CHECK (one),
  seq  bigint NOT NULL,
  hash text NOT NULL
);
INSERT INTO audit_chain (seq, hash) VALUES (0, repeat('0', 64));

-- Keys that sign heads. The private half is sealed with a key that is not in the database.
CREATE TABLE audit_keys (
  key_id     text PRIMARY KEY,
  public_key text NOT NULL,
  sealed     text NOT NULL,
  created_at timestamptz(3) NOT NULL
);

CREATE TABLE audit_heads (
  seq       bigint NOT NULL,
  hash      text NOT NULL,
  at        timestamptz(3) NOT NULL,
  key_id    text NOT NULL,
  signature text NOT NULL,
  PRIMARY KEY (seq, at, key_id)
);

-- Nobody changes what was recorded: not the app's role, which loses the right, and not its owner by mistake.
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit can only grow' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_events_stay BEFORE UPDATE OR DELETE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_events_are_not_emptied BEFORE TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_heads_stay BEFORE UPDATE OR DELETE ON audit_heads
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_heads_are_not_emptied BEFORE TRUNCATE ON audit_heads
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
DO $$ BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_events, audit_heads FROM %I', session_user);
  EXECUTE format('REVOKE DELETE, TRUNCATE ON audit_chain FROM %I', session_user);
END $$;
