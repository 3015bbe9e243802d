// Statements about a tenant's use of the language model, shared by every process that serves it.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

/** A tenant's day ends at midnight where its homes are. */
const today = sql`(now() at time zone 'Europe/Dublin')::date`

export async function tokensUsedToday(db: Db, tenantId: string): Promise<number> {
  const [row] = await db.execute<{ count: string }>(
    sql`select token_count::text as count from llm_usage where tenant_id = ${tenantId} and day = ${today}`,
  )
  return Number(row?.count ?? 0)
}

export async function addTokensUsed(db: Db, tenantId: string, count: number): Promise<void> {
  await db.execute(sql`
    insert into llm_usage as u (tenant_id, day, token_count, call_count) values (${tenantId}, ${today}, ${count}, 1)
    on conflict (tenant_id, day) do update
      set token_count = u.token_count + excluded.token_count, call_count = u.call_count + 1`)
}

/** Counting and inserting are two steps: one caller of a tenant takes them at a time. */
export async function lockLlmCalls(db: Db, tenantId: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`llm ${tenantId}`}, 0))`)
}

/** False when as many calls as are allowed are under way. */
export async function insertLlmCall(
  db: Db,
  call: { tenantId: string; id: string; expiresInMs: number; callsMax: number },
): Promise<boolean> {
  const rows = await db.execute<{ id: string }>(sql`
    insert into llm_calls (tenant_id, id, expires_at)
    select ${call.tenantId}, ${call.id}, clock_timestamp() + ${call.expiresInMs}::float8 * interval '1 ms'
    where (select count(*) from llm_calls where tenant_id = ${call.tenantId} and expires_at > clock_timestamp()) < ${call.callsMax}::int
    returning id`)
  return rows.length === 1
}

/** Ends a call, and removes what processes that died have left. */
export async function deleteLlmCall(db: Db, tenantId: string, id: string): Promise<void> {
  await db.execute(sql`
    delete from llm_calls where tenant_id = ${tenantId} and (id = ${id} or expires_at < clock_timestamp())`)
}
