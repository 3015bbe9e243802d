// The pages about background work in each of their states, for the gallery.
import { JobMonitor, KindTable, TaskTable, WorkerTable } from '#views/admin/job-monitor.tsx'
import {
  AdminJobPage,
  AdminJobsPage,
  ConfirmActionPage,
  JobSection,
  type JobSectionProps,
} from '#views/admin/jobs.tsx'
import { JobPage, JobsPage } from '#views/developer/jobs.tsx'
import type { JobState } from '#views/job-words.ts'
import type { Html } from '#views/jsx-runtime.ts'
import type { AttemptView, JobView } from '#views/parts/job.tsx'
import { paths } from '#views/paths.ts'
import { adminShell, LONG_NAME, longStaffShell, staffShell } from './invented.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 9, minute))

export const job = (id: string, changes: Partial<JobView> = {}): JobView => ({
  id,
  kind: 'ingest-document',
  isPersonsRight: false,
  state: 'completed',
  subject: { label: 'Home user guide', url: paths.developer.document('d1') },
  developmentName: 'Longview Park',
  tenantName: 'Longview Estates',
  stage: null,
  progress: null,
  errorCode: null,
  isStopping: false,
  attempt: 1,
  attemptsMax: 5,
  nextAt: null,
  addedAt: at(1),
  startedAt: at(1),
  finishedAt: null,
  ...changes,
})

const running = job('j1', { state: 'running', stage: 'extracting', progress: { done: 18, total: 48 } })
const failed = job('j2', { state: 'discarded', errorCode: 'too_complex', attempt: 5, finishedAt: at(9) })
const jobs = [
  running,
  job('j3', { state: 'available', attempt: 0, startedAt: null }),
  job('j4', {
    kind: 'geocode-unit',
    subject: { label: 'Home 14', url: null },
    state: 'retryable',
    errorCode: 'geocode_unavailable',
    nextAt: at(12),
    attempt: 2,
  }),
  job('j5', { state: 'running', isStopping: true }),
  failed,
  job('j6', {
    state: 'cancelled',
    errorCode: 'cancelled_on_request',
    subject: { label: LONG_NAME, url: null },
  }),
  job('j7', {
    kind: 'prune-jobs',
    subject: null,
    developmentName: null,
    tenantName: null,
    finishedAt: at(3),
  }),
]

const attempts: AttemptView[] = [
  { attempt: 1, outcome: 'lost', errorCode: 'worker_lost', startedAt: at(1), finishedAt: at(2) },
  { attempt: 1, outcome: 'failed', errorCode: 'unexpected', startedAt: at(3), finishedAt: at(3) },
  { attempt: 2, outcome: null, errorCode: null, startedAt: at(4), finishedAt: null },
]
const inside = attempts.map((attempt) => ({
  ...attempt,
  worker: '8301.0.1.17',
  detail:
    attempt.outcome === 'failed'
      ? `Error: ${'x'.repeat(200)}\n    at run (jobs/ingest-document.ts:9:1)`
      : null,
}))

const states: JobState[] = ['available', 'running', 'discarded']
const filters = ['All', 'Under way', 'Failed', 'Done'].map((label, place) => ({
  label,
  url: paths.developer.jobs({ status: String(place) }),
  isCurrent: place === 0,
}))
const list = { shell: staffShell, jobs, filters, url: paths.developer.jobs() }

const figures = {
  ...{
    available: 1_204,
    scheduled: 3,
    running: 2,
    retryable: 1,
    completed: 45_210,
    cancelled: 2,
    discarded: 4,
  },
  ...{ completedLastHour: 1_802, waitMsP95: 3_250, runMsP95: 95_000, oldestWaitMs: 620_000, pausedAt: null },
}
const monitor = {
  kinds: [
    { kind: 'ingest-document', ...figures },
    {
      kind: 'geocode-unit',
      ...figures,
      discarded: 0,
      waitMsP95: null,
      runMsP95: null,
      oldestWaitMs: null,
      pausedAt: at(5),
    },
  ],
  workers: [
    {
      ...{
        processNumber: 8_301,
        host: 'app-1',
        pid: 4_711,
        threadCount: 2,
        runningCount: 2,
        replacementCount: 0,
      },
      ...{ startedAt: at(0), heartbeatAgeMs: 4_000 },
    },
    {
      ...{
        processNumber: 8_302,
        host: LONG_NAME,
        pid: 4_712,
        threadCount: 2,
        runningCount: 0,
        replacementCount: 3,
      },
      ...{ startedAt: at(0), heartbeatAgeMs: 7_300_000 },
    },
  ],
  cron: [
    {
      name: 'prune-jobs',
      pattern: '10 3 * * *',
      lastTickAt: at(0),
      lastJob: { id: 'j7', state: 'completed' as const },
    },
    { name: 'refresh-places', pattern: '25 5,17 * * *', lastTickAt: null, lastJob: null },
  ],
}
const monitorOf = ({ kinds, workers, cron }: typeof monitor) =>
  JobMonitor({
    kinds: KindTable({ kinds }),
    workers: WorkerTable({ workers }),
    cron: TaskTable({ tasks: cron }),
  })
const section: JobSectionProps = {
  jobs: jobs.map((each) => ({ ...each, tenantId: each.tenantName ? 't1' : null, requestId: 'r1' })),
  filter: {},
  tenantName: null,
  kindOptions: [{ value: '', label: 'All' }],
  stateOptions: states.map((value) => ({ value, label: value })),
}
const admin = { shell: adminShell, monitor: monitorOf(monitor), jobs: JobSection(section), said: null }
const confirm = { shell: adminShell, hasMore: false, backUrl: paths.admin.jobs() }

export const JOB_PAGES: Record<string, () => Html> = {
  'developer-jobs': () => JobsPage({ ...list, nextUrl: '/developer/jobs?cursor=x' }),
  'developer-jobs-empty': () => JobsPage({ ...list, shell: longStaffShell, jobs: [] }),
  'developer-jobs-said': () => JobsPage({ ...list, message: { tone: 'success', text: 'It runs again.' } }),
  'developer-job': () => JobPage({ shell: staffShell, job: running, attempts }),
  'developer-job-failed': () => JobPage({ shell: longStaffShell, job: failed, attempts: [] }),
  'admin-jobs': () =>
    AdminJobsPage({ ...admin, jobs: JobSection({ ...section, nextUrl: '/admin/jobs?cursor=x' }) }),
  'admin-jobs-filtered': () =>
    AdminJobsPage({
      ...admin,
      jobs: JobSection({
        ...section,
        jobs: [],
        filter: { kind: 'ingest-document', state: 'discarded', tenant: 't1' },
        tenantName: LONG_NAME,
      }),
      said: { action: 'discard', done: 12, refused: 3 },
    }),
  'admin-jobs-quiet': () =>
    AdminJobsPage({
      ...admin,
      monitor: monitorOf({ ...monitor, workers: [] }),
      jobs: JobSection({ ...section, jobs: [] }),
    }),
  'admin-job': () =>
    AdminJobPage({
      shell: adminShell,
      job: { ...failed, tenantId: 't1', requestId: 'r1' },
      attempts: inside,
    }),
  'admin-jobs-confirm': () =>
    ConfirmActionPage({ ...confirm, action: 'discard', ids: ['j1', 'j2'], hasMore: true }),
  'admin-jobs-none-chosen': () => ConfirmActionPage({ ...confirm, action: 'retry', ids: [] }),
}
