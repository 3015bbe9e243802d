// The addresses of the operator's console.
import type { AdminJobsQuery } from '#views/path-queries.ts'
import { segment, withQuery } from '#views/url.ts'

export const adminPaths = {
  overview: () => '/admin',
  signIn: (query: { next?: string } = {}) => withQuery('/admin/sign-in', query),
  signInStep: (step: string, query: { next?: string } = {}) => withQuery(`/admin/sign-in/${step}`, query),
  signOut: () => '/admin/sign-out',
  secondFactor: (query: { done?: string } = {}) => withQuery('/admin/second-factor', query),
  secondFactorCodes: () => '/admin/second-factor/recovery-codes',
  secondFactorRemoval: () => '/admin/second-factor/removal',
  ownPassword: () => '/admin/second-factor/password',
  ownSessions: () => '/admin/second-factor/sessions',
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
  incidents: (query: { cursor?: string } = {}) => withQuery('/admin/incidents', query),
  incident: (id: string) => `/admin/incidents/${segment(id)}`,
  incidentAcknowledgement: (id: string) => `/admin/incidents/${segment(id)}/acknowledgement`,
  incidentNotes: (id: string) => `/admin/incidents/${segment(id)}/notes`,
  incidentResolution: (id: string) => `/admin/incidents/${segment(id)}/resolution`,
  alerts: () => '/admin/alerts',
  systemCharts: (query: { span?: string } = {}) => withQuery('/admin/system/charts', query),
  switches: (query: { done?: string } = {}) => withQuery('/admin/switches', query),
  switchSetting: (name: string) => `/admin/switches/${segment(name)}`,
  announcements: (query: { done?: string } = {}) => withQuery('/admin/announcements', query),
  announcementWithdrawal: (id: string) => `/admin/announcements/${segment(id)}/withdrawal`,
  releaseNotes: (query: { done?: string } = {}) => withQuery('/admin/release-notes', query),
  releaseNoteWithdrawal: (id: string) => `/admin/release-notes/${segment(id)}/withdrawal`,
  quality: () => '/admin/quality',
  qualityCheck: (name: string, query: { cursor?: string } = {}) =>
    withQuery(`/admin/quality/${segment(name)}`, query),
  analytics: (query: { span?: string | undefined; tenant?: string | undefined } = {}) =>
    withQuery('/admin/analytics', query),
  limits: (query: { done?: string } = {}) => withQuery('/admin/limits', query),
  limitsLive: () => '/admin/limits/figures',
  limitRelease: () => '/admin/limits/release',
  delayRelease: () => '/admin/limits/delays/release',
  tail: (query: { log?: string | undefined; tenant?: string | undefined; kind?: string | undefined } = {}) =>
    withQuery('/admin/tail', query),
  tailStream: (query: { log: string; tenant?: string | undefined; kind?: string | undefined }) =>
    withQuery('/admin/tail/stream', query),
  logsCsv: (
    name: string,
    query: { tenant?: string | undefined; request?: string | undefined; kind?: string | undefined } = {},
  ) => withQuery(`/admin/log-files/${segment(name)}`, query),
  developments: (query: { tenant?: string | undefined; cursor?: string } = {}) =>
    withQuery('/admin/developments', query),
  people: (query: { tenant?: string | undefined; q?: string | undefined; cursor?: string } = {}) =>
    withQuery('/admin/people', query),
  provision: () => '/admin/provision',
  provisioned: (tenantId: string, developmentId: string) =>
    `/admin/provision/${segment(tenantId)}/${segment(developmentId)}`,
  provisionImport: (tenantId: string, developmentId: string) =>
    `/admin/provision/${segment(tenantId)}/${segment(developmentId)}/import`,
  provisionConfirmation: (tenantId: string, developmentId: string) =>
    `/admin/provision/${segment(tenantId)}/${segment(developmentId)}/confirmation`,
  provisionCards: (tenantId: string, developmentId: string) =>
    `/admin/provision/${segment(tenantId)}/${segment(developmentId)}/cards`,
}
