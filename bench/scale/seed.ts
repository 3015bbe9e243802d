// A hundred times the pilot in minutes: every row is made by the database itself, set by set, and none is real.
import type postgres from 'postgres'

/** A hundred times the pilot. */
const SCALE = {
  homes: 7_500,
  largestHomes: 1_500,
  /** Those of the demonstration, which are there already. */
  demoHomes: 135,
  events: 2_000_000,
  messages: 300_000,
  documents: 10_000,
  snags: 20_000,
  notices: 400,
  knowledge: 1_000,
} as const
type Scale = Record<keyof typeof SCALE, number>
const DEVELOPMENTS = 20

const scaleOf = (share: number): Scale =>
  Object.fromEntries(Object.entries(SCALE).map(([what, count]) => [what, Math.round(count * share)])) as Scale

const DAYS = 365
/** Longer than that the log of answers is not kept. */
const RAG_DAYS = 180

type Progress = (sentence: string) => void

/**
 * As the superuser, into a database with the demonstration's two builders and nothing else.
 * @param share of a hundred times the pilot
 */
export async function seedScale(sql: postgres.Sql, say: Progress, share = 1): Promise<void> {
  const scale = scaleOf(share)
  const steps: [string, (sql: postgres.TransactionSql, scale: Scale) => Promise<unknown>][] = [
    ['developments and homes', estates],
    ['documents', documents],
    ['conversations and questions', questions],
    ['openings, maps and scans', events],
    ['what could not be answered', gaps],
    ['snags', snags],
    ['notices and answers of the builders', words],
  ]
  for (const [name, step] of steps) {
    const startedAt = performance.now()
    await sql.begin(async (transaction) => {
      await transaction`select setseed(0.42)`
      await step(transaction, scale)
    })
    say(`${name}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`)
  }
  await sql`vacuum analyze`
}

/** Two of the developments are the other builder's; one is five times the others, because some are. */
async function estates(sql: postgres.TransactionSql, scale: Scale): Promise<void> {
  const [model] = await sql`select access_code_encrypted as code from units limit 1`
  await sql`create unlogged table scale_developments as
    select n, uuidv7() as id, t.id as tenant_id,
      case when n = 1 then ${scale.largestHomes}::int else greatest(0, ${scale.homes - scale.largestHomes - scale.demoHomes}::int) / ${DEVELOPMENTS - 1}::int + 1 end as homes
    from generate_series(1, ${DEVELOPMENTS}) n
    join tenants t on t.slug = case when n > ${DEVELOPMENTS - 2} then 'harbour-homes' else 'longview-estates' end`
  await sql`insert into developments (id, tenant_id, slug, name, code_prefix, address_line, locality, county, latitude, longitude, location_source)
    select id, tenant_id, 'scale-' || n, 'Scale Park ' || lpad(n::text, 2, '0'), 'SP', 'Scale Road', 'Cork', 'Cork', 51.9 + n * 0.001, -8.45, 'entered'
    from scale_developments`
  await sql`create unlogged table scale_types as
    select d.n, k, uuidv7() as id, d.id as development_id, d.tenant_id from scale_developments d, generate_series(1, 12) k`
  await sql`insert into house_types (id, tenant_id, development_id, code, name, typical_bedrooms)
    select id, tenant_id, development_id, 'BD' || lpad(k::text, 2, '0'), 'Type ' || k, 2 + k % 3 from scale_types`
  await sql`insert into units (id, tenant_id, development_id, house_type_id, number, address_line, eircode, bedrooms, bathrooms,
      floor_area_m2, latitude, longitude, location_source, geocode_failure_code, handed_over_on, public_id, access_code_encrypted, claimed_at, card_printed_at)
    select uuidv7(), d.tenant_id, d.id, t.id, i::text, i || ' Scale Park, Cork', null, 2 + i % 3, 1 + i % 3, 80 + i % 90,
      case when i % 20 <> 0 then 51.9 + d.n * 0.001 + i * 0.00001 end, case when i % 20 <> 0 then -8.45 end,
      case when i % 20 <> 0 then 'entered' end, case when i % 20 = 0 then 'geocode_no_match' end,
      case when i % 10 < 8 then current_date - (i % 330) end, md5('unit ' || d.n || ' ' || i), ${model?.code},
      case when i % 10 < 7 then now() - make_interval(days => i % 320, mins => i) end, now() - interval '340 days'
    from scale_developments d, generate_series(1, d.homes) i
    join scale_types t on true where t.n = d.n and t.k = 1 + i % 12`
  await sql`create unlogged table scale_units as
    select row_number() over (order by u.development_id, u.id)::int as n, u.id, u.tenant_id, u.development_id, u.house_type_id
    from units u join developments d on d.id = u.development_id and d.slug like 'scale-%' where u.claimed_at is not null`
  await sql`create unique index on scale_units (n)`
  await sql`insert into purchasers (id, tenant_id, unit_id, full_name, position)
    select uuidv7(), u.tenant_id, u.id, 'Invented Person ' || row_number() over (), 1
    from units u join developments d on d.id = u.development_id and d.slug like 'scale-%'`
}

