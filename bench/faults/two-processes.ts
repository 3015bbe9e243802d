// Two whole servers on one database: missed ticks are caught up once, and each tick of a minute is fired by one of them.
import { join } from 'node:path'
import type { Server } from '../../test/support/server.ts'
import { drained } from './ledger.ts'
import type { Rig } from './rig.ts'

const MINUTE_MS = 60_000
const PROGRAM = join(import.meta.dir, '../../test/jobs/drill/process.ts')
const DRILL_TASK = 'every-minute'
/** After the last tick, for whoever is late. */
const LATE_MS = 5_000

export async function twoProcesses(
  rig: Rig,
  first: Server,
  port: number,
  ticks: number,
): Promise<[string, string][]> {
  // As if both had been down since the day before yesterday.
  const missed = await rig.look`update cron_ticks set tick_at = tick_at - interval '2 days' returning task`
  await rig.look`delete from cron_ticks where tick_at > now() - interval '1 day'`
  const since = new Date()
  const [second, third] = await Promise.all([rig.serve(port), rig.serve(port + 1)])
  const caughtUp = await rig.look`select kind, count(*)::int as count from job_status
    where tenant_id is null and created_at >= ${since} group by 1 order by 1`
  await drained(rig)
  const minutes = await fireMinutes(rig, ticks)
  await Promise.all([second.kill('SIGTERM'), third.kill('SIGTERM')])
  const jobs =
    await rig.look`select count(*)::int as count from job_attempts where outcome = 'completed' group by job_id having count(*) > 1`
  return [
    [
      'missed ticks at two more servers started at once',
      `${missed.length} tasks were behind; caught up: ${caughtUp.map(({ kind, count }) => `${kind} ${count}×`).join(', ')}`,
    ],
    ['two processes, a task of every minute', minutes],
    ['jobs completed twice by them', String(jobs.length)],
    ['still serving', String((await fetch(`${first.url}/readyz`)).status)],
  ]
}

async function fireMinutes(rig: Rig, ticks: number): Promise<string> {
  if (ticks === 0) return 'left out'
  const env = {
    ...process.env,
    DATABASE_URL: rig.databaseUrl,
    DRILL_THREADS: '1',
    DRILL_CRON_TENANT: rig.tenantId,
    LOG_LEVEL: 'silent',
  }
  const children = [0, 1].map(() =>
    Bun.spawn([process.execPath, PROGRAM], { env, stdout: 'pipe', stderr: 'inherit' }),
  )
  await Promise.all(children.map((child) => child.stdout.getReader().read()))
  const first = Math.floor(Date.now() / MINUTE_MS) + 1
  await Bun.sleep((first + ticks - 1) * MINUTE_MS + LATE_MS - Date.now())
  for (const child of children) child.kill('SIGTERM')
  await Promise.all(children.map((child) => child.exited))
  const fired =
    await rig.look`select 1 from cron_ticks where task = ${DRILL_TASK} and tick_at >= ${new Date(first * MINUTE_MS)}`
  const jobs =
    await rig.look`select state from job_status where request_id = ${DRILL_TASK} and created_at >= ${new Date(first * MINUTE_MS)}`
  return `${ticks} ticks passed, ${fired.length} fired, ${jobs.length} jobs`
}
