-- Row-level security for every table with a tenant, and what each role may do. The policies name the role
-- that is acting (`current_user`), not only the role they are granted to, because the login role is a member
-- of all of them and would otherwise see through every wall without changing into one.
CREATE FUNCTION protect_tenant_table(target regclass) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  mine text := '(SELECT current_user) = ''openhouse_app'' AND tenant_id = (SELECT nullif(current_setting(''app.tenant_id'', true), '''')::uuid)';
  development_column text := CASE
    WHEN target = 'public.developments'::regclass THEN 'id'
    WHEN EXISTS (SELECT FROM pg_attribute WHERE attrelid = target AND attname = 'development_id') THEN 'development_id'
  END;
BEGIN
  IF development_column IS NOT NULL THEN
    -- A star: every development of the tenant; else only those granted, and none where nothing was set.
    -- A person of one site sees one site.
    mine := mine || format(
      ' AND ((SELECT current_setting(''app.development_ids'', true)) = ''*'' OR %I = ANY ((SELECT nullif(nullif(current_setting(''app.development_ids'', true), ''''), ''*''))::uuid[]))',
      development_column);
  END IF;
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY one_tenant ON %s TO openhouse_app USING (%s) WITH CHECK (%s)', target, mine, mine);
  -- The comparison stands inside the subquery: outside, the planner takes it to let one row in 200 pass, expects a
  -- handful of rows of a builder and sorts all of them instead of reading the first page from an index.
  EXECUTE format(
    'CREATE POLICY all_tenants ON %s TO openhouse_platform
       USING ((SELECT current_user = ''openhouse_platform'')) WITH CHECK ((SELECT current_user = ''openhouse_platform''))', target);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO openhouse_app, openhouse_platform', target);
  EXECUTE format('CREATE POLICY backup ON %s FOR SELECT TO openhouse_backup USING ((SELECT current_user) = ''openhouse_backup'')', target);
END $$;
--> statement-breakpoint
DO $$
DECLARE
  target regclass;
BEGIN
  FOR target IN
    SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
  LOOP
    PERFORM protect_tenant_table(target);
  END LOOP;