async function documents(sql: postgres.TransactionSql, scale: Scale): Promise<void> {
  await sql`create unlogged table scale_documents as
    select row_number() over (order by d.n, i)::int as n, uuidv7(-random() * interval '300 days') as id, uuidv7() as version_id, d.tenant_id, d.id as development_id,
      d.n as development, i, i % 10 in (7, 8) as is_of_home, (array['user_guide','manual','floor_plan','elevation','services_drawing','specification','warranty','certificate','ber','brochure'])[1 + i % 10] as kind
    from scale_developments d, generate_series(1, greatest(1, ${scale.documents}::int * d.homes / ${scale.homes}::int)) i`
  await sql`create unique index on scale_documents (n)`
  // A home finds its development's documents by number: a join that has to search is what takes hours.
  await sql`alter table scale_units add first_document int, add documents int`
  await sql`update scale_units u set first_document = d.first, documents = d.count
    from (select development_id, min(n) as first, count(*)::int as count from scale_documents group by 1) d where d.development_id = u.development_id`
  await sql`analyze scale_documents, scale_units`
  await sql`insert into documents (id, tenant_id, development_id, unit_id, kind, title, created_at)
    select s.id, s.tenant_id, s.development_id,
      case when s.is_of_home then (select u.id from units u where u.development_id = s.development_id and u.number = (1 + s.i % 200)::text) end,
      s.kind, initcap(replace(s.kind, '_', ' ')) || ' ' || s.i, uuid_extract_timestamp(s.id) from scale_documents s`
  await sql`insert into document_versions (id, tenant_id, development_id, document_id, number, status, stage, failure_code, file_name, storage_key,
      size_bytes, content_sha256, duplicate_key, page_count, chunk_count, ready_at)
    select version_id, tenant_id, development_id, id, 1, case when n % 50 = 0 then 'failed' else 'ready' end, case when n % 50 = 0 then 'extracting' else 'ready' end,
      case when n % 50 = 0 then 'unreadable' end, 'scale-' || n || '.pdf', 'scale/' || n, 1000000, md5(n::text), md5(n::text), 12, 40, now() from scale_documents`
  await sql`update documents d set live_version_id = s.version_id from scale_documents s where s.id = d.id and s.n % 50 <> 0`
  // Half of what is not of one home is of one house type.
  await sql`insert into document_house_types (tenant_id, development_id, document_id, house_type_id)
    select s.tenant_id, s.development_id, s.id, t.id from scale_documents s
    join scale_types t on t.n = s.development and t.k = 1 + s.i % 12 where not s.is_of_home and s.i % 2 = 0`
}

