// The operator's jobs: the monitor, the list over all tenants, one job, and what can be done about them.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { JobMonitor, KindTable, TaskTable, WorkerTable } from '#views/admin/job-monitor.tsx'
import {
  AdminJobPage,
  AdminJobProgress,
  AdminJobsPage,
  ConfirmActionPage,
  JobSection,
} from '#views/admin/jobs.tsx'
import { kindWords, STATE_WORDS } from '#views/job-words.ts'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { SuperAdminCaller } from '../../access/caller.ts'
import { seeOther } from '../../http/redirect.ts'
import {
  actOnJobs,
  jobKinds,
  matchingJobs,
  openAnyJob,
  operatorJobsPage,
  readCronTasks,
  readKinds,
  readWorkers,
  runCronTask,
  setKindPaused,
} from '../../job-monitor.ts'
import { BULK_JOBS_MAX, type Job, jobStates } from '../../jobs.ts'
import { attemptView, jobView } from '../job-view.ts'
import { panel } from './panel.ts'
import { emptyIsNone, hidden, shellFor } from './present.ts'

const ROWS_A_PAGE = 50
const COUNT_SHAPE = /^[0-9]{1,4}$/
const IDS_CHARS_MAX = 40 * BULK_JOBS_MAX

const action = z.enum(['retry', 'cancel', 'discard'])
const filter = {
  kind: z.preprocess(emptyIsNone, z.string().max(100).optional()),
  state: z.preprocess(emptyIsNone, z.enum(jobStates).optional()),
  tenant: z.preprocess(emptyIsNone, z.uuid().optional()),
}
const listQuery = z.object({
  ...filter,
  cursor: z.string().max(500).optional(),
  action: action.optional(),
  done: z.string().regex(COUNT_SHAPE).optional(),
  refused: z.string().regex(COUNT_SHAPE).optional(),
})
/** The button that was pressed is one of the first three. */
const actionBody = z
  .object({
    chosen: action.optional(),
    matching: action.optional(),
    confirmed: action.optional(),
    ...filter,
    id: z.preprocess(
      (value) => (value === undefined ? [] : [value].flat()),
      z.array(z.uuid()).max(ROWS_A_PAGE),
    ),
    ids: z
      .string()
      .max(IDS_CHARS_MAX)
      .default('')
      .transform((text) => text.split(',').filter(Boolean))
      .pipe(z.array(z.uuid()).max(BULK_JOBS_MAX)),
  })
  .refine((body) => body.chosen || body.matching || body.confirmed, 'must say what is to be done')

export const jobs = new Elysia({ name: 'admin/jobs', prefix: '/admin/jobs' })
  .use(access)
  .get('', ({ superAdmin, query, request }) => page(superAdmin, query, request), {
    ...hidden,
    query: listQuery,
  })
  .get('/monitor', ({ superAdmin, request }) => monitorOf(superAdmin, request), hidden)
  .get(
    '/:id',
    async ({ superAdmin, params, request }) => {
      const opened = await openAnyJob(superAdmin.scope, params.id)
      const attempts = opened.attempts.map((attempt) => ({
        ...attemptView(attempt),
        detail: attempt.errorDetail,
        worker: attempt.worker,
      }))
      const shown = { job: adminJobView(opened.job), attempts }
      if (request.headers.get('hx-request-type') === 'partial') return AdminJobProgress(shown)
      return AdminJobPage({ shell: await shellFor(superAdmin), ...shown })
    },
    { ...hidden, params: z.object({ id: z.uuid() }) },
  )
  .post('/actions', ({ superAdmin, body, request }) => act(superAdmin, body, request), {
    ...hidden,
    body: actionBody,
  })
  .post(
    '/kinds/:kind/pause',
    async ({ superAdmin, params, request }) => {
      await setKindPaused(superAdmin.scope, params.kind, true)
      return seeOther(request, paths.admin.jobs())
    },
    { ...hidden, params: z.object({ kind: z.string().max(100) }) },
  )
  .post(
    '/kinds/:kind/resume',
    async ({ superAdmin, params, request }) => {
      await setKindPaused(superAdmin.scope, params.kind, false)
      return seeOther(request, paths.admin.jobs())
    },
    { ...hidden, params: z.object({ kind: z.string().max(100) }) },
  )
  .post(
    '/tasks/:name/run',
    async ({ superAdmin, params, request }) =>
      seeOther(request, paths.admin.job(await runCronTask(superAdmin.scope, params.name))),
    { ...hidden, params: z.object({ name: z.string().max(100) }) },
  )

