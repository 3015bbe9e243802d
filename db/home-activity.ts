// What each home did on a day: rolled up, and the days since from the rows.
import { type SQL, sql } from 'drizzle-orm'
import { events, type Span, tailQuery } from './analytics.ts'
import type { Db } from './client.ts'

/** A query of homes and days of the span, with what they did. `is_home` of at least one event makes a home active. */
const counted = (span: Span): SQL => sql`
  select "developmentId", day, unit_id, bool_or(is_home) as is_active,
    count(*) filter (where kind = 'question')::int as questions,
    count(*) filter (where kind = 'opened')::int as documents_opened,
    count(*) filter (where kind = 'scan')::int as scans,
    count(*) filter (where kind = 'map')::int as map_opened
  from (${events(span)}) events group by "developmentId", day, unit_id`

/** Writes what the homes of the tenant did. What was counted once stays, whatever became of its rows. */
export async function upsertDailyHomes(db: Db, tenantId: string, span: Span): Promise<void> {
  await db.execute(sql`
    insert into daily_home_activity as d
      (tenant_id, development_id, day, unit_id, is_active, questions, documents_opened, scans, map_opened)
    select ${tenantId}, c."developmentId", c.day, c.unit_id, c.is_active, c.questions, c.documents_opened, c.scans, c.map_opened
    from (${counted(span)}) c
    on conflict (tenant_id, development_id, day, unit_id) do update set
      is_active = d.is_active or excluded.is_active,
      questions = greatest(d.questions, excluded.questions),
      documents_opened = greatest(d.documents_opened, excluded.documents_opened),
      scans = greatest(d.scans, excluded.scans),
      map_opened = greatest(d.map_opened, excluded.map_opened)`)
}

/** A query of what homes did on the days of the span, rolled up or not. */
export const homeDays = (span: Span & { developmentId: string }): SQL => sql`
  select a.day, a.unit_id, a.is_active, a.questions, a.documents_opened, a.scans, a.map_opened from daily_home_activity a
    where a.development_id = ${span.developmentId} and a.day >= ${span.from}::date
      and a.day < least((${tailQuery(span)}), ${span.to}::date + 1)
  union all
  select c.day, c.unit_id, c.is_active, c.questions, c.documents_opened, c.scans, c.map_opened
    from (${counted({ ...span, from: sql`(${tailQuery(span)})` })}) c`

/** Of one home that goes from the figures with the last person who lived there. */
export async function deleteHomeActivity(db: Db, unitId: string): Promise<number> {
  const rows = await db.execute(sql`delete from daily_home_activity where unit_id = ${unitId} returning day`)
  return rows.length
}