/** Some of the words that buyers use, put together; enough of them that questions have to be grouped by meaning. */
async function questions(sql: postgres.TransactionSql, scale: Scale): Promise<void> {
  await sql`create unlogged table scale_wordings as
    select row_number() over ()::int as n, format(how, thing) as question from
      unnest(array['How do I use the %s?', 'Where is the %s?', 'Who repairs the %s?', 'Is there a manual for the %s?', 'The %s makes a noise, what now?', 'How often is the %s serviced?']) how,
      unnest(array['heat pump','boiler','hob','oven','fuse board','stopcock','attic hatch','ventilation unit','window handle','front door lock','alarm','smoke alarm','immersion','shower pump','radiator valve','thermostat','solar panels','car charger','outside tap','patio drain','bin store','parking space','broadband box','meter cabinet','gutter','fence','driveway','garden wall','kitchen fan','fridge','washing machine tap','towel rail','bathroom light','stairs rail','skylight','letter box']) thing`
  await sql`create unlogged table scale_questions as
    select g, u.id as unit_id, u.tenant_id, u.development_id, u.house_type_id, w.question, at,
      uuidv7(at - now()) as id, null::uuid as conversation_id,
      case when g % 100 < 55 then 'document' when g % 100 < 75 then 'fact' when g % 100 < 85 then 'place' when g % 100 < 91 then 'gap' when g % 100 < 96 then 'refusal' else 'safety' end as stage
    from (select g, now() - random() * ${DAYS}::int * interval '1 day' as at, 1 + floor(random() * (select count(*) from scale_units))::int as unit,
        1 + floor(random() * random() * (select count(*) from scale_wordings))::int as wording
      from generate_series(1, ${scale.messages}) g) r
    join scale_units u on u.n = r.unit join scale_wordings w on w.n = r.wording order by at`
  // A home talks about five things at a time.
  await sql`create unlogged table scale_conversations as
    select unit_id, tenant_id, part, uuidv7(min(at) - now()) as id, min(at) as at, max(at) as last_at, min(question) as title
    from (select unit_id, tenant_id, at, question, (row_number() over (partition by unit_id order by at) / 5)::int as part from scale_questions) q group by 1, 2, 3`
  await sql`insert into conversations (id, tenant_id, unit_id, origin, title, last_message_at, created_at)
    select id, tenant_id, unit_id, 'app', title, last_at, at from scale_conversations`
  await sql`create index on scale_conversations (unit_id, part)`
  await sql`analyze scale_questions, scale_conversations`
  await sql`insert into messages (id, tenant_id, conversation_id, client_key, question, answer, stage, reason, mode, request_id, answered_at, feedback, feedback_at, created_at)
    select q.id, q.tenant_id, c.id, q.id::text, q.question, 'Answered by an invented sentence.', q.stage,
      case when q.stage = 'place' and q.g % 3 = 0 then 'none_recorded' else 'scale' end,
      case when q.g % 4 = 0 then 'extractive' else 'llm' end, 'scale', q.at,
      case when q.g % 23 = 0 then 'not_helpful' when q.g % 11 = 0 then 'helpful' end, case when q.g % 23 = 0 or q.g % 11 = 0 then q.at end, q.at
    from (select *, (row_number() over (partition by unit_id order by at) / 5)::int as part from scale_questions) q
    join scale_conversations c on c.unit_id = q.unit_id and c.part = q.part order by q.at`
  await sql`insert into rag_log (id, tenant_id, development_id, unit_id, message_id, request_id, stage, reason, mode, index_version, candidate_count, chunk_ids, stages, duration_ms, created_at)
    select uuidv7(at - now()), tenant_id, development_id, unit_id, id, 'scale', stage, 'scale', 'llm',
      case when stage in ('document','gap') then 1 end, case when stage = 'gap' and g % 2 = 0 then 0 else g % 12 end, '{}',
      '[{"stage":"conversation","reason":"question"}]', 20 + (g % 97) * (g % 53), at
    from scale_questions where at > now() - make_interval(days => ${RAG_DAYS}) order by at`
  await sql`insert into message_citations (tenant_id, message_id, position, document_id, version_id, page, quote, created_at)
    select q.tenant_id, q.id, 1, d.id, d.version_id, 1 + q.g % 12, 'An invented sentence of a document.', q.at
    from scale_questions q join scale_units u on u.id = q.unit_id
    join scale_documents d on d.n = u.first_document + q.g % u.documents where q.stage = 'document'`
}

