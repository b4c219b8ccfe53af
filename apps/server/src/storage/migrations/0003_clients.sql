-- What the console keeps of clients: the copy of the Platform's list, and what only the console knows.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Owner, purpose and environment (architecture 3).
CREATE TABLE client_keeping (
  client_id   text PRIMARY KEY,
  owner_id    text,
  owner_name  text,
  owner_email text,
  purpose     text NOT NULL DEFAULT '',
  environment text
);

-- The read model of the inventory. Columns ending in _key are folded texts for sorting, compared byte by byte.
CREATE TABLE inventory (
  client_id         text PRIMARY KEY COLLATE "C",
  client            jsonb NOT NULL,
  hash              text NOT NULL,
  -- When the answer that this row came from was asked for; an older answer never replaces a newer one.
  fetched_at        timestamptz NOT NULL,
  removed_at        timestamptz,
  name_key          text COLLATE "C" NOT NULL,
  description_key   text COLLATE "C" NOT NULL,
  grant_types_key   text COLLATE "C" NOT NULL,
  roles_key         text COLLATE "C" NOT NULL,
  divisions_key     text COLLATE "C" NOT NULL,
  scopes_key        text COLLATE "C" NOT NULL,
  redirect_uris_key text COLLATE "C" NOT NULL,
  owner_key         text COLLATE "C" NOT NULL,
  environment_key   text COLLATE "C" NOT NULL,
  created_by_key    text COLLATE "C" NOT NULL,
  modified_by_key   text COLLATE "C" NOT NULL,
  search            text NOT NULL,
  state             text COLLATE "C" NOT NULL,
  grant_types       text[] NOT NULL,
  role_ids          text[] NOT NULL,
  division_ids      text[] NOT NULL,
  scopes            text[] NOT NULL,
  owner_id          text,
  environment       text,
  created_by_id     text,
  date_created      timestamptz(3) NOT NULL,
  date_modified     timestamptz(3),
  date_last_used    timestamptz(3),
  secret_created_at timestamptz(3),
  date_to_delete    timestamptz(3),
  -- The grade of those findings that do not come with time: 0 none, 1 low, 2 medium, 3 high.
  lasting_grade     smallint NOT NULL
);
CREATE INDEX inventory_search ON inventory USING gin (search gin_trgm_ops) WHERE removed_at IS NULL;
CREATE INDEX inventory_by_name ON inventory (name_key, client_id) WHERE removed_at IS NULL;
CREATE INDEX inventory_by_created ON inventory (date_created, client_id) WHERE removed_at IS NULL;
CREATE INDEX inventory_by_modified ON inventory ((coalesce(date_modified, '-infinity')), client_id) WHERE removed_at IS NULL;
CREATE INDEX inventory_by_last_used ON inventory ((coalesce(date_last_used, '-infinity')), client_id) WHERE removed_at IS NULL;
CREATE INDEX inventory_by_secret ON inventory ((coalesce(secret_created_at, '-infinity')), client_id) WHERE removed_at IS NULL;
CREATE INDEX inventory_by_owner ON inventory (owner_key, client_id) WHERE removed_at IS NULL;
CREATE INDEX inventory_by_state ON inventory (state, client_id) WHERE removed_at IS NULL;
CREATE INDEX inventory_roles ON inventory USING gin (role_ids) WHERE removed_at IS NULL;
CREATE INDEX inventory_scopes ON inventory USING gin (scopes) WHERE removed_at IS NULL;

-- How old the copy is.
CREATE TABLE inventory_sync (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one),
  -- When the last list that was taken over was asked for; the copy is as the Platform was then.
  as_of      timestamptz,
  -- When the last whole list was asked for, and how long it took.
  whole_at   timestamptz,
  whole_ms   integer NOT NULL DEFAULT 0,
  total      integer NOT NULL DEFAULT 0
);
INSERT INTO inventory_sync DEFAULT VALUES;

-- Names of roles, as somebody who may read them saw them last: for searching and sorting only.
CREATE TABLE known_roles (
  role_id text PRIMARY KEY,
  name    text NOT NULL,
  broad   boolean NOT NULL
);
