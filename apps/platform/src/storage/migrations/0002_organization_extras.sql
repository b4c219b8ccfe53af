-- Parts of an organization file that nothing here uses yet, kept as they were given so that an export has them again.

CREATE TABLE organization_extras (
  -- integrations, credentials, actions, flows, dependencies, authorizations, usage, owners
  section text NOT NULL,
  position integer NOT NULL,
  entry jsonb NOT NULL,
  PRIMARY KEY (section, position)
);