async function page(superAdmin: SuperAdminCaller, query: z.infer<typeof listQuery>, request: Request) {
  const [shell, monitor, list] = await Promise.all([
    shellFor(superAdmin),
    monitorOf(superAdmin, request),
    panel(request, 'The list of jobs', () => listOf(superAdmin, query)),
  ])
  const { action: done } = query
  const said =
    done && query.done !== undefined
      ? { action: done, done: Number(query.done), refused: Number(query.refused ?? 0) }
      : null
  return AdminJobsPage({ shell, monitor, jobs: list, said })
}

async function monitorOf({ scope }: SuperAdminCaller, request: Request) {
  const [kinds, workers, cron] = await Promise.all([
    panel(request, 'Kinds of work', async () => KindTable({ kinds: await readKinds(scope) })),
    panel(request, 'Worker processes', async () => WorkerTable({ workers: await readWorkers(scope) })),
    panel(request, 'Recurring tasks', async () => TaskTable({ tasks: await readCronTasks(scope) })),
  ])
  return JobMonitor({ kinds, workers, cron })
}

async function listOf({ scope }: SuperAdminCaller, query: z.infer<typeof listQuery>) {
  const { kind, state, tenant, cursor } = query
  const found = await operatorJobsPage(scope, { ...filterOf(query), cursor, limit: ROWS_A_PAGE })
  const chosen = { kind, state, tenant }
  return JobSection({
    jobs: found.rows.map(adminJobView),
    filter: chosen,
    tenantName: tenant ? (found.rows[0]?.tenantName ?? 'this builder') : null,
    kindOptions: optionsOf(jobKinds, kindWords),
    stateOptions: optionsOf(jobStates, (each) => STATE_WORDS[each]),
    nextUrl: found.nextCursor ? paths.admin.jobs({ ...chosen, cursor: found.nextCursor }) : undefined,
    firstUrl: cursor ? paths.admin.jobs(chosen) : undefined,
  })
}

/** First a page that says how many it is about; only what that page names is then done. */
async function act(superAdmin: SuperAdminCaller, body: z.infer<typeof actionBody>, request: Request) {
  const { scope } = superAdmin
  if (body.confirmed) {
    const results = await actOnJobs(scope, body.confirmed, body.ids)
    const done = results.filter(({ outcome }) => DONE.has(outcome)).length
    const refused = String(results.length - done)
    return seeOther(request, paths.admin.jobs({ action: body.confirmed, done: String(done), refused }))
  }
  const wanted = body.matching ?? body.chosen ?? 'cancel'
  const { ids, hasMore } = body.matching
    ? await matchingJobs(scope, wanted, filterOf(body))
    : { ids: body.id, hasMore: false }
  const { kind, state, tenant } = body
  const backUrl = paths.admin.jobs({ kind, state, tenant })
  return ConfirmActionPage({ shell: await shellFor(superAdmin), action: wanted, ids, hasMore, backUrl })
}

const DONE: ReadonlySet<string> = new Set(['retried', 'cancelled', 'cancelling', 'discarded'])

const filterOf = ({
  kind,
  state,
  tenant,
}: {
  kind?: string | undefined
  state?: Job['state'] | undefined
  tenant?: string | undefined
}) => ({ kind, states: state && [state], tenantId: tenant })

const adminJobView = (job: Job) => ({ ...jobView(job), tenantId: job.tenantId, requestId: job.requestId })

function optionsOf<T extends string>(values: readonly T[], labelOf: (value: T) => string) {
  return [{ value: '', label: 'All' }, ...values.map((value) => ({ value, label: labelOf(value) }))]
}
