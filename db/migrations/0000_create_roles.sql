-- Six roles that the login role changes into for the length of a transaction; none can log in or bypass
-- row-level security. openhouse_app: one tenant. openhouse_platform: all tenants (operator's console).
-- openhouse_door: what happens before a tenant is known. openhouse_queue: the queue's own columns.
-- openhouse_keeper: seals and checks the activity log, removes what may be kept no longer.
-- openhouse_backup: reads everything and writes nothing.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['openhouse_app', 'openhouse_platform', 'openhouse_door', 'openhouse_queue', 'openhouse_keeper', 'openhouse_backup'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      -- Roles belong to the server, not the database: another database's migration may have won the race.
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', name);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END;
    END IF;
    IF NOT pg_has_role(CURRENT_USER, name, 'MEMBER') OR current_setting('server_version_num')::int >= 160000 THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', name);
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', name);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
