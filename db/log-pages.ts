// The logs as the operator reads them, all in one shape, newest first.
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'

export type LogRow = {
  id: string
  at: Date
  tenantId: string | null
  tenantName: string | null
  requestId: string | null
  fields: Record<string, unknown>
}

type Source = {
  /** The log as `x`, with what its fields need joined. */
  from: SQL
  fields: SQL
  /** What the one filter of the log compares. */
  kind: SQL
  tenantId?: SQL
  requestId?: SQL
  /** Its ids are made in the database and say nothing of the time. */
  isByTime?: true
}

const requestId = sql`x.request_id`

/** The name of staff who acted; the log keeps ids only. */
const actorName = sql`(select s.name from staff s where s.id = case when x.actor_id ~ '^[0-9a-f-]{36}$' then x.actor_id::uuid end)`

/** Texts of people are not among the fields: who wants to read one opens its row, and that is noted. */
const SOURCES = {
  requests: {
    from: sql`request_log x`,
    fields: sql`'route', x.route, 'method', x.method, 'status', x.status, 'ms', round(x.duration_ms::numeric, 1), 'actor', x.actor_type`,
    kind: sql`x.route`,
    requestId,
  },
  rag: {
    from: sql`rag_log x left join developments d on d.tenant_id = x.tenant_id and d.id = x.development_id`,
    fields: sql`'development', d.name, 'stage', x.stage, 'reason', x.reason, 'mode', x.mode, 'model', x.model, 'candidates', x.candidate_count, 'filtered', x.filtered_out_count, 'chunks', cardinality(x.chunk_ids), 'ms', x.duration_ms`,
    kind: sql`x.stage`,
    requestId,
  },
  ingestion: {
    from: sql`ingestion_log x left join documents d on d.tenant_id = x.tenant_id and d.id = x.document_id`,
    fields: sql`'document', d.title, 'stage', x.stage, 'outcome', x.outcome, 'detail', x.detail, 'ms', x.duration_ms`,
    kind: sql`x.outcome`,
  },
  'llm-errors': {
    from: sql`llm_error_log x`,
    fields: sql`'code', x.code, 'model', x.model, 'attempt', x.attempt, 'status', x.http_status, 'message', x.message, 'ms', x.latency_ms`,
    kind: sql`x.code`,
    requestId,
  },
  activity: {
    from: sql`activity_log x left join activity_payloads p on p.activity_id = x.id`,
    fields: sql`'action', x.action, 'actor', x.actor_type, 'name', coalesce(${actorName}, x.actor_id), 'target', x.target_type, 'targetId', x.target_id, 'changes', coalesce(p.payload, 'erased'), 'address', p.ip_address`,
    kind: sql`x.action`,
    requestId,
  },
  'chain-checks': {
    from: sql`chain_checks x`,
    fields: sql`'outcome', x.outcome, 'checked', x.checked_count, 'erased', x.erased_count, 'row', x.broken_activity_id, 'sequence', x.broken_sequence`,
    kind: sql`x.outcome`,
  },
  'data-access': {
    from: sql`data_access_log x left join units u on u.tenant_id = x.tenant_id and u.id = x.unit_id left join documents d on d.tenant_id = x.tenant_id and d.id = x.document_id`,
    fields: sql`'action', x.action, 'actor', x.actor_type, 'name', coalesce(${actorName}, x.actor_id), 'home', u.address_line, 'document', d.title`,
    kind: sql`x.action`,
    requestId,
  },
  'rate-limits': {
    from: sql`rate_limit_log x`,
    fields: sql`'policy', x.policy, 'subject', x.subject, 'route', x.route`,
    kind: sql`x.policy`,
    requestId,
  },
  scans: {
    from: sql`qr_scans x left join units u on u.tenant_id = x.tenant_id and u.id = x.unit_id`,
    fields: sql`'outcome', x.outcome, 'home', u.address_line, 'address', x.ip_address, 'agent', x.user_agent`,
    kind: sql`x.outcome`,
    requestId,
  },
  purges: {
    from: sql`purges x`,
    fields: sql`'rule', x.rule, 'rows', x.row_count, 'cutoff', x.cutoff_at`,
    kind: sql`x.rule`,
    tenantId: sql`null::uuid`,
  },
  mails: {
    from: sql`mails x`,
    fields: sql`'subject', x.subject, 'to', '…@' || split_part(x.to_address, '@', 2), 'state', x.state, 'code', x.failure_code, 'job', x.job_id`,
    kind: sql`x.state`,
  },
  'webhook-deliveries': {
    isByTime: true,
    from: sql`webhook_deliveries x left join webhooks w on w.tenant_id = x.tenant_id and w.id = x.webhook_id`,
    fields: sql`'event', x.event, 'url', w.url, 'state', x.state, 'attempts', x.attempt_count, 'status', x.response_status, 'code', x.failure_code, 'ms', x.duration_ms, 'job', x.job_id`,
    kind: sql`x.state`,
  },
  incidents: {
    from: sql`incident_events x join incidents i on i.id = x.incident_id`,
    fields: sql`'incident', i.title, 'rule', i.rule, 'kind', x.kind, 'name', x.actor_name, 'note', x.note, 'figures', x.figures`,
    kind: sql`x.kind`,
    tenantId: sql`null::uuid`,
  },
  impersonations: {
    from: sql`impersonations x left join staff f on f.tenant_id = x.tenant_id and f.id = x.staff_id left join units u on u.tenant_id = x.tenant_id and u.id = x.unit_id`,
    fields: sql`'operator', x.operator_name, 'as', coalesce(f.name, u.address_line), 'reason', x.reason, 'until', x.expires_at, 'ending', x.ending, 'ended', x.ended_at`,
    kind: sql`x.ending`,
  },
} satisfies Record<string, Source>

