// Longview Park with something on every page of the portal, and more than a page of whatever comes in pages.
import type postgres from 'postgres'
import type { TestDatabase } from './database.ts'
import { type Longview, openLongview } from './longview.ts'

const DOCUMENTS = 60
const SNAGS = 70
const GAPS = 60
const ROWS = 60

/** As the superuser: rows as the application leaves them, and none that a worker would take up. */
export async function fillPortal(database: TestDatabase): Promise<Longview> {
  const longview = await openLongview(database)
  const { look } = longview
  await provideUuidV7(look)
  // The application makes ids itself; here the database does.
  await look`do $$ declare t record; begin
    for t in select table_name from information_schema.columns where table_schema = 'public' and column_name = 'id' and data_type = 'uuid'
      and table_name in (select tablename from pg_tables where schemaname = 'public')
    loop execute format('alter table %I alter id set default uuidv7()', t.table_name); end loop; end $$`
  await look`create table filling as select d.tenant_id, d.id as development_id,
    (select id from staff s where s.tenant_id = d.tenant_id and s.role = 'admin' order by id limit 1) as staff_id
    from developments d where d.slug = 'longview-park'`
  await look`create table filling_homes as select row_number() over (order by u.id)::int as n, u.id, u.house_type_id
    from units u join filling f on f.development_id = u.development_id`
  for (const fill of [homes, documents, questions, events, snags, words, golden, jobs, imports, settings])
    await look.begin(fill)
  await look`drop table filling, filling_homes`
  await look`analyze`
  return longview
}

/** PostgreSQL has it since 18; before, the time is laid over a random one, and the version set. */
async function provideUuidV7(look: postgres.Sql): Promise<void> {
  await look.unsafe(`do $do$ begin
    if current_setting('server_version_num')::int >= 180000 then return; end if;
    create function uuidv7() returns uuid language sql volatile as $$
      select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
        substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid $$;
  end $do$`)
}

type Fill = (sql: postgres.TransactionSql) => Promise<unknown>

/** Some moved in, some opened the app; one is without a position, one changes hands. */
const homes: Fill = async (sql) => {
  await sql`update units u set claimed_at = now() - make_interval(days => h.n), handed_over_on = current_date - h.n * 5
    from filling_homes h where h.id = u.id and h.n <= 60`
  await sql`update units u set latitude = null, longitude = null, location_source = 'development', geocode_failure_code = 'geocode_no_match'
    from filling_homes h where h.id = u.id and h.n > 20`
  await sql`insert into home_transfers (tenant_id, development_id, unit_id, started_by, builder_confirmed_at, expires_at)
    select tenant_id, development_id, h.id, 'builder', now(), now() + interval '20 days' from filling, filling_homes h where h.n = 1`
}

/** Every kind, every state of ingestion; the first has three versions, is to be read, and its passages fill two pages. */
const documents: Fill = async (sql) => {
  await sql`create table filling_documents as select i as n, uuidv7() as id, f.* from filling f, generate_series(1, ${DOCUMENTS}) i`
  await sql`insert into documents (id, tenant_id, development_id, kind, title, must_read_from, deprecated_at)
    select id, tenant_id, development_id,
      (array['manual','certificate','warranty','floor_plan','elevation','specification','ber','user_guide','services_drawing','other'])[1 + n % 10],
      'Paper number ' || n, case when n in (1, 2) then 1 end, case when n = 3 then now() end from filling_documents`
  await sql`insert into document_versions (tenant_id, development_id, document_id, number, status, stage, failure_code, file_name, storage_key,
      size_bytes, content_sha256, duplicate_key, notes, page_count, chunk_count, expires_on, ready_at)
    select tenant_id, development_id, id, v, s.status, case s.status when 'ready' then 'ready' else 'extracting' end,
      case s.status when 'failed' then (array['needs_ocr','password_protected','unreadable','too_complex'])[1 + n % 4] end,
      'paper-' || n || '.pdf', 'portal/' || n || '/' || v, 1000 * n, md5(n || 'v' || v), md5(n || 'v' || v), case when v = 2 then 'The second page is new.' end,
      12, 60, case when n % 9 = 1 then current_date - 20 + n end, case s.status when 'ready' then now() end
    from filling_documents, generate_series(1, 3) v,
      lateral (select case when n % 7 = 5 then 'failed' when n % 11 = 6 then 'processing' else 'ready' end as status) s where v = 1 or n = 1`
  await sql`update documents d set live_version_id = v.id from document_versions v
    where v.document_id = d.id and v.status = 'ready' and v.number = case when d.title = 'Paper number 1' then 3 else 1 end`
  await sql`insert into chunks (tenant_id, development_id, document_id, version_id, reading, ordinal, page, printed_page, heading, content, content_sha256, terms, term_counts)
    select v.tenant_id, v.development_id, v.document_id, v.id, 1, i, 1 + i / 5, 'A' || (1 + i / 5), 'Heating', 'The boiler of home ' || i || ', version ' || v.number % 2, md5(i::text || v.number % 2),
      array['boiler','home'], array[1,1]::smallint[]
    from document_versions v join filling_documents d on d.id = v.document_id and d.n = 1, generate_series(1, ${ROWS}) i`
  await sql`insert into document_house_types (tenant_id, development_id, document_id, house_type_id)
    select d.tenant_id, d.development_id, d.id, t.id from filling_documents d join house_types t on t.development_id = d.development_id where d.n % 3 = 0`
}

