// Figures of the first pages of the portals: counted from the rows, one statement a page.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { shownVersion } from './documents.ts'

export type TodayFigures = {
  homes: number
  claimedHomes: number
  ready: number
  processing: number
  failed: number
  unanswered: number
  openQuestions: { id: string; question: string; homes: number }[]
}

const OPEN_QUESTIONS_SHOWN = 10

export async function todayFigures(db: Db, developmentId: string): Promise<TodayFigures> {
  const [row] = await db.execute<Record<keyof TodayFigures, unknown>>(sql`
    select
      (select count(*)::int from units where development_id = ${developmentId}) as "homes",
      (select count(*)::int from units where development_id = ${developmentId} and claimed_at is not null) as "claimedHomes",
      count(*) filter (where document_versions.status = 'ready')::int as "ready",
      count(*) filter (where document_versions.status in ('queued', 'processing'))::int as "processing",
      count(*) filter (where document_versions.status = 'failed')::int as "failed",
      (select count(distinct group_id)::int from gaps where development_id = ${developmentId} and status = 'open') as "unanswered",
      coalesce((select json_agg(g) from (
        select (array_agg(id order by id))[1] as id, (array_agg(question order by id))[1] as question,
          count(distinct unit_id)::int as homes from gaps
        where development_id = ${developmentId} and status = 'open'
        group by group_id order by 3 desc, 1 limit ${OPEN_QUESTIONS_SHOWN}) g), '[]') as "openQuestions"
    from documents
    join document_versions on ${shownVersion}
    where documents.development_id = ${developmentId} and documents.deleted_at is null`)
  const questions = row?.openQuestions
  return {
    homes: Number(row?.homes),
    claimedHomes: Number(row?.claimedHomes),
    ready: Number(row?.ready),
    processing: Number(row?.processing),
    failed: Number(row?.failed),
    unanswered: Number(row?.unanswered),
    openQuestions: (typeof questions === 'string'
      ? JSON.parse(questions)
      : questions) as TodayFigures['openQuestions'],
  }
}

export type TenantFigures = {
  id: string
  name: string
  slug: string
  developments: number
  homes: number
  claimedHomes: number
  documents: number
  questions: number
  createdAt: Date
}

const TENANTS_SHOWN = 100

export async function tenantFigures(db: Db): Promise<TenantFigures[]> {
  const rows = await db.execute<Omit<TenantFigures, 'createdAt'> & { createdAt: string }>(sql`
    select t.id, t.name, t.slug, t.created_at as "createdAt",
      (select count(*)::int from developments x where x.tenant_id = t.id) as "developments",
      (select count(*)::int from units x where x.tenant_id = t.id) as "homes",
      (select count(*)::int from units x where x.tenant_id = t.id and x.claimed_at is not null) as "claimedHomes",
      (select count(*)::int from documents x where x.tenant_id = t.id and x.deleted_at is null) as "documents",
      (select count(*)::int from messages x where x.tenant_id = t.id) as "questions"
    from tenants t order by t.name, t.id limit ${TENANTS_SHOWN}`)
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) }))
}

export const jobStateCounts = (db: Db): Promise<{ state: string; count: number }[]> =>
  db.execute<{ state: string; count: number }>(
    sql`select state, count(*)::int as count from job_status group by state order by state`,
  )

/** What the shell of the portal shows of the person signed in. */
export async function staffPerson(
  db: Db,
  staffId: string,
): Promise<{ name: string; email: string; tenantName: string | null } | null> {
  const [row] = await db.execute<{ name: string; email: string; tenantName: string | null }>(sql`
    select s.name, s.email, t.name as "tenantName" from staff s left join tenants t on t.id = s.tenant_id where s.id = ${staffId} limit 1`)
  return row ?? null
}
