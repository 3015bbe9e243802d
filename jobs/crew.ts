// The worker threads of this process: starts them, knows what each runs, replaces those that break.
import { Worker } from 'node:worker_threads'
import type { QueueConnection } from '#db/client.ts'
import { releaseOwned, settleJob } from '#db/job-leases.ts'
import { log } from '#src/log.ts'
import type { Kinds } from './kinds.ts'
import type { FromThread, RunningJob, ThreadSettings, ToThread } from './messages.ts'
import { untilWritten } from './persist.ts'
import { type AbortReason, type Ending, settlementOf } from './settlement.ts'

const RESPAWN_MS_MIN = 100
const RESPAWN_MS_MAX = 30_000
/** A thread that lived so long did not die of its start: the next replacement comes at once again. */
const HEALTHY_AFTER_MS = 60_000
/** Between the abort signal and the end of the thread. */
const ABORT_GRACE_MS = 5_000

export type Blame = Extract<Ending, { type: 'failed' }> | { type: 'cancel'; code: string }

export type RunningRecord = {
  job: RunningJob
  deadlineAtMs: number
  abort: { reason: AbortReason; atMs: number } | null
}

export type Thread = {
  index: number
  generation: number
  state: 'starting' | 'ready' | 'replacing'
  running: Map<string, RunningRecord>
}

export type CrewOptions = {
  queue: QueueConnection
  kinds: Kinds
  kindsModule: string
  threadCount: number
  processNumber: number
  baseMs: number
  env: Record<string, string>
  /** Called whenever a thread has settled a job or was replaced. */
  onChange: () => void
}

export type Crew = {
  threads(): readonly Thread[]
  send(message: ToThread): void
  abort(id: string, owner: string, reason: AbortReason): void
  /** Aborts runs past their deadline; ends the threads of those that did not listen. */
  enforce(): void
  runningJobs(): RunningJob[]
  /** How often a thread had to be replaced since the start. */
  replacements(): number
  terminate(): Promise<void>
}

type Member = Thread & {
  worker: Worker
  spawnedAtMs: number
  /** Replacements in a row without a healthy life between. */
  failures: number
  suspect: { culprit: string | null; detail: string } | null
}

