// Its first run waits until its lease is gone, then tries to write all the same; its successor just ends.
import { existsSync, writeFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { LeaseLost } from '#jobs/outcome.ts'
import type { Run } from './run.ts'

export const run: Run = async (_scope, payload, context) => {
  const started = `${payload.file}.started`
  if (existsSync(started)) return undefined
  writeFileSync(started, '')
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
