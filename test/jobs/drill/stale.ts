// Waits until its lease is gone, then tries to write all the same.
import { writeFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { LeaseLost } from '#jobs/outcome.ts'
import type { Run } from './run.ts'

export const run: Run = async (_scope, payload, context) => {
  if (context.attempt > 1 || !(await context.leaseHeld())) return undefined
  context.progress('holding', 0, 1)
  while (await context.leaseHeld()) await Bun.sleep(10)
  try {
    await context.fenced((db) =>
      db.execute(sql`insert into drill_effects (tenant_id, number, job_id, attempt)
        values (${payload.tenantId}, 666, ${context.jobId}, ${context.attempt})`),
    )
  } catch (error) {
    writeFileSync(payload.file, error instanceof LeaseLost ? 'fenced off' : String(error))
  }
  return undefined
}