async function events(sql: postgres.TransactionSql, scale: Scale): Promise<void> {
  const [opened, maps, scans] = [scale.events * 0.8, scale.events * 0.08, scale.events * 0.12]
  await sql`insert into data_access_log (id, tenant_id, unit_id, document_id, actor_type, actor_id, action, request_id, created_at)
    select uuidv7(e.at - now()), u.tenant_id, u.id, d.id, 'purchaser', u.id::text, 'document.file', 'scale', e.at
    from (select g, now() - random() * ${DAYS}::int * interval '1 day' as at, 1 + floor(random() * (select count(*) from scale_units))::int as unit
      from generate_series(1, ${opened}::int) g) e
    join scale_units u on u.n = e.unit join scale_documents d on d.n = u.first_document + e.g % u.documents order by e.at`
  await sql`insert into data_access_log (id, tenant_id, unit_id, actor_type, actor_id, action, request_id, created_at)
    select uuidv7(e.at - now()), u.tenant_id, u.id, 'purchaser', u.id::text,
      'map.' || (array['opened','opened','education','food','health','transport'])[1 + g % 6], 'scale', e.at
    from (select g, now() - random() * ${DAYS}::int * interval '1 day' as at, 1 + floor(random() * (select count(*) from scale_units))::int as unit
      from generate_series(1, ${maps}::int) g) e join scale_units u on u.n = e.unit order by e.at`
  await sql`insert into qr_scans (id, tenant_id, unit_id, outcome, request_id, created_at)
    select uuidv7(e.at - now()), u.tenant_id, u.id, case when g % 40 = 0 then 'claimed' when g % 25 = 0 then 'wrong_code' else 'opened' end, 'scale', e.at
    from (select g, now() - random() * ${DAYS}::int * interval '1 day' as at, 1 + floor(random() * (select count(*) from scale_units))::int as unit
      from generate_series(1, ${scans}::int) g) e join scale_units u on u.n = e.unit order by e.at`
}

/** The first of each wording in a development gives its group the name; two in three groups were answered. */
async function gaps(sql: postgres.TransactionSql): Promise<void> {
  await sql`insert into gaps (id, tenant_id, development_id, unit_id, house_type_id, message_id, question, group_id, status, answer, answered_at, created_at)
    select uuidv7(q.at - now()), q.tenant_id, q.development_id, q.unit_id, q.house_type_id, q.id, q.question,
      first_value(q.id) over w, case when hashtext(q.question) % 3 = 0 then 'open' else 'answered' end,
      case when hashtext(q.question) % 3 <> 0 then 'Answered by an invented builder.' end, case when hashtext(q.question) % 3 <> 0 then q.at end, q.at
    from scale_questions q where q.stage = 'gap'
    window w as (partition by q.development_id, q.question order by q.at)`
}

async function snags(sql: postgres.TransactionSql, scale: Scale): Promise<void> {
  await sql`insert into snags (id, tenant_id, development_id, unit_id, room, category, description, status, closed_at, created_at)
    select uuidv7(e.at - now()), u.tenant_id, u.development_id, u.id, (array['Kitchen','Hall, stairs and landing','Bedroom 1','Main bathroom'])[1 + g % 4],
      (array['plumbing','electrical','heating','doors_windows','walls_paint','floors','kitchen','outside','other'])[1 + g % 9], 'An invented fault.',
      (array['reported','seen','scheduled','fixed','fixed','fixed','fixed','fixed','fixed','declined'])[1 + g % 10],
      case when g % 10 > 2 then least(now(), e.at + (g % 40) * interval '1 day') end, e.at
    from (select g, now() - random() * ${DAYS}::int * interval '1 day' as at, 1 + floor(random() * (select count(*) from scale_units))::int as unit
      from generate_series(1, ${scale.snags}) g) e join scale_units u on u.n = e.unit order by e.at`
}

async function words(sql: postgres.TransactionSql, scale: Scale): Promise<void> {
  await sql`create unlogged table scale_notices as select uuidv7(-(i * interval '10 days')) as id, d.tenant_id, d.id as development_id, i
    from scale_developments d, generate_series(1, ${Math.ceil(scale.notices / DEVELOPMENTS)}) i`
  await sql`insert into notices (id, tenant_id, development_id, title, body, category, publish_at, author_name, created_at)
    select id, tenant_id, development_id, 'Notice ' || i, 'Something invented happens.', 'general', uuid_extract_timestamp(id), 'Somebody Invented', uuid_extract_timestamp(id) from scale_notices`
  await sql`insert into notice_reads (tenant_id, development_id, notice_id, unit_id, reader_id)
    select n.tenant_id, n.development_id, n.id, u.id, u.id from scale_notices n join scale_units u on u.development_id = n.development_id where (u.n + n.i) % 2 = 0`
  await sql`insert into knowledge (id, tenant_id, development_id, question, answer, author_name, created_at)
    select uuidv7(-(i * interval '1 day')), d.tenant_id, d.id, 'Invented question ' || i || '?', 'An invented answer.', 'Somebody Invented', now() - i * interval '1 day'
    from scale_developments d, generate_series(1, ${Math.ceil(scale.knowledge / DEVELOPMENTS)}) i`
}