export type LogName = keyof typeof SOURCES
export const logNames = Object.keys(SOURCES) as LogName[]

export type LogFilter = {
  tenantId?: string | undefined
  requestId?: string | undefined
  kind?: string | undefined
}

type RowTexts = Omit<LogRow, 'at'> & { at: string }

/**
 * A page of a log. Ids are in order of time, so that the primary key serves the whole log; for one tenant there is
 * an index by time.
 */
export async function readLog(
  db: Db,
  name: LogName,
  filter: LogFilter,
  page: { after: { at: string; id: string } | null; limit: number },
): Promise<LogRow[]> {
  const source: Source = SOURCES[name]
  const { after } = page
  const isByTime = filter.tenantId || source.isByTime
  const position = isByTime
    ? after && sql`(x.created_at, x.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : after && sql`x.id < ${after.id}::uuid`
  const conditions = [
    filter.tenantId && sql`${tenantOf(source)} = ${filter.tenantId}::uuid`,
    filter.requestId && sql`${requestOf(source)} = ${filter.requestId}`,
    filter.kind && sql`${source.kind} = ${filter.kind}`,
    position,
  ].filter((condition) => condition !== undefined && condition !== null && condition !== '')
  const rows = await db.execute<RowTexts>(sql`
    select x.id, x.created_at as at, ${tenantOf(source)} as "tenantId",
      (select t.name from tenants t where t.id = ${tenantOf(source)}) as "tenantName",
      ${requestOf(source)} as "requestId", jsonb_build_object(${source.fields}) as fields
    from ${source.from} where ${conditions.length > 0 ? sql.join(conditions as SQL[], sql` and `) : sql`true`}
    order by ${isByTime ? sql`x.created_at desc, x.id desc` : sql`x.id desc`} limit ${page.limit}`)
  return rows.map(logRowOf)
}

const EACH_LOG_MAX = 50

/** What every log holds of one request, in order of time. */
export async function traceRequest(db: Db, wanted: string): Promise<(LogRow & { log: LogName })[]> {
  const parts = logNames.flatMap((name) => {
    const source: Source = SOURCES[name]
    if (!source.requestId) return []
    return sql`(select ${name} as log, x.id, x.created_at as at, ${tenantOf(source)} as "tenantId",
      (select t.name from tenants t where t.id = ${tenantOf(source)}) as "tenantName",
      ${source.requestId} as "requestId", jsonb_build_object(${source.fields}) as fields
      from ${source.from} where ${source.requestId} = ${wanted} order by x.id limit ${EACH_LOG_MAX})`
  })
  const rows = await db.execute<RowTexts & { log: LogName }>(
    sql`${sql.join(parts, sql` union all `)} order by at, id`,
  )
  return rows.map((row) => ({ ...logRowOf(row), log: row.log }))
}

const logRowOf = ({ at, fields, ...row }: RowTexts): LogRow => ({
  ...row,
  at: new Date(at),
  fields: parsed(fields),
})

/** The driver hands JSON that a statement made over as text. */
const parsed = <T>(json: T): T => (typeof json === 'string' ? JSON.parse(json) : json)

const tenantOf = (source: Source) => source.tenantId ?? sql`x.tenant_id`
const requestOf = (source: Source) => source.requestId ?? sql`null::text`

const TENANTS_MAX = 500

export const tenantNames = (db: Db): Promise<{ id: string; name: string }[]> =>
  db.execute<{ id: string; name: string }>(
    sql`select id, name from tenants order by name, id limit ${TENANTS_MAX}`,
  )

export type DeniedKey = { policy: string; subject: string; times: number; lastAt: Date }

const DENIED_SHOWN = 10

/** Who was told most often in the last day to slow down. */
export async function mostDenied(db: Db): Promise<DeniedKey[]> {
  const rows = await db.execute<Omit<DeniedKey, 'lastAt'> & { lastAt: string }>(sql`
    select policy, subject, count(*)::int as times, max(created_at) as "lastAt" from rate_limit_log
    where created_at > now() - interval '1 day'
    group by policy, subject order by 3 desc, policy, subject limit ${DENIED_SHOWN}`)
  return rows.map((row) => ({ ...row, lastAt: new Date(row.lastAt) }))
}

export type RagRun = {
  id: string
  at: Date
  tenantId: string
  tenantName: string
  unitId: string
  address: string
  requestId: string
  question: string | null
  answer: string | null
  stage: string
  reason: string
  mode: string
  model: string | null
  promptTokens: number | null
  completionTokens: number | null
  indexVersion: number | null
  candidateCount: number
  filteredOutCount: number
  stages: unknown
  durationMs: number
  chunks: { document: string; page: number; text: string }[]
}

/** A question from its first stage to its answer, with the passages it was answered from in their order. */
export async function ragRun(db: Db, id: string): Promise<RagRun | null> {
  const [row] = await db.execute<Omit<RagRun, 'at'> & { at: string }>(sql`
    select x.id, x.created_at as at, x.tenant_id as "tenantId", t.name as "tenantName", x.unit_id as "unitId",
      u.address_line as address, x.request_id as "requestId", m.question, m.answer, x.stage, x.reason, x.mode, x.model,
      x.prompt_tokens as "promptTokens", x.completion_tokens as "completionTokens", x.index_version as "indexVersion",
      x.candidate_count as "candidateCount", x.filtered_out_count as "filteredOutCount", x.stages, x.duration_ms as "durationMs",
      coalesce((select jsonb_agg(jsonb_build_object('document', d.title, 'page', c.page, 'text', c.content) order by c.n)
        from (select k.n, c.* from unnest(x.chunk_ids) with ordinality k(chunk_id, n)
          join chunks c on c.tenant_id = x.tenant_id and c.id = k.chunk_id) c
        join documents d on d.tenant_id = x.tenant_id and d.id = c.document_id), '[]') as chunks
    from rag_log x join tenants t on t.id = x.tenant_id
    join units u on u.tenant_id = x.tenant_id and u.id = x.unit_id
    left join messages m on m.tenant_id = x.tenant_id and m.id = x.message_id
    where x.id = ${id} limit 1`)
  return row ? { ...row, at: new Date(row.at), stages: parsed(row.stages), chunks: parsed(row.chunks) } : null
}
