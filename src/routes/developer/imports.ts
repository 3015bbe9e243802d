// The builder's imports of homes: upload a list, read the report, confirm, watch it happen.

import type { Readable } from 'node:stream'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { ImportPage, ImportState } from '#views/developer/import.tsx'
import { ImportsPage } from '#views/developer/imports.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { failure, failures } from '../../failure.ts'
import { seeOther } from '../../http/redirect.ts'
import {
  checkImportTarget,
  confirmImport,
  findImport,
  IMPORT_BYTES_MAX,
  type ImportRow,
  importsPage,
  isSettled,
  openReport,
  receiveTable,
  startImport,
} from '../../imports.ts'
import { portalPlace } from '../../portal.ts'
import { readForm } from '../../uploads/form.ts'
import { shellOf } from './present.ts'

const ROWS_A_PAGE = 50
const IMPORTS_SHOWN = 20
const itemParams = z.object({ id: z.uuid() })
const reportQuery = z.object({
  action: z.enum(['create', 'update', 'unchanged', 'error']).optional(),
  cursor: z.string().max(500).optional(),
})

export const imports = new Elysia({ name: 'developer/imports' })
  .use(access)
  .get('/developer/homes/import', ({ staff, query }) => uploadPage(staff, query.development), {
    forStaff: 'developer',
    query: z.object({ development: z.uuid().optional() }),
    detail: { hide: true },
  })
  .post(
    '/developer/homes/import',
    async ({ staff, query, request, set }) => {
      await checkImportTarget(staff.scope, query.development)
      const { files } = await readForm(request, TABLES)
      const [chosen] = files
      if (!chosen || 'refused' in chosen.file) {
        const code = chosen && 'refused' in chosen.file ? chosen.file.refused : null
        set.status = code ? failures[code][0] : 422
        return uploadPage(staff, query.development, code ? failures[code][1] : 'Choose a file first.')
      }
      const asked = { developmentId: query.development, fileName: chosen.fileName, isDryRun: true }
      const { importId } = await startImport(staff.scope, asked, chosen.file)
      return seeOther(request, paths.developer.import(importId))
    },
    { forStaff: 'developer', query: z.object({ development: z.uuid() }), detail: { hide: true } },
  )
  .get(
    '/developer/homes/import/:id',
    async ({ staff, params, query, request }) => {
      const opened = await openReport(staff.scope, params.id, { ...query, limit: ROWS_A_PAGE })
      const state = stateOf(opened, query)
      if (request.headers.get('hx-request-type') === 'partial') return ImportState(state)
      const place = await portalPlace(staff.scope, staff.staffId, opened.import.developmentId)
      return ImportPage({ shell: shellOf(place), developmentName: place.chosen?.name ?? '', ...state })
    },
    { forStaff: 'developer', params: itemParams, query: reportQuery, detail: { hide: true } },
  )
  .post(
    '/developer/homes/import/:id/confirmation',
    async ({ staff, params, request }) => {
      const { status } = await findImport(staff.scope, params.id)
      // A second press, or a page from before, leads to what became of the first.
      if (status !== 'checked' && status !== 'importing' && status !== 'imported')
        throw failure('import_not_waiting')
      if (status === 'checked') await confirmImport(staff.scope, params.id)
      return seeOther(request, paths.developer.import(params.id))
    },
    { forStaff: 'developer', params: itemParams, detail: { hide: true } },
  )

const TABLES = {
  receive: (stream: Readable) => receiveTable(stream, null),
  discard: async () => {},
}

async function uploadPage(staff: StaffCaller, developmentId: string | undefined, error?: string) {
  const place = await portalPlace(staff.scope, staff.staffId, developmentId)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const { id, name } = place.chosen
  const page = await importsPage(staff.scope, { developmentId: id, limit: IMPORTS_SHOWN })
  return ImportsPage({
    shell: shellOf(place),
    developmentName: name,
    action: paths.developer.homesImport({ development: id }),
    fileSizeBytesMax: IMPORT_BYTES_MAX,
    error,
    imports: page.rows.map(viewOf),
  })
}

function stateOf(
  { import: row, report }: Awaited<ReturnType<typeof openReport>>,
  query: z.infer<typeof reportQuery>,
) {
  const url = (more: { action?: string; cursor?: string } = {}) => paths.developer.import(row.id, more)
  const filter = query.action ? { action: query.action } : {}
  return {
    import: viewOf(row),
    action: query.action ?? null,
    rows: report.rows,
    homesUrl: paths.developer.homes({ development: row.developmentId }),
    uploadUrl: paths.developer.homesImport({ development: row.developmentId }),
    nextUrl: report.nextCursor ? url({ ...filter, cursor: report.nextCursor }) : undefined,
    firstUrl: query.cursor ? url(filter) : undefined,
  }
}

const viewOf = (row: ImportRow) => ({
  id: row.id,
  fileName: row.fileName,
  status: row.status,
  isSettled: isSettled(row),
  notes: row.notes,
  counts: {
    create: row.createCount,
    update: row.updateCount,
    unchanged: row.unchangedCount,
    error: row.errorCount,
  },
  progress: { stage: row.stage, done: row.progressDone, total: row.progressTotal },
  createdAt: row.createdAt,
})
