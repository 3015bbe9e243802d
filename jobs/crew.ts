// The worker threads of this process: starts them, knows what each runs, replaces those that break.
import { Worker } from 'node:worker_threads'
import type { QueueConnection } from '#db/client.ts'
import { settleJobs } from '#db/job-leases.ts'
import { releaseOwned } from '#db/job-recovery.ts'
import { recordError } from '#src/errors.ts'
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
const ABORT_GRACE_MS = 2_000
/** The thread's own word on who broke it may come after the runtime's. */
const BLAME_WAIT_MS = 200

export type CrewOptions = {
  queue: QueueConnection
  kinds: Kinds
  kindsModule: string
  threadCount: number
  processNumber: number
  baseMs: number
  env: Record<string, string>
  /** Called whenever a thread has become ready, claimed, settled or been replaced. */
  onChange: () => void
  /** Called when a job wants to run again after so long. */
  onDue: (dueInMs: number) => void
}

type Blame = Extract<Ending, { type: 'failed' | 'cancel' }>
type Blamed = Map<string, Blame>

type Running = { job: RunningJob; deadlineAtMs: number; abort: { reason: AbortReason; atMs: number } | null }

type Member = {
  index: number
  generation: number
  state: 'starting' | 'ready' | 'replacing'
  running: Map<string, Running>
  worker: Worker
  spawnedAtMs: number
  /** Replacements in a row without a healthy life between. */
  failures: number
}

export type Crew = {
  options: CrewOptions
  members: Member[]
  replacementCount: number
  isEnding: boolean
  /** What is being written down for threads that are being replaced. */
  accounts: Set<Promise<void>>
}

export function startCrew(options: CrewOptions): Crew {
  const crew: Crew = { options, members: [], replacementCount: 0, isEnding: false, accounts: new Set() }
  for (let index = 0; index < options.threadCount; index++) spawn(crew, index, 1, 0)
  return crew
}

export function sendToAll(crew: Crew, message: ToThread): void {
  for (const { worker, state } of crew.members) if (state === 'ready') worker.postMessage(message)
}

export const runningJobs = (crew: Crew): RunningJob[] =>
  crew.members.flatMap((member) => [...member.running.values()].map(({ job }) => job))

export function abortJob(crew: Crew, id: string, owner: string, reason: AbortReason): void {
  for (const member of crew.members) {
    const run = member.running.get(id)
    if (run?.job.owner === owner) tell(member, run, reason)
  }
}

/** Aborts runs past their deadline; ends the threads of those that did not listen. */
export function enforceDeadlines(crew: Crew): void {
  const nowMs = performance.now()
  for (const member of crew.members) {
    const deaf: Blamed = new Map()
    for (const [id, run] of member.running) {
      if (!run.abort && nowMs > run.deadlineAtMs) tell(member, run, 'deadline')
      else if (run.abort && run.abort.reason !== 'stopping' && nowMs > run.abort.atMs + ABORT_GRACE_MS)
        deaf.set(id, blameForDeafness(run.abort.reason))
    }
    if (deaf.size > 0) replace(crew, member, deaf)
  }
}

/** Ends every thread, whatever it is at, once what earlier ones owe is written down. */
export async function endCrew(crew: Crew): Promise<void> {
  crew.isEnding = true
  await Promise.all(crew.members.map(({ worker }) => worker.terminate()))
  await Promise.all(crew.accounts)
}

function spawn(crew: Crew, index: number, generation: number, failures: number): void {
  const { threadCount, kindsModule, env } = crew.options
  const ownerPrefix = prefixOf(crew, index, generation)
  const settings: ThreadSettings = { ownerPrefix, thread: index, threadCount, kindsModule }
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { env, workerData: settings })
  const spawnedAtMs = performance.now()
  const running = new Map<string, Running>()
  const member: Member = { index, generation, state: 'starting', running, worker, spawnedAtMs, failures }
  crew.members[index] = member
  const broke = (detail: string) => replace(crew, member, blameEveryone(member, detail))
  worker.on('message', (message: FromThread) => hear(crew, member, message))
  worker.on('error', (error) => setTimeout(broke, BLAME_WAIT_MS, `the thread threw: ${error}`))
  worker.on('exit', (code) => setTimeout(broke, BLAME_WAIT_MS, `the thread exited with ${code}`))
}

function hear(crew: Crew, member: Member, message: FromThread): void {
  if (message.type === 'ready') {
    member.state = 'ready'
  } else if (message.type === 'claimed') {
    const nowMs = performance.now()
    for (const job of message.jobs)
      member.running.set(job.id, { job, deadlineAtMs: nowMs + job.timeoutMs, abort: null })
  } else if (message.type === 'settled') {
    if (member.running.get(message.id)?.job.owner === message.owner) member.running.delete(message.id)
    if (message.dueInMs !== null) crew.options.onDue(message.dueInMs)
  } else {
    const { culprit, detail } = message
    replace(crew, member, culprit ? new Map([[culprit, crashed(detail)]]) : blameEveryone(member, detail))
  }
  crew.options.onChange()
}

