// The operator's logs, each a page of its own; what all hold of one request; one question from end to end.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { LogPage } from '#views/admin/logs.tsx'
import { RagRunPage } from '#views/admin/rag-run.tsx'
import { TracePage } from '#views/admin/trace.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import { seeOther } from '../../http/redirect.ts'
import { runCronTask } from '../../job-monitor.ts'
import { logNames, logPage, openRagRun, traceOf } from '../../logs.ts'
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
    async ({ superAdmin, params: { name }, query: { tenant, request, kind, cursor } }) => {
      const shell = await shellFor(superAdmin)
      const asked = { tenantId: tenant, requestId: request, kind, cursor, limit: ROWS_A_PAGE }
      const page = await logPage(superAdmin.scope, name, asked)
      const filter = { tenant, request, kind }
      return LogPage({
        ...{ shell, name, filter, rows: page.rows, tenants: page.tenants, mostDenied: page.mostDenied },
        nextUrl: page.nextCursor ? paths.admin.logs(name, { ...filter, cursor: page.nextCursor }) : undefined,
        firstUrl: cursor ? paths.admin.logs(name, filter) : undefined,
      })
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
