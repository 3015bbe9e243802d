// Notes when it runs, to show that two of its kind never run at once.
import { sql } from 'drizzle-orm'
import { throughQueue } from '#db/scope.ts'
import type { Run } from './run.ts'

export const run: Run = async (_scope, payload, context) => {
  const [row] = await throughQueue((db) =>
    db.execute<{ count: number }>(
      sql`select count(*)::int as count from job_status where kind = 'alone' and state = 'running'`,
    ),
  )
  await Bun.sleep(5)
  await context.fenced((db) =>
    db.execute(sql`insert into drill_effects (tenant_id, number, job_id, attempt)
      values (${payload.tenantId}, ${row?.count ?? 0}, ${context.jobId}, ${context.attempt})`),
  )
  return undefined
}