END $$;
--> statement-breakpoint
-- A tenant's own row is the tenant itself.
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON tenants TO openhouse_app
  USING ((SELECT current_user) = 'openhouse_app' AND id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY all_tenants ON tenants TO openhouse_platform
  USING ((SELECT current_user = 'openhouse_platform')) WITH CHECK ((SELECT current_user = 'openhouse_platform'));
GRANT SELECT ON tenants TO openhouse_app;
GRANT SELECT, INSERT, UPDATE ON tenants TO openhouse_platform;
--> statement-breakpoint
-- The log of what happened only grows. Its payloads may be erased but never changed, and nobody but the keeper
-- seals; the trigger holds even those whom no right binds, until they take it away and leave a trace.
REVOKE UPDATE, DELETE ON activity_log FROM openhouse_app, openhouse_platform;
REVOKE UPDATE ON activity_payloads FROM openhouse_app, openhouse_platform;
REVOKE INSERT, UPDATE, DELETE ON activity_seals, activity_chains, chain_checks FROM openhouse_app, openhouse_platform;
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER activity_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON activity_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER activity_seals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON activity_seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION await_seal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO activity_unsealed (activity_id) SELECT id FROM added;
  PERFORM pg_notify('activity_logged', '');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER activity_log_await_seal AFTER INSERT ON activity_log
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION await_seal();
GRANT INSERT ON activity_unsealed TO openhouse_app, openhouse_platform, openhouse_door;
--> statement-breakpoint
-- The keeper's door, opened table by table below.
CREATE FUNCTION open_to_keeper(target regclass) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  EXECUTE format('CREATE POLICY keeper ON %s TO openhouse_keeper USING ((SELECT current_user) = ''openhouse_keeper'') WITH CHECK ((SELECT current_user) = ''openhouse_keeper'')', target);
END $$;
--> statement-breakpoint
-- The door before a tenant is known: named columns of named tables, nothing else.
CREATE FUNCTION open_door(target regclass) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  EXECUTE format('CREATE POLICY door ON %s TO openhouse_door USING ((SELECT current_user) = ''openhouse_door'') WITH CHECK ((SELECT current_user) = ''openhouse_door'')', target);
END $$;
--> statement-breakpoint
SELECT open_door(t::regclass) FROM unnest(ARRAY['tenants', 'developments', 'units', 'purchasers', 'staff', 'staff_developments', 'sessions', 'api_keys', 'qr_scans', 'error_log', 'rate_limit_log', 'request_log', 'activity_log', 'activity_payloads', 'llm_error_log']) t;
--> statement-breakpoint
GRANT SELECT (id, slug, name, suspended_at) ON tenants TO openhouse_door;
GRANT SELECT (id, tenant_id, name) ON developments TO openhouse_door;
GRANT SELECT (id, tenant_id, development_id, house_type_id, public_id, access_code_encrypted) ON units TO openhouse_door;
GRANT SELECT (id, tenant_id, unit_id, position) ON purchasers TO openhouse_door;
GRANT SELECT (id, tenant_id, email, name, role, password_hash, totp_secret_encrypted, totp_enabled_at, totp_last_step, recovery_code_hashes, disabled_at) ON staff TO openhouse_door;
GRANT UPDATE (totp_secret_encrypted, totp_enabled_at, totp_last_step, recovery_code_hashes) ON staff TO openhouse_door;
GRANT SELECT (tenant_id, staff_id, development_id) ON staff_developments TO openhouse_door;
GRANT SELECT, INSERT, UPDATE (revoked_at, last_seen_at) ON sessions TO openhouse_door;
-- What was ended stays ended: the door may end a session and never begin it again.
CREATE POLICY ended_for_good ON sessions AS RESTRICTIVE FOR UPDATE TO openhouse_door
  USING ((SELECT current_user) <> 'openhouse_door' OR revoked_at IS NULL) WITH CHECK (true);
GRANT SELECT, UPDATE (last_used_at) ON api_keys TO openhouse_door;
GRANT INSERT ON qr_scans, error_log, rate_limit_log, request_log, activity_log, activity_payloads, llm_error_log TO openhouse_door;
GRANT SELECT (id, tenant_id) ON activity_log TO openhouse_door;
--> statement-breakpoint
-- The queue moves jobs along without seeing what they are about, but for the payload it hands to the handler.
CREATE POLICY queue ON job_status TO openhouse_queue USING ((SELECT current_user) = 'openhouse_queue') WITH CHECK ((SELECT current_user) = 'openhouse_queue');
CREATE POLICY queue ON job_attempts TO openhouse_queue USING ((SELECT current_user) = 'openhouse_queue') WITH CHECK ((SELECT current_user) = 'openhouse_queue');
GRANT SELECT, INSERT, UPDATE ON job_status, job_attempts TO openhouse_queue;
-- Pruning may only take what is over; the attempts go with their job.
CREATE POLICY prune_finished ON job_status AS RESTRICTIVE FOR DELETE TO openhouse_queue USING (finalized_at IS NOT NULL);
GRANT DELETE ON job_status TO openhouse_queue;
GRANT SELECT, INSERT, UPDATE, DELETE ON cron_ticks TO openhouse_queue;
GRANT SELECT ON cron_ticks TO openhouse_platform;
--> statement-breakpoint
-- Checked at the end of a statement, so that two households can change places in one.
ALTER TABLE purchasers DROP CONSTRAINT purchasers_position_key;
ALTER TABLE purchasers ADD CONSTRAINT purchasers_position_key UNIQUE (tenant_id, unit_id, position) DEFERRABLE;
--> statement-breakpoint
-- The live version is a version of this very document.
ALTER TABLE documents ADD CONSTRAINT documents_live_version_fkey
  FOREIGN KEY (tenant_id, id, live_version_id) REFERENCES document_versions (tenant_id, document_id, id);
--> statement-breakpoint
-- Whatever changes what a development's homes may be answered from raises its version and says so.
CREATE FUNCTION raise_retrieval_version() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE developments d SET retrieval_version = retrieval_version + 1
    FROM (SELECT DISTINCT tenant_id, development_id FROM changed) c
    WHERE d.tenant_id = c.tenant_id AND d.id = c.development_id;
  PERFORM pg_notify('retrieval_changed', c.development_id::text) FROM (SELECT DISTINCT development_id FROM changed) c;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER documents_retrieval_update AFTER UPDATE ON documents
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_retrieval_version();
CREATE TRIGGER documents_retrieval_delete AFTER DELETE ON documents
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_retrieval_version();
CREATE TRIGGER document_house_types_retrieval_insert AFTER INSERT ON document_house_types
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_retrieval_version();
CREATE TRIGGER document_house_types_retrieval_delete AFTER DELETE ON document_house_types
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_retrieval_version();
CREATE TRIGGER knowledge_retrieval_insert AFTER INSERT ON knowledge
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_retrieval_version();
CREATE TRIGGER knowledge_retrieval_update AFTER UPDATE ON knowledge
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_retrieval_version();
--> statement-breakpoint
-- The queue wakes its threads when a transaction that enqueued commits.
CREATE FUNCTION announce_jobs() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM pg_notify('jobs_available', '');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER job_status_announce AFTER INSERT ON job_status FOR EACH STATEMENT EXECUTE FUNCTION announce_jobs();
--> statement-breakpoint
-- A version is never left waiting for a job that will not run again: giving up on the job fails the version,
-- in the same transaction, whoever gave up.
CREATE POLICY queue ON document_versions TO openhouse_queue USING ((SELECT current_user) = 'openhouse_queue') WITH CHECK ((SELECT current_user) = 'openhouse_queue');
GRANT SELECT (id, tenant_id, status), UPDATE (status, failure_code) ON document_versions TO openhouse_queue;
--> statement-breakpoint
CREATE FUNCTION fail_version_of_job() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE document_versions SET status = 'failed', failure_code = 'ingestion_failed'
    WHERE tenant_id = NEW.tenant_id AND id = (NEW.payload ->> 'versionId')::uuid AND status IN ('queued', 'processing');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER job_status_fails_version AFTER UPDATE OF state ON job_status FOR EACH ROW
  WHEN (NEW.kind = 'ingest-document' AND NEW.state IN ('discarded', 'cancelled')) EXECUTE FUNCTION fail_version_of_job();
--> statement-breakpoint
-- The same for an import of units: nobody waits for a report that nobody will write.
CREATE POLICY queue ON imports TO openhouse_queue USING ((SELECT current_user) = 'openhouse_queue') WITH CHECK ((SELECT current_user) = 'openhouse_queue');
GRANT SELECT (id, tenant_id, status), UPDATE (status, failure_code) ON imports TO openhouse_queue;
--> statement-breakpoint
CREATE FUNCTION fail_import_of_job() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE imports SET status = 'failed', failure_code = 'import_failed'
    WHERE tenant_id = NEW.tenant_id AND id = (NEW.payload ->> 'importId')::uuid AND status IN ('checking', 'importing');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER job_status_fails_import AFTER UPDATE OF state ON job_status FOR EACH ROW
  WHEN (NEW.kind = 'import-units' AND NEW.state IN ('discarded', 'cancelled')) EXECUTE FUNCTION fail_import_of_job();
--> statement-breakpoint
-- And one that is run again makes the version wait again.
CREATE FUNCTION requeue_version_of_job() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE document_versions SET status = 'queued', stage = 'stored', failure_code = NULL
    WHERE tenant_id = NEW.tenant_id AND id = (NEW.payload ->> 'versionId')::uuid AND status = 'failed';
  RETURN NULL;
EXCEPTION WHEN unique_violation THEN
  -- The same file was uploaded again meanwhile and counts as the document now: the job finds its version failed.
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER job_status_requeues_version AFTER UPDATE OF state ON job_status FOR EACH ROW
  WHEN (NEW.kind = 'ingest-document' AND OLD.state IN ('discarded', 'cancelled') AND NEW.state = 'available')
  EXECUTE FUNCTION requeue_version_of_job();
--> statement-breakpoint
-- Staff of some developments see the jobs about those and about nothing in particular.
CREATE POLICY granted_developments ON job_status AS RESTRICTIVE FOR SELECT TO openhouse_app USING (
  (SELECT current_setting('app.development_ids', true)) = '*'
  OR NOT payload ?| ARRAY['documentId', 'unitId', 'developmentId']
  OR EXISTS (SELECT FROM documents d WHERE d.tenant_id = job_status.tenant_id AND d.id = (payload ->> 'documentId')::uuid)
  OR EXISTS (SELECT FROM units u WHERE u.tenant_id = job_status.tenant_id AND u.id = (payload ->> 'unitId')::uuid)
  OR EXISTS (SELECT FROM developments d WHERE d.tenant_id = job_status.tenant_id AND d.id = (payload ->> 'developmentId')::uuid)
);
--> statement-breakpoint
-- Whoever sets a pin without saying that it was geocoded has entered it; an address that changes makes a geocoded
-- pin, and every earlier failure to find one, void.
CREATE FUNCTION note_location_source() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.latitude, NEW.longitude) IS DISTINCT FROM (OLD.latitude, OLD.longitude)
      AND NEW.geocoded_at IS NOT DISTINCT FROM OLD.geocoded_at THEN
      NEW.location_source := 'entered';
    ELSIF (NEW.address_line, NEW.eircode) IS DISTINCT FROM (OLD.address_line, OLD.eircode)
      AND NEW.location_source IS DISTINCT FROM 'entered' THEN
      NEW.latitude := NULL;
      NEW.longitude := NULL;
      NEW.location_source := NULL;
      NEW.geocode_form := NULL;
      NEW.geocode_attempts := 0;
      NEW.geocode_failure_code := NULL;
    END IF;
  END IF;
  IF NEW.latitude IS NULL AND NEW.location_source IN ('entered', 'geocoded') THEN
    NEW.location_source := NULL;
  ELSIF NEW.latitude IS NOT NULL AND coalesce(NEW.location_source, 'development') = 'development' THEN
    NEW.location_source := 'entered';
  END IF;
  IF NEW.location_source = 'entered' THEN
    NEW.geocode_failure_code := NULL;
  END IF;
  IF NEW.location_source IS DISTINCT FROM 'geocoded' THEN
    NEW.geocode_quality := NULL;
    NEW.geocoded_at := NULL;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER units_location BEFORE INSERT OR UPDATE OF latitude, longitude, location_source, address_line, eircode ON units
  FOR EACH ROW EXECUTE FUNCTION note_location_source();
