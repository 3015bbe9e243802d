// Writes one row for its number through the fence, as every lasting effect must be written.
import { sql } from 'drizzle-orm'
import type { Run } from './run.ts'

export const run: Run = async (_scope, payload, context) => {
  await context.fenced((db) =>
    db.execute(sql`insert into drill_effects (tenant_id, number, job_id, attempt)
      values (${payload.tenantId}, ${payload.number}, ${context.jobId}, ${context.attempt})
      on conflict (job_id) do nothing`),
  )
  await Bun.sleep(payload.number % 7)
  context.progress('written', 1, 1)
  return undefined
}