export function startCrew(options: CrewOptions): Crew {
  const members: Member[] = []
  let isEnding = false
  let replacementCount = 0

  const ownerPrefix = (thread: Thread) => `${options.processNumber}.${thread.index}.${thread.generation}.`

  function spawn(index: number, generation: number, failures: number): void {
    const thread = { index, generation }
    const settings: ThreadSettings = {
      ownerPrefix: ownerPrefix(thread as Thread),
      thread: index,
      threadCount: options.threadCount,
      kindsModule: options.kindsModule,
    }
    const worker = new Worker(new URL('./thread.ts', import.meta.url), {
      env: options.env,
      workerData: settings,
    })
    const member: Member = {
      ...thread,
      ...{
        state: 'starting',
        running: new Map(),
        worker,
        spawnedAtMs: performance.now(),
        failures,
        suspect: null,
      },
    }
    members[index] = member
    worker.on('message', (message: FromThread) => hear(member, message))
    worker.on('error', (error) => void replace(member, blameAll(member, `the thread threw: ${error}`)))
    worker.on('exit', (code) => void replace(member, blameSuspect(member, `the thread exited with ${code}`)))
  }

  function hear(member: Member, message: FromThread): void {
    if (message.type === 'ready') {
      member.state = 'ready'
    } else if (message.type === 'claimed') {
      const nowMs = performance.now()
      for (const job of message.jobs)
        member.running.set(job.id, { job, deadlineAtMs: nowMs + job.timeoutMs, abort: null })
    } else if (message.type === 'settled') {
      if (member.running.get(message.id)?.job.owner === message.owner) member.running.delete(message.id)
    } else {
      member.suspect = message
      void replace(member, blameSuspect(member, message.detail))
    }
    options.onChange()
  }

  /** Ends the thread, charges those to blame, puts its other jobs back uncounted, and starts its successor. */
  async function replace(member: Member, blamed: Map<string, Blame>): Promise<void> {
    if (isEnding || member.state === 'replacing') return
    member.state = 'replacing'
    replacementCount++
    const failures = performance.now() - member.spawnedAtMs > HEALTHY_AFTER_MS ? 0 : member.failures + 1
    log('error', 'job_thread_replaced', {
      ...{ thread: member.index, generation: member.generation, failures },
      blamed: [...blamed].map(([id, blame]) => ({ id, code: blame.code })),
    })
    await member.worker.terminate()
    for (const [id, blame] of blamed) await charge(member.running.get(id)?.job, blame)
    await untilWritten('job_release_failed', () =>
      options.queue.run((db) => releaseOwned(db, ownerPrefix(member))),
    )
    member.running.clear()
    options.onChange()
    await Bun.sleep(failures === 0 ? 0 : Math.min(RESPAWN_MS_MAX, RESPAWN_MS_MIN * 2 ** (failures - 1)))
    if (!isEnding) spawn(member.index, member.generation + 1, failures)
  }

  async function charge(job: RunningJob | undefined, blame: Blame): Promise<void> {
    const policy = job && options.kinds[job.kind]
    if (!policy) return
    const run = { ...job, policy, baseMs: options.baseMs, random: Math.random() }
    const settlement = settlementOf(blame, run)
    if (!settlement) return
    await untilWritten('job_settle_failed', () =>
      options.queue.run((db) => settleJob(db, job, settlement, null)),
    )
    const { id, kind, attempt, tenantId, requestId } = job
    log('error', 'job_settled', {
      id,
      kind,
      attempt,
      tenantId,
      requestId,
      state: settlement.state,
      code: blame.code,
    })
  }

  function enforce(): void {
    const nowMs = performance.now()
    for (const member of members) {
      if (member.state === 'replacing') continue
      const deaf = new Map<string, Blame>()
      for (const [id, record] of member.running) {
        if (!record.abort && nowMs > record.deadlineAtMs) tell(member, record, 'deadline')
        if (record.abort && record.abort.reason !== 'stopping' && nowMs > record.abort.atMs + ABORT_GRACE_MS)
          deaf.set(id, blameOfDeaf(record.abort.reason))
      }
      if (deaf.size > 0) void replace(member, deaf)
    }
  }

  function tell(member: Member, record: RunningRecord, reason: AbortReason): void {
    if (record.abort) return
    record.abort = { reason, atMs: performance.now() }
    const { id, owner } = record.job
    member.worker.postMessage({ type: 'abort', id, owner, reason } satisfies ToThread)
  }

  for (let index = 0; index < options.threadCount; index++) spawn(index, 1, 0)

  return {
    threads: () => members,
    send: (message) => {
      for (const member of members) if (member.state === 'ready') member.worker.postMessage(message)
    },
    abort: (id, owner, reason) => {
      for (const member of members) {
        const record = member.running.get(id)
        if (record?.job.owner === owner) tell(member, record, reason)
      }
    },
    enforce,
    runningJobs: () => members.flatMap((member) => [...member.running.values()].map((record) => record.job)),
    replacements: () => replacementCount,
    terminate: async () => {
      isEnding = true
      await Promise.all(members.map((member) => member.worker.terminate()))
    },
  }
}

/** Without a known culprit everyone who was there pays: a poison job must use up its budget. */
function blameSuspect(member: Member, detail: string): Map<string, Blame> {
  const culprit = member.suspect?.culprit
  if (!culprit) return blameAll(member, member.suspect?.detail ?? detail)
  return new Map([
    [culprit, { type: 'failed', code: 'worker_crashed', detail: member.suspect?.detail ?? detail }],
  ])
}

const blameAll = (member: Member, detail: string): Map<string, Blame> =>
  new Map([...member.running.keys()].map((id) => [id, { type: 'failed', code: 'worker_crashed', detail }]))

function blameOfDeaf(reason: AbortReason): Blame {
  if (reason === 'cancelled') return { type: 'cancel', code: 'cancelled_on_request' }
  return { type: 'failed', code: 'timed_out', detail: 'the job did not stop when told; its thread was ended' }
}
