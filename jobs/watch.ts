// What the main thread does again and again while threads work: renew, wake, reap, enforce.
import type { QueueConnection } from '#db/client.ts'
import { nextDueInMs, renewLeases } from '#db/job-leases.ts'
import { reapExpired, requeueOrphans } from '#db/job-recovery.ts'
import { log } from '#src/log.ts'
import { abortJob, type Crew, enforceDeadlines, runningJobs } from './crew.ts'

const BEAT_MS = 15_000
/** Fallback where notifications do not come through, and the clock of jobs that become due. */
const POLL_MS = 1_000
const REAP_MS = 5_000
const ENFORCE_MS = 250
/** A live process renews every beat: one whose lock is gone and that missed a beat is dead. */
const ORPHAN_SILENT_MS = 20_000

export type Watch = { beatAgeMs(): number; end(): void }

export type WatchOptions = {
  queue: QueueConnection
  crew: Crew
  wake: () => void
  /** Takes the process's lock again when its connection was lost. */
  keepLock: () => Promise<void>
  /** Says to the operator that this process lives. */
  reportPresence: () => Promise<void>
}

export function startWatch({ queue, crew, wake, keepLock, reportPresence }: WatchOptions): Watch {
  let lastBeatAtMs = performance.now()
  const beat = async () => {
    await keepLock()
    await renew(queue, crew)
    lastBeatAtMs = performance.now()
    await reportPresence()
  }
  const reap = async () => {
    // A main thread that stalled must not take its own jobs for lost.
    if (performance.now() - lastBeatAtMs > BEAT_MS) await beat()
    const expired = await queue.run(reapExpired)
    const orphans = await queue.run((db) => requeueOrphans(db, ORPHAN_SILENT_MS))
    if (expired.length + orphans.length === 0) return
    log('warn', 'jobs_taken_back', { expired: expired.length, orphans: orphans.length })
    wake()
  }
  const poll = async () => {
    await keepLock()
    const dueInMs = await queue.run(nextDueInMs)
    if (dueInMs !== null && dueInMs < POLL_MS) setTimeout(wake, Math.max(0, dueInMs))
  }
  const loops = [
    repeat('job_beat_failed', BEAT_MS, beat),
    repeat('job_reap_failed', REAP_MS, reap),
    repeat('job_poll_failed', POLL_MS, poll),
  ]
  const enforcing = setInterval(enforceDeadlines, ENFORCE_MS, crew)
  return {
    beatAgeMs: () => performance.now() - lastBeatAtMs,
    end: () => {
      clearInterval(enforcing)
      for (const loop of loops) loop.end()
    },
  }
}

async function renew(queue: QueueConnection, crew: Crew): Promise<void> {
  const asked = runningJobs(crew)
  if (asked.length === 0) return
  const held = await queue.run((db) => renewLeases(db, asked))
  const byId = new Map(held.map((lease) => [lease.id, lease]))
  for (const { id, owner } of asked) {
    const lease = byId.get(id)
    if (lease?.owner !== owner) abortJob(crew, id, owner, 'lost')
    else if (lease.isCancelRequested) abortJob(crew, id, owner, 'cancelled')
  }
}

/** A failed turn is logged, and the next one comes all the same. */
function repeat(event: string, pauseMs: number, step: () => Promise<void>): { end: () => void } {
  let isEnded = false
  let timer: Timer
  const turn = async () => {
    try {
      await step()
    } catch (error) {
      if (!isEnded) log('warn', event, { error: String(error) })
    }
    if (!isEnded) timer = setTimeout(turn, pauseMs)
  }
  timer = setTimeout(turn, pauseMs)
  return {
    end: () => {
      isEnded = true
      clearTimeout(timer)
    },
  }
}
