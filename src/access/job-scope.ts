// The Scope a job works in: that of the tenant whose transaction enqueued it.
import { mintScope, type Scope } from '#db/scope.ts'

/** The row's own tenant, which row-level security checked at enqueueing, never a tenant named in a payload. */
export function scopeOfJob(job: { tenantId: string; kind: string; requestId: string }): Scope {
  return mintScope({
    tenantId: job.tenantId,
    actor: { type: 'system', id: job.kind },
    requestId: job.requestId,
    developmentIds: 'all',
    readOnly: false,
  })
}
