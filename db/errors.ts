// Groups of errors and their occurrences: counted through the door, dealt with by the operator.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

export type ErrorSource = 'http' | 'job' | 'worker' | 'stream' | 'browser'

export type NewOccurrences = {
  fingerprint: string
  source: ErrorSource
  title: string
  release: string
  count: number
}

/** Counts occurrences; a group that had been resolved is open again. True for one that is new or came back. */
export async function countErrors(db: Db, seen: NewOccurrences): Promise<boolean> {
  const [row] = await db.execute<{ isNews: boolean }>(sql`
    insert into error_groups as g (fingerprint, source, title, occurrence_count, first_release, last_release)
    values (${seen.fingerprint}, ${seen.source}, ${seen.title}, ${seen.count}::int, ${seen.release}, ${seen.release})
    on conflict (fingerprint) do update set title = excluded.title, last_release = excluded.last_release,
      occurrence_count = least(g.occurrence_count::bigint + excluded.occurrence_count, 2147483647)::int,
      last_seen_at = now(), resolved_at = null,
      reopened_at = case when g.resolved_at is null then g.reopened_at else now() end
    returning (reopened_at = now() or occurrence_count = ${seen.count}::int) is true as "isNews"`)
  return row?.isNews ?? false
}

export type ErrorGroup = {
  fingerprint: string
  source: ErrorSource
  title: string
  /** Of the newest occurrence, while it is kept. */
  message: string | null
  occurrenceCount: number
  firstRelease: string
  lastRelease: string
  firstSeenAt: Date
  lastSeenAt: Date
  resolvedAt: Date | null
  reopenedAt: Date | null
}

type GroupTexts = Omit<ErrorGroup, 'firstSeenAt' | 'lastSeenAt' | 'resolvedAt' | 'reopenedAt'> & {
  firstSeenAt: string
  lastSeenAt: string
  resolvedAt: string | null
  reopenedAt: string | null
}

const groupColumns = sql`fingerprint, source, title, occurrence_count as "occurrenceCount",
  first_release as "firstRelease", last_release as "lastRelease", first_seen_at as "firstSeenAt",
  last_seen_at as "lastSeenAt", resolved_at as "resolvedAt", reopened_at as "reopenedAt",
  (select e.message from error_log e where e.fingerprint = error_groups.fingerprint order by e.id desc limit 1) as message`

const groupOf = (row: GroupTexts): ErrorGroup => ({
  ...row,
  firstSeenAt: new Date(row.firstSeenAt),
  lastSeenAt: new Date(row.lastSeenAt),
  resolvedAt: row.resolvedAt ? new Date(row.resolvedAt) : null,
  reopenedAt: row.reopenedAt ? new Date(row.reopenedAt) : null,
})

export type ErrorFilter = { source?: ErrorSource | undefined; status: 'open' | 'resolved' | 'all' }

export async function listErrorGroups(
  db: Db,
  filter: ErrorFilter,
  page: { after: { lastSeenAt: string; fingerprint: string } | null; limit: number },
): Promise<ErrorGroup[]> {
  const rows = await db.execute<GroupTexts>(sql`
    select ${groupColumns} from error_groups
    where ${filter.source ? sql`source = ${filter.source}` : sql`true`}
      and ${filter.status === 'all' ? sql`true` : filter.status === 'open' ? sql`resolved_at is null` : sql`resolved_at is not null`}
      and ${page.after ? sql`(last_seen_at, fingerprint) < (${page.after.lastSeenAt}::timestamptz, ${page.after.fingerprint})` : sql`true`}
    order by last_seen_at desc, fingerprint desc limit ${page.limit}`)
  return rows.map(groupOf)
}

export async function errorGroup(db: Db, fingerprint: string): Promise<ErrorGroup | null> {
  const [row] = await db.execute<GroupTexts>(
    sql`select ${groupColumns} from error_groups where fingerprint = ${fingerprint} limit 1`,
  )
  return row ? groupOf(row) : null
}

/** False when it was resolved already or is not there. */
export async function resolveErrorGroup(db: Db, fingerprint: string): Promise<boolean> {
  const rows = await db.execute(sql`
    update error_groups set resolved_at = now() where fingerprint = ${fingerprint} and resolved_at is null returning 1`)
  return rows.length > 0
}

export type ErrorOccurrence = {
  id: string
  at: Date
  tenantId: string | null
  tenantName: string | null
  message: string
  stack: string | null
  context: Record<string, unknown>
  release: string
  requestId: string | null
}

export async function listOccurrences(
  db: Db,
  fingerprint: string,
  page: { after: string | null; limit: number },
): Promise<ErrorOccurrence[]> {
  const rows = await db.execute<Omit<ErrorOccurrence, 'at'> & { at: string }>(sql`
    select e.id, e.created_at as at, e.tenant_id as "tenantId", t.name as "tenantName", e.message, e.stack, e.context,
      e.release, e.request_id as "requestId"
    from error_log e left join tenants t on t.id = e.tenant_id
    where e.fingerprint = ${fingerprint} and ${page.after ? sql`e.id < ${page.after}` : sql`true`}
    order by e.id desc limit ${page.limit}`)
  return rows.map((row) => ({ ...row, at: new Date(row.at) }))
}

/** Groups nobody has seen an occurrence of since `cutoff`. */
export async function deleteQuietGroups(db: Db, cutoff: Date, limit: number): Promise<number> {
  const rows = await db.execute(sql`
    delete from error_groups where fingerprint in (
      select fingerprint from error_groups where last_seen_at < ${cutoff.toISOString()} limit ${limit}
    ) returning 1`)
  return rows.length
}
