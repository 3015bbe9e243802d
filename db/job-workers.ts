// Processes that run jobs: what each says of itself, for the operator.
import { sql } from 'drizzle-orm'
import type { Db } from './scope.ts'

/** Rows of processes that died without a word are kept so long, for seeing that they did. */
const SILENT_KEPT_HOURS = 24

export type WorkerReport = {
  processNumber: number
  host: string
  pid: number
  threadCount: number
  runningCount: number
  replacementCount: number
}

export async function reportWorker(db: Db, report: WorkerReport): Promise<void> {
  await db.execute(sql`
    with gone as (
      delete from job_workers where heartbeat_at < now() - ${SILENT_KEPT_HOURS} * interval '1 hour'
    )
    insert into job_workers (process_number, host, pid, thread_count, running_count, replacement_count)
    values (${report.processNumber}, ${report.host}, ${report.pid}, ${report.threadCount}, ${report.runningCount},
      ${report.replacementCount})
    on conflict (process_number) do update set running_count = excluded.running_count,
      replacement_count = excluded.replacement_count, heartbeat_at = now()`)
}

export async function removeWorker(db: Db, processNumber: number): Promise<void> {
  await db.execute(sql`delete from job_workers where process_number = ${processNumber}`)
}
