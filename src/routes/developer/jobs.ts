// The builder's background work: the list, one job with its attempts, run again, stop.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { JobPage, JobProgress, JobsPage, JobsTable } from '#views/developer/jobs.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { Failure, failures } from '../../failure.ts'
import { seeOther } from '../../http/redirect.ts'
import { cancelJob, type JobState, jobsPage, openJob, retryJob } from '../../jobs.ts'
import { portalPlace } from '../../portal.ts'
import { attemptView, jobView } from '../job-view.ts'
import { shellOf } from './present.ts'

const ROWS_A_PAGE = 50

const STATES = {
  active: ['available', 'scheduled', 'running', 'retryable'],
  failed: ['discarded'],
  done: ['completed', 'cancelled'],
} as const satisfies Record<string, readonly JobState[]>

const LABELS = { active: 'Under way', failed: 'Failed', done: 'Done' } as const

const SAID = {
  retried: { tone: 'success', text: 'It runs again.' },
  cancelled: { tone: 'success', text: 'It was cancelled, or stops within seconds.' },
  job_not_retryable: { tone: 'error', text: failures.job_not_retryable[1] },
  job_already_queued: { tone: 'error', text: failures.job_already_queued[1] },
  job_not_stoppable: { tone: 'error', text: failures.job_not_stoppable[1] },
  job_is_over: { tone: 'error', text: failures.job_is_over[1] },
} as const

const listQuery = z.object({
  development: z.uuid().optional(),
  status: z.enum(['active', 'failed', 'done']).optional(),
  cursor: z.string().max(500).optional(),
  said: z.enum(Object.keys(SAID) as [keyof typeof SAID]).optional(),
})
const params = z.object({ id: z.uuid() })

export const jobs = new Elysia({ name: 'developer/jobs' })
  .use(access)
  .get('/developer/jobs', ({ staff, query, request }) => page(staff, query, isPartial(request)), {
    forStaff: 'developer',
    query: listQuery,
    detail: { hide: true },
  })
  .get(
    '/developer/jobs/:id',
    async ({ staff, params, request }) => {
      const opened = await openJob(staff.scope, params.id)
      const shown = { job: jobView(opened.job), attempts: opened.attempts.map(attemptView) }
      if (isPartial(request)) return JobProgress(shown)
      return JobPage({ shell: shellOf(await portalPlace(staff.scope, staff.staffId, undefined)), ...shown })
    },
    { forStaff: 'developer', params, detail: { hide: true } },
  )
  .post(
    '/developer/jobs/:id/retry',
    async ({ staff, params, request }) =>
      seeOther(
        request,
        paths.developer.jobs({ said: await said(retryJob(staff.scope, params.id), 'retried') }),
      ),
    { forStaff: 'developer', params, detail: { hide: true } },
  )
  .post(
    '/developer/jobs/:id/cancel',
    async ({ staff, params, request }) =>
      seeOther(
        request,
        paths.developer.jobs({ said: await said(cancelJob(staff.scope, params.id), 'cancelled') }),
      ),
    { forStaff: 'developer', params, detail: { hide: true } },
  )

const isPartial = (request: Request) => request.headers.get('hx-request-type') === 'partial'

/** A job that went on in the meantime is no reason for an error page: the list says so. */
async function said(action: Promise<unknown>, done: keyof typeof SAID): Promise<keyof typeof SAID> {
  try {
    await action
    return done
  } catch (error) {
    if (error instanceof Failure && error.code in SAID) return error.code as keyof typeof SAID
    throw error
  }
}

async function page(staff: StaffCaller, query: z.infer<typeof listQuery>, isFragment: boolean) {
  const { status, cursor } = query
  const [place, found] = await Promise.all([
    portalPlace(staff.scope, staff.staffId, query.development),
    jobsPage(staff.scope, { states: status && STATES[status], cursor, limit: ROWS_A_PAGE }),
  ])
  const filter = {
    ...(place.chosen ? { development: place.chosen.id } : {}),
    ...(status ? { status } : {}),
  }
  const props = {
    shell: shellOf(place),
    jobs: found.rows.map(jobView),
    filters: [undefined, ...(['active', 'failed', 'done'] as const)].map((each) => ({
      label: each ? LABELS[each] : 'All',
      url: paths.developer.jobs({ ...filter, status: each }),
      isCurrent: each === status,
    })),
    url: paths.developer.jobs({ ...filter, cursor }),
    nextUrl: found.nextCursor ? paths.developer.jobs({ ...filter, cursor: found.nextCursor }) : undefined,
    firstUrl: cursor ? paths.developer.jobs(filter) : undefined,
    message: query.said && SAID[query.said],
  }
  return isFragment ? JobsTable(props) : JobsPage(props)
}