/** Answered and unanswered, thought well and badly of, over forty days; half of the gaps were answered later. */
const questions: Fill = async (sql) => {
  await sql`create table filling_questions as select i as n, uuidv7() as id, uuidv7() as conversation_id, h.id as unit_id, h.house_type_id,
      now() - make_interval(days => i % 40, mins => i) as at, f.*, 'What about thing number ' || i % 35 || '?' as question,
      case when i <= ${GAPS} then 'gap' else (array['document','fact','place','refusal','safety'])[1 + i % 5] end as stage
    from filling f, generate_series(1, ${GAPS} * 2) i join filling_homes h on h.n = 1 + i % 40`
  await sql`insert into conversations (id, tenant_id, unit_id, origin, title) select conversation_id, tenant_id, unit_id, 'app', question from filling_questions`
  await sql`insert into messages (id, tenant_id, conversation_id, client_key, question, answer, answered_at, stage, reason, mode, request_id, feedback, feedback_at, created_at)
    select id, tenant_id, conversation_id, id::text, question, 'An answer.', at, stage, 'portal', case when n % 3 = 0 then 'extractive' else 'llm' end, 'portal',
      case when n % 5 = 0 then 'helpful' when n % 7 = 0 then 'not_helpful' end, case when n % 5 = 0 or n % 7 = 0 then at end, at from filling_questions`
  await sql`insert into gaps (id, tenant_id, development_id, unit_id, house_type_id, message_id, question, group_id, status, asked_builder_at, answer, answered_at, created_at)
    select g.id, tenant_id, development_id, unit_id, house_type_id, g.message_id, question, first_value(g.id) over (partition by question order by n),
      g.status, case when n % 4 = 0 then at end, case g.status when 'answered' then 'The builder’s answer.' end, case g.status when 'answered' then at end, at
    from filling_questions q, lateral (select uuidv7() as id, q.id as message_id, case when q.n > ${GAPS / 2} then 'answered' else 'open' end as status) g where stage = 'gap'`
  await sql`insert into rag_log (tenant_id, development_id, unit_id, message_id, request_id, stage, reason, mode, index_version, candidate_count, chunk_ids, stages, duration_ms, created_at)
    select tenant_id, development_id, unit_id, id, 'portal', stage, 'portal', 'llm', 1, n % 6, '{}', '[]', n * 40, at from filling_questions`
  await sql`insert into message_citations (tenant_id, message_id, position, document_id, version_id, page, quote, created_at)
    select q.tenant_id, q.id, 1, d.id, d.live_version_id, 1, 'The boiler.', q.at from filling_questions q
    join filling_documents f on f.n = 1 + q.n % 4 join documents d on d.id = f.id and d.live_version_id is not null where q.stage = 'document'`
  await sql`insert into knowledge (tenant_id, development_id, question, answer, author_name)
    select tenant_id, development_id, 'Asked before, number ' || i || '?', 'Answered by the builder.', 'Orla Example' from filling, generate_series(1, ${ROWS}) i`
  await sql`drop table filling_questions`
}

