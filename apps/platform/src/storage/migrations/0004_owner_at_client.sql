-- The owner that an organization file gave to a client lies at the client: it is read with it and goes with it.
ALTER TABLE clients ADD COLUMN owner jsonb;

UPDATE clients SET owner = CASE jsonb_typeof(entry -> 'owner')
    WHEN 'string' THEN jsonb_build_object('id', entry -> 'owner', 'name', entry -> 'owner')
    ELSE entry -> 'owner'
  END
FROM organization_extras WHERE section = 'owners' AND entry ->> 'clientId' = clients.id;

DELETE FROM organization_extras WHERE section = 'owners';
DROP INDEX organization_extras_owner;
