// The URLs of the operator's console.
import type { AdminJobsQuery } from '#views/path-queries.ts'
import { segment, withQuery } from '#views/url.ts'

export const adminPaths = {
  overview: () => '/admin',
  signIn: (query: { next?: string } = {}) => withQuery('/admin/sign-in', query),
  signInCode: (query: { next?: string } = {}) => withQuery('/admin/sign-in/code', query),
  signInEnrolment: (query: { next?: string } = {}) => withQuery('/admin/sign-in/enrolment', query),
  signOut: () => '/admin/sign-out',
  secondFactor: (query: { done?: string } = {}) => withQuery('/admin/second-factor', query),
  secondFactorCodes: () => '/admin/second-factor/recovery-codes',
  secondFactorRemoval: () => '/admin/second-factor/removal',
  anomalies: () => '/admin/anomalies',
  errors: (query: { source?: string | undefined; status?: string | undefined; cursor?: string } = {}) =>
    withQuery('/admin/errors', query),
  error: (fingerprint: string, query: { cursor?: string } = {}) =>
    withQuery(`/admin/errors/${segment(fingerprint)}`, query),
  logs: (
    name: string,
    query: {
      tenant?: string | undefined
      request?: string | undefined
      kind?: string | undefined
      cursor?: string
    } = {},
  ) => withQuery(`/admin/logs/${segment(name)}`, query),
  ragRun: (id: string) => `/admin/logs/rag/${segment(id)}`,
  chainVerification: () => '/admin/logs/activity/verification',
  request: (requestId: string) => `/admin/requests/${segment(requestId)}`,
  system: () => '/admin/system',
  tenants: (query: { cursor?: string } = {}) => withQuery('/admin/tenants', query),
  tenant: (id: string, query: { done?: string } = {}) => withQuery(`/admin/tenants/${segment(id)}`, query),
  tenantImpersonation: (id: string) => `/admin/tenants/${segment(id)}/impersonation`,
  tenantSuspension: (id: string) => `/admin/tenants/${segment(id)}/suspension`,
  tenantResumption: (id: string) => `/admin/tenants/${segment(id)}/resumption`,
  impersonationStop: () => '/admin/impersonation/stop',
  latency: (query: { span?: string; tenant?: string | undefined } = {}) => withQuery('/admin/latency', query),
  errorResolution: (fingerprint: string) => `/admin/errors/${segment(fingerprint)}/resolution`,
  jobs: (query: AdminJobsQuery = {}) => withQuery('/admin/jobs', query),
  job: (id: string) => `/admin/jobs/${segment(id)}`,
  jobMonitor: () => '/admin/jobs/monitor',
  jobActions: () => '/admin/jobs/actions',
  jobKindPause: (kind: string) => `/admin/jobs/kinds/${segment(kind)}/pause`,
  jobKindResume: (kind: string) => `/admin/jobs/kinds/${segment(kind)}/resume`,
  cronTaskRun: (name: string) => `/admin/jobs/tasks/${segment(name)}/run`,
}
