// Answered requests: written many at a time, and counted by route.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

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

/** One parameter, however many rows: a statement built for each row costs more than most requests do. */
export async function insertRequests(db: Db, rows: RequestRow[]): Promise<void> {
  await db.execute(sql`
    insert into request_log (id, tenant_id, request_id, route, method, status, duration_ms, actor_type, created_at)
    select id, "tenantId", "requestId", route, method, status, "durationMs", "actorType", "createdAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "tenantId" uuid, "requestId" text, route text,
      method text, status int, "durationMs" float8, "actorType" text, "createdAt" timestamptz)`)
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