CREATE TRIGGER developments_location BEFORE INSERT OR UPDATE OF latitude, longitude, location_source, address_line, eircode ON developments
  FOR EACH ROW EXECUTE FUNCTION note_location_source();
--> statement-breakpoint
-- Turns to call outside systems belong to no tenant; worker threads take them through the queue's door.
GRANT SELECT, INSERT, UPDATE ON outbound_slots TO openhouse_queue;
--> statement-breakpoint
-- The queue fans a tick, or a change of the embedding model, out to every development, and removes fetched places once they may be kept no longer.
CREATE POLICY queue ON developments FOR SELECT TO openhouse_queue USING ((SELECT current_user) = 'openhouse_queue');
GRANT SELECT (id, tenant_id, embedding_model, embedding_dimensions) ON developments TO openhouse_queue;
CREATE POLICY queue_purge ON places TO openhouse_queue USING ((SELECT current_user) = 'openhouse_queue' AND expires_at < now());
GRANT SELECT (id, expires_at), DELETE ON places TO openhouse_queue;
--> statement-breakpoint
-- The keeper seals and checks the activity log.
SELECT open_to_keeper(t::regclass) FROM unnest(ARRAY['activity_log', 'activity_payloads', 'activity_seals', 'activity_chains', 'chain_checks']) t;
GRANT SELECT ON activity_log, activity_payloads TO openhouse_keeper;
GRANT SELECT, INSERT ON activity_seals, chain_checks TO openhouse_keeper;
GRANT SELECT, INSERT, UPDATE ON activity_chains TO openhouse_keeper;
GRANT SELECT, DELETE ON activity_unsealed TO openhouse_keeper;
--> statement-breakpoint
-- It removes what may be kept no longer: of each row it sees no more than how old it is and what must go.
SELECT open_to_keeper(t::regclass) FROM unnest(ARRAY['request_log', 'rag_log', 'error_log', 'llm_error_log', 'rate_limit_log', 'ingestion_log', 'data_access_log', 'qr_scans', 'sessions', 'person_exports']) t;
GRANT SELECT (id, created_at), DELETE ON request_log, rag_log, error_log, llm_error_log, rate_limit_log, ingestion_log, data_access_log TO openhouse_keeper;
GRANT SELECT (id, created_at, ip_address, user_agent), UPDATE (ip_address, user_agent), DELETE ON qr_scans TO openhouse_keeper;
GRANT SELECT (id, created_at, expires_at, revoked_at, ip_address, user_agent), UPDATE (ip_address, user_agent), DELETE ON sessions TO openhouse_keeper;
GRANT SELECT (id, storage_key, created_at, expires_at), DELETE ON person_exports TO openhouse_keeper;
GRANT UPDATE (ip_address) ON activity_payloads TO openhouse_keeper;
GRANT SELECT, INSERT ON purges TO openhouse_keeper;
GRANT SELECT ON purges TO openhouse_platform;
SELECT open_to_keeper(t::regclass) FROM unnest(ARRAY['documents', 'document_versions', 'developments']) t;
-- The trigger of a document that goes raises its development's version as the keeper.
GRANT SELECT (id, tenant_id, retrieval_version), UPDATE (retrieval_version) ON developments TO openhouse_keeper;
GRANT SELECT (id, tenant_id, deleted_at), DELETE ON documents TO openhouse_keeper;
GRANT SELECT (tenant_id, document_id, storage_key, size_bytes) ON document_versions TO openhouse_keeper;
-- What a builder has stored is counted anew where files go.
SELECT open_to_keeper('storage_use'::regclass);
GRANT SELECT, INSERT, UPDATE ON storage_use TO openhouse_keeper;
REVOKE DELETE ON storage_use FROM openhouse_app, openhouse_platform;
--> statement-breakpoint
-- What is left of a network address after its time; null for what is none.
CREATE FUNCTION shortened_address(address text) RETURNS text LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog AS $$
BEGIN
  RETURN network(set_masklen(address::inet, CASE family(address::inet) WHEN 4 THEN 24 ELSE 48 END))::text;
