// Runs one claimed job to its end inside a worker thread.
import type { QueueConnection } from '#db/client.ts'
import type { ClaimedJob } from '#db/job-leases.ts'
import { scopeOfJob } from '#src/access/job-scope.ts'
import { onBehalfOf } from '#src/clients/traceparent.ts'
import { type JobContext, makeContext } from './context.ts'
import type { KindPolicy } from './kinds.ts'
import { JobFailure, type Outcome } from './outcome.ts'
import type { AbortReason, Ending } from './settlement.ts'

type AnyRun = (scope: unknown, payload: unknown, context: JobContext) => Promise<Outcome | undefined>

export type RunOptions = {
  queue: QueueConnection
  policy: KindPolicy
  /** Folder of the files named after the kinds. */
  kindsFolder: URL
  signal: AbortSignal
  progress: JobContext['progress']
}

/** Never throws: what the job threw is part of the ending. */
export async function runJob(job: ClaimedJob, options: RunOptions): Promise<Ending> {
  const { signal, policy } = options
  try {
    const run = await loadRun(job.kind, options.kindsFolder)
    const payload = parsePayload(job, policy)
    const requestId = job.requestId ?? job.id
    const scope = job.tenantId ? scopeOfJob({ tenantId: job.tenantId, kind: job.kind, requestId }) : null
    const context = makeContext(options.queue, { ...job, requestId }, scope, signal, options.progress)
    return (await onBehalfOf(requestId, () => run(scope, payload, context))) ?? { type: 'done' }
  } catch (error) {
    return { type: 'threw', error, abortReason: signal.aborted ? (signal.reason as AbortReason) : null }
  }
}

async function loadRun(kind: string, folder: URL): Promise<AnyRun> {
  const module: { run?: AnyRun } = await import(new URL(`${kind}.ts`, folder).href)
  if (!module.run) throw new Error(`the file of ${kind} exports no run`)
  return module.run
}

/** A payload of an older release may no longer fit; a tenant other than the row's is never believed. */
function parsePayload(job: ClaimedJob, policy: KindPolicy): unknown {
  const parsed = policy.payload.safeParse(job.payload)
  if (!parsed.success) throw new JobFailure('payload_invalid', { cause: parsed.error })
  const tenantId = policy.tenancy === 'tenant' ? (parsed.data as { tenantId: string }).tenantId : null
  if (tenantId !== job.tenantId)
    throw new JobFailure('payload_invalid', { cause: new Error('another tenant') })
  return parsed.data
}
