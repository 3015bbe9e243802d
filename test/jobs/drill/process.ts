// A whole process with a running queue of drill kinds, to be killed.
import { connect } from '#db/client.ts'
import type { CronTask } from '#jobs/cron-tasks.ts'
import { enqueueOf } from '#jobs/queue.ts'
import { startJobs } from '#jobs/runner.ts'
import { useConfig } from '#src/config.ts'
import { configFor, KINDS_MODULE } from '../drills.ts'
import { kinds } from './kinds.ts'

const STOP_MS = 4_000
const url = process.env.DATABASE_URL ?? ''
connect({ url, poolSize: 4 })
const config = configFor(url, Number(process.env.DRILL_THREADS))
useConfig(config)
const jobs = await startJobs(config, {
  kindsModule: KINDS_MODULE,
  cronTasks: everyMinute(process.env.DRILL_CRON_TENANT),
})
process.on('SIGTERM', async () => {
  await jobs.stop(STOP_MS)
  process.exit(0)
})
process.stdout.write('ready\n')

function everyMinute(tenantId: string | undefined): CronTask[] {
  if (!tenantId) return []
  const name = 'every-minute'
  const pattern = '* * * * *'
  return [{ name, pattern, enqueue: (db) => enqueueOf(kinds, db, 'noop', { tenantId }, { requestId: name }) }]
}
