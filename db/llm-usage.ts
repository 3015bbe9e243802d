// Statements about a tenant's use of the language model, shared by every process that serves it.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { type Given, statement } from './statement.ts'

/** A tenant's day ends at midnight where its homes are. */
const today = sql`(now() at time zone 'Europe/Dublin')::date`

export async function tokensUsedToday(db: Db, tenantId: string): Promise<number> {
  const [row] = await usedToday(db, { tenantId })
  return Number(row?.count ?? 0)
}

const usedToday = statement((db, given: Given<{ tenantId: string }>) =>
  db.execute<{ count: string }>(
    sql`select token_count::text as count from llm_usage where tenant_id = ${given.tenantId} and day = ${today}`,
  ),
)

export async function addTokensUsed(db: Db, used: { tenantId: string; count: number }): Promise<void> {
  await tokensUsed(db, used)
}

const tokensUsed = statement((db, given: Given<{ tenantId: string; count: number }>) =>
  db.execute(sql`
    insert into llm_usage as u (tenant_id, day, token_count, call_count) values (${given.tenantId}, ${today}, ${given.count}, 1)
    on conflict (tenant_id, day) do update
      set token_count = u.token_count + excluded.token_count, call_count = u.call_count + 1`),
)

/** Counting and inserting are two steps: one caller of a tenant takes them at a time. */
export async function lockLlmCalls(db: Db, tenantId: string): Promise<void> {
  await callsLock(db, { lock: `llm ${tenantId}` })
}

const callsLock = statement((db, given: Given<{ lock: string }>) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${given.lock}, 0))`),
)

type NewCall = { tenantId: string; id: string; expiresInMs: number; callsMax: number }

/** False when as many calls as are allowed are under way. */
export async function insertLlmCall(db: Db, call: NewCall): Promise<boolean> {
  return (await newCall(db, call)).length === 1
}

const newCall = statement((db, given: Given<NewCall>) =>
  db.execute<{ id: string }>(sql`
    insert into llm_calls (tenant_id, id, expires_at)
    select ${given.tenantId}, ${given.id}, clock_timestamp() + ${given.expiresInMs}::float8 * interval '1 ms'
    where (select count(*) from llm_calls where tenant_id = ${given.tenantId} and expires_at > clock_timestamp()) < ${given.callsMax}::int
    returning id`),
)

/** Ends a call, and removes what processes that died have left. */
export async function deleteLlmCall(db: Db, call: { tenantId: string; id: string }): Promise<void> {
  await ended(db, call)
}

const ended = statement((db, given: Given<{ tenantId: string; id: string }>) =>
  db.execute(sql`
    delete from llm_calls where tenant_id = ${given.tenantId} and (id = ${given.id} or expires_at < clock_timestamp())`),
)