const events: Fill = async (sql) => {
  await sql`insert into data_access_log (tenant_id, unit_id, document_id, actor_type, actor_id, action, request_id, created_at)
    select d.tenant_id, h.id, case when i % 3 > 0 then d.id end, 'purchaser', 'portal', case when i % 3 > 0 then 'document.file' else 'map.opened' end, 'portal', now() - make_interval(days => i % 40)
    from generate_series(1, 200) i join filling_documents d on d.n = 1 + i % 9 join filling_homes h on h.n = 1 + i % 50`
  await sql`insert into qr_scans (tenant_id, unit_id, outcome, request_id, created_at)
    select tenant_id, h.id, (array['opened','claimed','wrong_code'])[1 + i % 3], 'portal', now() - make_interval(days => i % 40)
    from filling, generate_series(1, 100) i join filling_homes h on h.n = 1 + i % 60`
}

/** In every state and trade, some with a contractor. */
const snags: Fill = async (sql) => {
  await sql`insert into snags (tenant_id, development_id, unit_id, room, category, description, status, closed_at, created_at)
    select tenant_id, development_id, h.id, 'Kitchen', (array['plumbing','electrical','heating','doors_windows','walls_paint','floors','kitchen','outside','other'])[1 + i % 9],
      'Something is wrong here, number ' || i, s.status, case when s.status in ('fixed', 'declined') then now() end, now() - make_interval(days => i)
    from filling, generate_series(1, ${SNAGS * 3}) i join filling_homes h on h.n = 1 + i % 50,
      lateral (select case when i <= ${SNAGS} then (array['reported','seen','scheduled'])[1 + i % 3] when i % 6 = 0 then 'declined' else 'fixed' end as status) s`
  await sql`insert into snag_changes (tenant_id, development_id, snag_id, status, note, actor_type, actor_id)
    select tenant_id, development_id, id, 'seen', 'We come on Monday.', 'staff', 'portal' from snags where status = 'seen'`
  await sql`with link as (insert into contractor_links (tenant_id, development_id, contractor, token_hash, expires_at)
      select tenant_id, development_id, 'Plumbing and Sons', 'portal', now() + interval '10 days' from filling returning *)
    insert into contractor_link_snags (tenant_id, development_id, link_id, snag_id, done_at)
    select l.tenant_id, l.development_id, l.id, s.id, case when s.category = 'plumbing' then now() end from link l join snags s on s.closed_at is null and s.category in ('plumbing', 'heating')`
}

const words: Fill = async (sql) => {
  await sql`insert into notices (tenant_id, development_id, title, body, category, publish_at, withdrawn_at, author_name, created_at)
    select tenant_id, development_id, 'Notice number ' || i, 'The road is closed.', (array['general','works','utilities','safety','event'])[1 + i % 5],
      now() + make_interval(days => 3 - i), case when i = 5 then now() end, 'Orla Example', now() - make_interval(days => i) from filling, generate_series(1, ${ROWS}) i`
  await sql`insert into notice_reads (tenant_id, development_id, notice_id, unit_id, reader_id)
    select n.tenant_id, n.development_id, n.id, h.id, h.id from notices n join filling f on f.development_id = n.development_id join filling_homes h on h.n <= 20`
  await sql`insert into release_notes (title, body) values ('Homes by phase', 'Something is new.')`
}

/** One run that is over, and one before a re-index that waits for a decision. */
const golden: Fill = async (sql) => {
  await sql`insert into golden_questions (tenant_id, development_id, question, expected_phrase, must_be_gap, author_name)
    select tenant_id, development_id, 'Golden question number ' || i || '?', case when i % 5 > 0 then 'boiler' end, i % 5 = 0, 'Orla Example' from filling, generate_series(1, ${ROWS}) i`
  await sql`with run as (insert into golden_runs (tenant_id, development_id, trigger, total, passed, embedding_model, embedding_dimensions, passed_before, created_at, finished_at)
      select tenant_id, development_id, t.trigger, ${ROWS}, 50, t.model, t.dimensions, t.before, now() - t.ago, now()
      from filling, (values ('manual', null, null::int, null::int, interval '2 hours'), ('reindex', 'a-model', 512, 55, interval '1 hour')) t(trigger, model, dimensions, before, ago) returning *)
    insert into golden_failures (tenant_id, development_id, run_id, golden_question_id, stage, answer, is_lost)
    select r.tenant_id, r.development_id, r.id, q.id, 'gap', 'I could not find it.', r.trigger = 'reindex' from run r, lateral (select id from golden_questions q where q.development_id = r.development_id order by id limit 10) q`
}

