// From what the rules return of a job to what the pages show.
import type { AttemptView, JobView } from '#views/parts/job.tsx'
import { paths } from '#views/paths.ts'
import { isOver, isPersonsRight, type Job, type openJob } from '../jobs.ts'

export const jobView = (job: Job): JobView => ({
  id: job.id,
  kind: job.kind,
  isPersonsRight: isPersonsRight(job.kind),
  state: job.state,
  subject: subjectOf(job),
  developmentName: job.developmentName,
  tenantName: job.tenantName,
  stage: job.stage,
  progress: job.progressTotal > 0 ? { done: job.progressDone, total: job.progressTotal } : null,
  errorCode: job.errorCode,
  isStopping: job.state === 'running' && job.cancelRequestedAt !== null,
  attempt: job.attempt,
  attemptsMax: job.maxAttempts,
  nextAt: job.state === 'retryable' || job.state === 'scheduled' ? job.scheduledAt : null,
  addedAt: job.createdAt,
  startedAt: job.attemptedAt,
  finishedAt: isOver(job.state) ? job.finalizedAt : null,
})

type Attempt = Awaited<ReturnType<typeof openJob>>['attempts'][number]

/** Without what is inside: the stack and the worker are for the operator. */
export const attemptView = (attempt: Attempt): AttemptView => ({
  attempt: attempt.attempt,
  outcome: attempt.outcome,
  errorCode: attempt.errorCode,
  startedAt: attempt.startedAt,
  finishedAt: attempt.finishedAt,
})

function subjectOf(job: Job): JobView['subject'] {
  if (job.documentId && job.documentTitle)
    return { label: job.documentTitle, url: paths.developer.document(job.documentId) }
  if (job.unitNumber) return { label: `Home ${job.unitNumber}`, url: null }
  return job.developmentName ? { label: job.developmentName, url: null } : null
}