EXCEPTION WHEN invalid_text_representation THEN
  RETURN NULL;
END $$;
--> statement-breakpoint
-- What pages keep in memory is forgotten, in every process, as soon as rows it was read from are written.
CREATE FUNCTION announce_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM pg_notify('rows_changed', c.tenant_id::text || ' ' || TG_TABLE_NAME)
    FROM (SELECT DISTINCT tenant_id FROM changed WHERE tenant_id IS NOT NULL) c;
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE
  target text;
  event text;
BEGIN
  FOREACH target IN ARRAY ARRAY['messages', 'qr_scans', 'data_access_log', 'units', 'daily_activity', 'daily_erased',
    'daily_home_activity', 'daily_tallies', 'rag_log', 'gaps', 'knowledge', 'documents', 'document_versions',
    'document_house_types', 'developments', 'house_types', 'snags', 'contractor_link_snags', 'notices', 'notice_reads',
    'places', 'staff', 'staff_developments', 'acknowledgements', 'brandings', 'purchasers', 'home_transfers'] LOOP
    FOREACH event IN ARRAY ARRAY['insert', 'update'] LOOP
      EXECUTE format('CREATE TRIGGER %I AFTER %s ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_change()',
        target || '_change_' || event, event, target);
    END LOOP;
    EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_change()',
      target || '_change_delete', target);
  END LOOP;