/** In every state a job is found in. */
const jobs: Fill = (sql) =>
  sql`insert into job_status (tenant_id, kind, payload, state, attempt, max_attempts, timeout_ms, lease_owner, lease_expires_at, stage, progress_done, progress_total, error_code, attempted_at, finalized_at, created_at)
    select d.tenant_id, 'ingest-document', jsonb_build_object('developmentId', d.development_id, 'documentId', d.id, 'versionId', (select v.id from document_versions v where v.document_id = d.id limit 1)), s.state,
      1, 3, 60000, case s.state when 'running' then 'portal' end, case s.state when 'running' then now() + interval '1 hour' end, 'extracting', 1, 3,
      case when s.state in ('retryable', 'discarded') then 'needs_ocr' end, now(), case when s.state in ('completed', 'cancelled', 'discarded') then now() end, now() - make_interval(mins => d.n)
    from filling_documents d, lateral (select (array['completed','running','retryable','discarded','cancelled','scheduled','available','completed'])[1 + d.n % 8] as state) s`

/** Checked, imported and refused. */
const imports: Fill = async (sql) => {
  await sql`with import as (insert into imports (tenant_id, development_id, file_name, size_bytes, is_dry_run, status, failure_code, notes, create_count, update_count, error_count, checked_at, imported_at)
      select tenant_id, development_id, s.status || '.xlsx', 5000, true, s.status, case s.status when 'refused' then 'too_many_rows' end, '["The column “Colour” is not read."]', 20, 20, 20, now(),
        case s.status when 'imported' then now() end from filling, unnest(array['checked', 'imported', 'refused']) s(status) returning *)
    insert into import_rows (tenant_id, development_id, import_id, row_number, action, unit_number, messages, changes)
    select tenant_id, development_id, id, i, (array['create','update','unchanged','error'])[1 + i % 4], i::text, case i % 4 when 3 then '["The house type is missing."]' else '[]' end::jsonb,
      case i % 4 when 1 then '{"bedrooms": {"before": 2, "after": 3}}' else '{}' end::jsonb from import, generate_series(1, ${ROWS * 2}) i where status <> 'refused'`
}

/** A webhook with more than a page of deliveries, a visit of the operator, a log of more than a page, a list made by a job. */
const settings: Fill = async (sql) => {
  await sql`with webhook as (insert into webhooks (tenant_id, url, events, failure_count) select tenant_id, 'https://example.com/hook', array['snag.reported'], 2 from filling returning *)
    insert into webhook_deliveries (tenant_id, webhook_id, event_id, event, data, state, attempt_count, response_status, duration_ms, failure_code, delivered_at, created_at)
    select tenant_id, id, uuidv7(), 'snag.reported', '{}', s.state, 1, case s.state when 'delivered' then 204 end, 30, case s.state when 'failed' then 'webhook_failed' end, case s.state when 'delivered' then now() end, now() - make_interval(mins => i)
    from webhook, generate_series(1, ${ROWS}) i, lateral (select (array['pending','delivered','failed'])[1 + i % 3] as state) s`
  await sql`insert into impersonations (tenant_id, operator_id, operator_name, staff_id, reason, token_hash, expires_at, ended_at, ending)
    select tenant_id, uuidv7(), 'The operator', staff_id, 'They asked for help with homes', 'portal', now() + interval '10 minutes', now(), 'stopped' from filling`
  await sql`insert into activity_log (tenant_id, actor_type, actor_id, action, target_type, target_id, payload_sha256, request_id)
    select tenant_id, 'staff', staff_id, 'fact.changed', 'fact', i::text, sha256(i::text::bytea), 'portal' from filling, generate_series(1, ${ROWS}) i`
  await sql`insert into list_exports (tenant_id, development_id, list, request, staff_id, storage_key, size_bytes, row_count, ready_at, expires_at)
    select tenant_id, development_id, 'homes', '{}', staff_id, 'portal/list', 5000, 75, now(), now() + interval '1 day' from filling`
  await sql`drop table filling_documents`
}
