// Puts jobs on the queue, inside the transaction of what they are about.
import { insertJob, insertJobs, type NewJob } from '#db/jobs.ts'
import type { Db } from '#db/scope.ts'
import { type Kind, type Kinds, kinds, type Payload } from './kinds.ts'

/** How often the live job of a dedupe key may finish under our hands before something else is wrong. */
const DEDUPE_TRIES_MAX = 5
const JOBS_A_STATEMENT = 500

export type EnqueueOptions = {
  /**
   * While a job of this kind and key waits or runs, no other is made. A running job may have read its input
   * already: put a version into the key where that matters.
   */
  dedupeKey?: string
  priority?: 1 | 2 | 3 | 4
  delayMs?: number
  requestId?: string
}

/**
 * Adds a job in the caller's transaction: it exists if and only if that commits, and threads are told then.
 * Tenant jobs inside `within`, platform jobs inside `throughQueue`.
 * @returns the job's id, or that of the live job with the same dedupe key
 */
export async function enqueue<K extends Kind>(
  db: Db,
  kind: K,
  payload: Payload<K>,
  options: EnqueueOptions = {},
): Promise<string> {
  return enqueueOf(kinds, db, kind, payload, options)
}

/**
 * Adds many jobs of a kind with one statement a batch; those whose dedupe key is alive are left out.
 * @returns how many were added
 */
export async function enqueueMany<K extends Kind>(
  db: Db,
  kind: K,
  entries: readonly { payload: Payload<K>; dedupeKey: string }[],
  options: Omit<EnqueueOptions, 'dedupeKey'> = {},
): Promise<number> {
  let added = 0
  for (let start = 0; start < entries.length; start += JOBS_A_STATEMENT) {
    const batch = entries.slice(start, start + JOBS_A_STATEMENT)
    const jobs = batch.map(({ payload, dedupeKey }) =>
      newJob(kinds, kind, payload, { ...options, dedupeKey }),
    )
    added += await insertJobs(db, jobs)
  }
  return added
}

/** The same for another table of kinds (drills). */
export async function enqueueOf(
  table: Kinds,
  db: Db,
  kind: string,
  payload: unknown,
  options: EnqueueOptions = {},
): Promise<string> {
  const job = newJob(table, kind, payload, options)
  for (let attempt = 0; attempt < DEDUPE_TRIES_MAX; attempt++) {
    const id = await insertJob(db, job)
    if (id) return id
  }
  throw new Error(`jobs of kind ${kind} with one dedupe key come and go too fast to join one`)
}

function newJob(table: Kinds, kind: string, payload: unknown, options: EnqueueOptions): NewJob {
  const policy = table[kind]
  if (!policy) throw new Error(`there is no kind of job called ${kind}`)
  const checked = policy.payload.parse(payload)
  return {
    id: Bun.randomUUIDv7(),
    tenantId: policy.tenancy === 'tenant' ? tenantOf(kind, checked) : null,
    kind,
    payload: checked,
    priority: options.priority ?? policy.priority,
    maxAttempts: policy.attemptsMax,
    timeoutMs: policy.timeoutMs,
    delayMs: options.delayMs ?? 0,
    dedupeKey: options.dedupeKey ?? null,
    requestId: options.requestId ?? null,
  }
}

function tenantOf(kind: string, payload: unknown): string {
  const tenantId = (payload as { tenantId?: unknown }).tenantId
  if (typeof tenantId === 'string') return tenantId
  throw new Error(`the payload of ${kind} names no tenant`)
}