END $$;
--> statement-breakpoint
-- A mail or delivery is never left waiting for a job that will not run again. A webhook whose deliveries are given
-- up one after the other is switched off.
CREATE POLICY queue ON mails TO openhouse_queue USING ((SELECT current_user) = 'openhouse_queue') WITH CHECK ((SELECT current_user) = 'openhouse_queue');
CREATE POLICY queue ON webhooks TO openhouse_queue USING ((SELECT current_user) = 'openhouse_queue') WITH CHECK ((SELECT current_user) = 'openhouse_queue');
CREATE POLICY queue ON webhook_deliveries TO openhouse_queue USING ((SELECT current_user) = 'openhouse_queue') WITH CHECK ((SELECT current_user) = 'openhouse_queue');
GRANT SELECT (id, tenant_id, state, failure_code), UPDATE (state, failure_code) ON mails TO openhouse_queue;
GRANT SELECT (id, tenant_id, failure_count, disabled_at), UPDATE (failure_count, disabled_at) ON webhooks TO openhouse_queue;
GRANT SELECT (id, tenant_id, webhook_id, state, failure_code), UPDATE (state, failure_code) ON webhook_deliveries TO openhouse_queue;
--> statement-breakpoint
CREATE FUNCTION give_up_outbound() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  failures_max constant int := 10;
BEGIN
  IF NEW.kind = 'send-mail' THEN
    UPDATE mails SET state = 'failed', failure_code = coalesce(NEW.error_code, failure_code)
      WHERE tenant_id = NEW.tenant_id AND id = (NEW.payload ->> 'mailId')::uuid AND state IN ('queued', 'sending');
  ELSE
    WITH given_up AS (
      UPDATE webhook_deliveries SET state = 'failed', failure_code = coalesce(NEW.error_code, failure_code)
        WHERE tenant_id = NEW.tenant_id AND id = (NEW.payload ->> 'deliveryId')::uuid AND state = 'pending'
        RETURNING tenant_id, webhook_id
    )
    UPDATE webhooks w SET failure_count = failure_count + 1,
        disabled_at = CASE WHEN failure_count + 1 >= failures_max THEN coalesce(disabled_at, now()) ELSE disabled_at END
      FROM given_up g WHERE NEW.state = 'discarded' AND w.tenant_id = g.tenant_id AND w.id = g.webhook_id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER job_status_gives_up_outbound AFTER UPDATE OF state ON job_status FOR EACH ROW
  WHEN (NEW.kind IN ('send-mail', 'deliver-webhook') AND NEW.state IN ('discarded', 'cancelled')) EXECUTE FUNCTION give_up_outbound();
