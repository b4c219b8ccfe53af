-- What the inventory is filtered by besides (product 3.2). The whole list is compared once more to fill it in.

ALTER TABLE inventory
  ADD COLUMN modified_by_id       text,
  -- The whole folded texts; the columns ending in _key are cut short for their indexes.
  ADD COLUMN description_search   text NOT NULL DEFAULT '',
  ADD COLUMN redirect_uris_search text NOT NULL DEFAULT '';
UPDATE inventory_sync SET whole_at = NULL;
