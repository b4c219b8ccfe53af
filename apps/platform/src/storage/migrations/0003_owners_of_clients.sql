-- Finds the owner that an organization file gave to a client.
CREATE INDEX organization_extras_owner ON organization_extras ((entry ->> 'clientId')) WHERE section = 'owners';