--> statement-breakpoint
SELECT open_to_keeper(t::regclass) FROM unnest(ARRAY['mails', 'webhook_deliveries', 'events', 'imports']) t;
GRANT SELECT (id, created_at), DELETE ON mails, webhook_deliveries, events, imports TO openhouse_keeper;
--> statement-breakpoint
-- Worker processes say that they live; the operator sees it, and says which kinds of jobs wait.
GRANT SELECT, INSERT, UPDATE, DELETE ON job_workers TO openhouse_queue;
GRANT SELECT ON job_workers TO openhouse_platform;
GRANT SELECT ON paused_job_kinds TO openhouse_queue;
GRANT SELECT, INSERT, DELETE ON paused_job_kinds TO openhouse_platform;
--> statement-breakpoint
-- Errors are counted by whoever sees them; the operator deals with them, the keeper forgets old ones.
GRANT SELECT, INSERT, UPDATE ON error_groups TO openhouse_door;
GRANT SELECT, UPDATE ON error_groups TO openhouse_platform;
GRANT SELECT (fingerprint, last_seen_at), DELETE ON error_groups TO openhouse_keeper;
--> statement-breakpoint
-- The door knows whom an operator looks as, and ends it in time.
SELECT open_door('impersonations');
GRANT SELECT, UPDATE (ended_at, ending) ON impersonations TO openhouse_door;
REVOKE INSERT, UPDATE, DELETE ON impersonations FROM openhouse_app;
REVOKE UPDATE, DELETE ON impersonations FROM openhouse_platform;
--> statement-breakpoint
-- Work of a suspended builder waits: the queue leaves its jobs where they are.
CREATE POLICY queue ON tenants FOR SELECT TO openhouse_queue USING ((SELECT current_user) = 'openhouse_queue');
GRANT SELECT (id, suspended_at) ON tenants TO openhouse_queue;
--> statement-breakpoint
-- Whoever holds a one-time link sets the password it is for, before anybody is signed in.
SELECT open_door('staff_links'::regclass);
GRANT SELECT (tenant_id, staff_id, purpose, token_hash, expires_at, used_at), UPDATE (used_at) ON staff_links TO openhouse_door;
GRANT UPDATE (password_hash) ON staff TO openhouse_door;
--> statement-breakpoint
-- Logs grow and are not rewritten. An erasure takes a person's rows out of four of them, and no more; how long the
-- rest is kept is the keeper's business.
REVOKE UPDATE, DELETE ON events FROM openhouse_app, openhouse_platform;
REVOKE UPDATE, DELETE ON data_access_log, qr_scans, error_log, llm_error_log, request_log, rag_log, ingestion_log, rate_limit_log FROM openhouse_app, openhouse_platform;
GRANT DELETE ON data_access_log, qr_scans, error_log, llm_error_log TO openhouse_app;
GRANT UPDATE (ip_address, user_agent) ON qr_scans TO openhouse_app;
--> statement-breakpoint
-- What proves who somebody is gets compared at the door and is nobody else's to read.
REVOKE SELECT ON staff, sessions, api_keys FROM openhouse_app, openhouse_platform;
GRANT SELECT (id, tenant_id, email, name, role, totp_enabled_at, disabled_at, created_at) ON staff TO openhouse_app, openhouse_platform;
GRANT SELECT (id, tenant_id, staff_id, unit_id, purchaser_id, ip_address, user_agent, created_at, last_seen_at, expires_at, revoked_at)
  ON sessions TO openhouse_app, openhouse_platform;
