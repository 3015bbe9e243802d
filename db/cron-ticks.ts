// Ticks of cron tasks: who inserts the row has fired the tick.
import { sql } from 'drizzle-orm'
import type { Db } from './scope.ts'

/** The database's clock and the newest tick of the task that is on record. */
export async function lastTick(db: Db, task: string): Promise<{ nowMs: number; tickAtMs: number | null }> {
  const [row] = await db.execute<{ nowMs: number; tickAtMs: number | null }>(sql`
    select (extract(epoch from now()) * 1000)::float8 as "nowMs",
      (select (extract(epoch from max(tick_at)) * 1000)::float8 from cron_ticks where task = ${task}) as "tickAtMs"`)
  if (!row) throw new Error('an aggregate without a row')
  return row
}

/** False: another process was first. */
export async function insertTick(db: Db, task: string, tickAt: Date): Promise<boolean> {
  const rows = await db.execute(sql`
    insert into cron_ticks (id, task, tick_at) values (${Bun.randomUUIDv7()}, ${task}, ${tickAt.toISOString()})
    on conflict (task, tick_at) do nothing returning id`)
  return rows.length > 0
}

export async function noteTickJob(db: Db, task: string, tickAt: Date, jobId: string): Promise<void> {
  await db.execute(sql`
    update cron_ticks set job_id = ${jobId} where task = ${task} and tick_at = ${tickAt.toISOString()}`)
}
