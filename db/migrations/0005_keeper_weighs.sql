-- The keeper weighs pictures that came before their bytes were noted, and counts everything that a builder has stored.
SELECT open_to_keeper(t::regclass) FROM unnest(ARRAY['snags', 'brandings']) t;
GRANT SELECT (id, tenant_id, photo_id, photo_bytes), UPDATE (photo_bytes) ON snags TO openhouse_keeper;
GRANT SELECT (tenant_id, logo_id, logo_bytes), UPDATE (logo_bytes) ON brandings TO openhouse_keeper;
GRANT SELECT (tenant_id, size_bytes) ON person_exports, list_exports TO openhouse_keeper;
