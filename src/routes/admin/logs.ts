// The operator's logs, each a page of its own; what all hold of one request; one question from end to end.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { LogFilters, LogPage, LogRows, MostDenied } from '#views/admin/logs.tsx'
import { RagRunPage } from '#views/admin/rag-run.tsx'
import { TracePage } from '#views/admin/trace.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { SuperAdminCaller } from '../../access/caller.ts'
import { mostDeniedKeys } from '../../denials.ts'
import { seeOther } from '../../http/redirect.ts'
import { runCronTask } from '../../job-monitor.ts'
import { CSV_ROWS_MAX, type LogName, logNames, logPage, logTenants, openRagRun, traceOf } from '../../logs.ts'
import { panel } from './panel.ts'
import { emptyIsNone, hidden, shellFor } from './present.ts'

const ROWS_A_PAGE = 50
const words = z.string().trim().max(200)
const requestId = words.regex(/^[\w-]+$/)
const query = z.object({
  tenant: z.preprocess(emptyIsNone, z.uuid().optional()),
  request: z.preprocess(emptyIsNone, requestId.optional()),
  kind: z.preprocess(emptyIsNone, words.optional()),
  cursor: z.string().max(500).optional(),
})

export const logs = new Elysia({ name: 'admin/logs', prefix: '/admin' })
  .use(access)
  .get(
    '/logs/:name',
    async ({ superAdmin, params: { name }, query: asked, request: of }) => {
      const { scope } = superAdmin
      const { cursor, ...filter } = asked
      const [shell, filters, mostDenied, rows] = await Promise.all([
        shellFor(superAdmin),
        panel(of, 'Filters', async () => LogFilters({ name, filter, tenants: await logTenants(scope) })),
        name === 'rate-limits' && !cursor
          ? panel(of, 'Keys denied most', async () => MostDenied({ rows: await mostDeniedKeys(scope) }))
          : null,
        panel(of, 'The log', () => rowsOf(superAdmin, name, asked)),
      ])
      return LogPage({ shell, name, filters, mostDenied, rows })
    },
    { ...hidden, params: z.object({ name: z.enum(logNames) }), query },
  )
  .get(
    '/logs/rag/:id',
    async ({ superAdmin, params }) => {
      const [shell, run] = await Promise.all([shellFor(superAdmin), openRagRun(superAdmin.scope, params.id)])
      return RagRunPage({ shell, run })
    },
    { ...hidden, params: z.object({ id: z.uuid() }) },
  )
  .post(
    '/logs/activity/verification',
    async ({ superAdmin, request }) =>
      seeOther(request, paths.admin.job(await runCronTask(superAdmin.scope, 'verify-audit-chain'))),
    hidden,
  )
  .get(
    '/requests/:requestId',
    async ({ superAdmin, params }) => {
      const [shell, rows] = await Promise.all([
        shellFor(superAdmin),
        traceOf(superAdmin.scope, params.requestId),
      ])
      return TracePage({ shell, requestId: params.requestId, rows })
    },
    { ...hidden, params: z.object({ requestId }) },
  )

async function rowsOf({ scope }: SuperAdminCaller, name: LogName, asked: z.infer<typeof query>) {
  const { cursor, ...filter } = asked
  const { tenant: tenantId, request: requestId, kind } = filter
  const page = await logPage(scope, name, { tenantId, requestId, kind, cursor, limit: ROWS_A_PAGE })
  return LogRows({
    name,
    filter,
    rows: page.rows,
    csvRowsMax: CSV_ROWS_MAX,
    nextUrl: page.nextCursor ? paths.admin.logs(name, { ...filter, cursor: page.nextCursor }) : undefined,
    firstUrl: cursor ? paths.admin.logs(name, filter) : undefined,
  })
}