/** Ends the thread and starts its successor, later the more often that was needed. */
function replace(crew: Crew, member: Member, blamed: Blamed): void {
  if (crew.isEnding || member.state === 'replacing') return
  member.state = 'replacing'
  crew.replacementCount++
  const failures = performance.now() - member.spawnedAtMs > HEALTHY_AFTER_MS ? 0 : member.failures + 1
  const { index, generation } = member
  const codes = [...blamed].map(([id, { code }]) => ({ id, code }))
  const details = new Set([...blamed.values()].flatMap((blame) => ('detail' in blame ? [blame.detail] : [])))
  log('error', 'job_thread_replaced', {
    thread: index,
    generation,
    failures,
    blamed: codes,
    details: [...details],
  })
  recordCrash(member, blamed, [...details])
  const account = settleAccount(crew, member, blamed).finally(() => {
    crew.accounts.delete(account)
    const pauseMs = failures === 0 ? 0 : Math.min(RESPAWN_MS_MAX, RESPAWN_MS_MIN * 2 ** (failures - 1))
    setTimeout(() => {
      if (!crew.isEnding) spawn(crew, index, generation + 1, failures)
    }, pauseMs).unref()
  })
  crew.accounts.add(account)
}

function recordCrash(member: Member, blamed: Blamed, details: string[]): void {
  const culprits = [...blamed.keys()].flatMap((id) => member.running.get(id)?.job ?? [])
  const culprit = culprits.length === 1 ? culprits[0] : undefined
  recordError({
    source: 'worker',
    error: new WorkerCrash(details[0] ?? 'a worker thread was replaced'),
    requestId: culprit?.requestId ?? null,
    tenantId: culprit?.tenantId ?? null,
    context: { thread: member.index, jobs: culprits.map(({ id, kind }) => `${kind} ${id}`).join(', ') },
  })
}

/** Its own stack says nothing: where it broke stands in the message. */
class WorkerCrash extends Error {
  constructor(detail: string) {
    super(detail)
    this.name = 'WorkerCrash'
    this.stack = `${this.name}: ${detail}`
  }
}

/** Charges those to blame for the thread's end and puts its other jobs back, uncounted. */
async function settleAccount(crew: Crew, member: Member, blamed: Blamed): Promise<void> {
  await member.worker.terminate()
  for (const [id, blame] of blamed) {
    const run = member.running.get(id)
    if (run) await charge(crew, run.job, blame)
  }
  const prefix = prefixOf(crew, member.index, member.generation)
  const { queue, onChange, onDue } = crew.options
  await untilWritten('job_release_failed', () => queue.run((db) => releaseOwned(db, prefix)))
  member.running.clear()
  onChange()
  onDue(0)
}

async function charge(crew: Crew, job: RunningJob, blame: Blame): Promise<void> {
  const { queue, kinds, baseMs, onDue } = crew.options
  const policy = kinds[job.kind]
  const settlement = policy && settlementOf(blame, { ...job, policy, baseMs, random: Math.random() })
  if (!settlement) return
  const settlings = [{ lease: job, settlement, progress: null }]
  await untilWritten('job_settle_failed', () => queue.run((db) => settleJobs(db, settlings)))
  if (settlement.state === 'retryable') onDue(settlement.delayMs)
  const { id, kind, attempt, tenantId, requestId } = job
  const { state, code } = settlement
  log('error', 'job_settled', { id, kind, attempt, tenantId, requestId, state, code })
}

function tell(member: Member, run: Running, reason: AbortReason): void {
  if (run.abort) return
  run.abort = { reason, atMs: performance.now() }
  const { id, owner } = run.job
  member.worker.postMessage({ type: 'abort', id, owner, reason } satisfies ToThread)
}

const prefixOf = (crew: Crew, index: number, generation: number) =>
  `${crew.options.processNumber}.${index}.${generation}.`

const crashed = (detail: string): Blame => ({ type: 'failed', code: 'worker_crashed', detail })

/** Without a known culprit everyone who was there pays: a poison job must use up its budget. */
const blameEveryone = (member: Member, detail: string): Blamed =>
  new Map([...member.running.keys()].map((id) => [id, crashed(detail)]))

function blameForDeafness(reason: AbortReason): Blame {
  if (reason === 'cancelled') return { type: 'cancel', code: 'cancelled_on_request' }
  const detail = 'the job did not stop when told; its thread was ended'
  return { type: 'failed', code: 'timed_out', detail }
}
