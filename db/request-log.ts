// Answered requests: written many at a time, and counted by route.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { requestLog } from './schema/index.ts'

export type RequestRow = {
  id: string
  tenantId: string | null
  requestId: string
  route: string
  method: string
  status: number
  durationMs: number
  actorType: string
  createdAt: Date
}

export async function insertRequests(db: Db, rows: RequestRow[]): Promise<void> {
  await db.insert(requestLog).values(rows)
}

export type RouteFigures = {
  route: string
  method: string
  requestCount: number
  refusedCount: number
  failedCount: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  slowestRequestId: string
}

const ROUTES_SHOWN = 300

/** Of the last so many minutes, slowest first. */
export const routeFigures = (
  db: Db,
  of: { minutes: number; tenantId: string | undefined },
): Promise<RouteFigures[]> =>
  db.execute<RouteFigures>(sql`
    select route, method, count(*)::int as "requestCount",
      count(*) filter (where status between 400 and 499)::int as "refusedCount",
      count(*) filter (where status >= 500)::int as "failedCount",
      percentile_cont(0.5) within group (order by duration_ms)::float8 as "p50Ms",
      percentile_cont(0.95) within group (order by duration_ms)::float8 as "p95Ms",
      percentile_cont(0.99) within group (order by duration_ms)::float8 as "p99Ms",
      (array_agg(request_id order by duration_ms desc))[1] as "slowestRequestId"
    from request_log
    where created_at > now() - ${of.minutes}::int * interval '1 minute'
      and ${of.tenantId ? sql`tenant_id = ${of.tenantId}` : sql`true`}
    group by route, method order by 7 desc, route, method limit ${ROUTES_SHOWN}`)
