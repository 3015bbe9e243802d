// A job as the API shows it, in lists, alone and in its stream of events.
import type { Job } from '../../jobs.ts'

export const jobBody = (row: Job) => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  attempt: row.attempt,
  max_attempts: row.maxAttempts,
  stage: row.stage,
  progress_done: row.progressDone,
  progress_total: row.progressTotal,
  error_code: row.errorCode,
  development_id: row.developmentId,
  document_id: row.documentId,
  unit_id: row.unitId,
  scheduled_at: row.scheduledAt.toISOString(),
  attempted_at: row.attemptedAt?.toISOString() ?? null,
  cancel_requested_at: row.cancelRequestedAt?.toISOString() ?? null,
  created_at: row.createdAt.toISOString(),
  finalized_at: row.finalizedAt?.toISOString() ?? null,
})