GRANT SELECT (id, tenant_id, name, prefix, scopes, allowed_origins, requests_per_minute, revoked_at, last_used_at, created_at) ON api_keys TO openhouse_app, openhouse_platform;
-- Seeding looks whether the demonstration's own keys are there.
GRANT SELECT (key_hash) ON api_keys TO openhouse_platform;
--> statement-breakpoint
SELECT open_to_keeper('idempotent_requests'::regclass);
GRANT SELECT (id, created_at), DELETE ON idempotent_requests TO openhouse_keeper;
--> statement-breakpoint
-- Whoever holds a contractor's link is asked which one it is before anybody is signed in.
SELECT open_door('contractor_links'::regclass);
GRANT SELECT (id, tenant_id, development_id, token_hash, expires_at, withdrawn_at) ON contractor_links TO openhouse_door;
SELECT open_to_keeper('contractor_links'::regclass);
GRANT SELECT (id, created_at), DELETE ON contractor_links TO openhouse_keeper;
SELECT open_to_keeper('daily_home_activity'::regclass);
GRANT SELECT (tenant_id, development_id, unit_id, day), DELETE ON daily_home_activity TO openhouse_keeper;
--> statement-breakpoint
-- Who acknowledged a document, from where: the address is shortened in time.
SELECT open_to_keeper('acknowledgements'::regclass);
GRANT SELECT (id, created_at, ip_address), UPDATE (ip_address) ON acknowledgements TO openhouse_keeper;
--> statement-breakpoint
-- Files of long lists go with their row; builders that keep less say so, and the keeper then looks whose rows are whose.
SELECT open_to_keeper(t::regclass) FROM unnest(ARRAY['list_exports', 'retention_periods']) t;
GRANT SELECT (id, storage_key, created_at, expires_at), DELETE ON list_exports TO openhouse_keeper;
GRANT SELECT (tenant_id, rule, days) ON retention_periods TO openhouse_keeper;
GRANT SELECT (tenant_id) ON rag_log, data_access_log, qr_scans, imports, mails, ingestion_log TO openhouse_keeper;
--> statement-breakpoint
-- Alerts are judged by what the keeper counts; it sees when and how well, never who or what.
GRANT SELECT (route, method, status, duration_ms) ON request_log TO openhouse_keeper;
GRANT SELECT (request_id) ON rag_log, llm_error_log TO openhouse_keeper;
GRANT SELECT (outcome) ON ingestion_log TO openhouse_keeper;
SELECT open_to_keeper('llm_usage'::regclass);
GRANT SELECT (tenant_id, day, token_count) ON llm_usage TO openhouse_keeper;
GRANT SELECT, INSERT, UPDATE ON alert_readings, incidents TO openhouse_keeper;
GRANT SELECT, INSERT, DELETE ON incident_events TO openhouse_keeper;
GRANT DELETE ON incidents TO openhouse_keeper;
GRANT SELECT ON alert_readings TO openhouse_platform;
GRANT SELECT, INSERT, UPDATE ON incidents TO openhouse_platform;
GRANT SELECT, INSERT ON incident_events TO openhouse_platform;
--> statement-breakpoint
-- Every process notes once a minute how it does.
GRANT INSERT ON load_samples TO openhouse_queue;
GRANT SELECT ON load_samples TO openhouse_platform;
GRANT SELECT, DELETE ON load_samples TO openhouse_keeper;
--> statement-breakpoint
-- What the operator switches and says, everybody reads.
SELECT open_door('feature_flags'::regclass);
GRANT SELECT ON feature_flags TO openhouse_door;
REVOKE INSERT, UPDATE, DELETE ON feature_flags FROM openhouse_app;
GRANT SELECT ON announcements TO openhouse_door;
GRANT SELECT, INSERT ON announcement_dismissals TO openhouse_door;
GRANT SELECT, INSERT, UPDATE ON announcements, release_notes TO openhouse_platform;
GRANT SELECT ON release_notes TO openhouse_app;
--> statement-breakpoint
-- Whoever holds a private calendar address is told what is due in the home, before anybody is signed in.
SELECT open_door('calendar_feeds'::regclass);
GRANT SELECT (tenant_id, unit_id, token_hash) ON calendar_feeds TO openhouse_door;
REVOKE SELECT ON calendar_feeds FROM openhouse_app, openhouse_platform;
GRANT SELECT (id, tenant_id, unit_id, purchaser_id, created_at) ON calendar_feeds TO openhouse_app, openhouse_platform;
--> statement-breakpoint
-- A backup is a copy of everything. The owner itself sees no tenant's rows, because the walls are forced. Tables to come
-- are granted by themselves; one with walls of its own, built without protect_tenant_table, needs the policy as well.
CREATE POLICY backup ON tenants FOR SELECT TO openhouse_backup USING ((SELECT current_user) = 'openhouse_backup');
GRANT SELECT ON ALL TABLES IN SCHEMA public TO openhouse_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO openhouse_backup;
--> statement-breakpoint
-- Supabase grants every new table to the roles of its own web API. Nobody comes by that way here.
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated', 'service_role') LOOP
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', name);
    EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM %I', name);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM %I', name);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON FUNCTIONS FROM %I', name);
  END LOOP;
END $$;
