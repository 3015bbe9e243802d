// Imports of units: upload a list as a raw body, read the report, confirm what it says.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../../access/access.ts'
import { failure } from '../../failure.ts'
import {
  checkImportTarget,
  confirmImport,
  findImport,
  type ImportRow,
  importsPage,
  openReport,
  type ReportRow,
  receiveTable,
  startImport,
} from '../../imports.ts'
import { describe, responses } from './operations.ts'
import { errorBody, itemParams, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'
import { importReceipt, importReportRow, importWithReport, unitImport } from './schemas/imports.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const ACCEPTED = new Set([
  ...['text/csv', 'text/tab-separated-values', XLSX],
  ...['application/vnd.ms-excel', 'application/octet-stream'],
])
const file = { schema: { type: 'string', format: 'binary' } }

const importQuery = z.strictObject({
  development_id: uuid,
  dry_run: z
    .enum(['true', 'false'])
    .default('true')
    .transform((text) => text === 'true')
    .describe('`false` imports at once when no row is wrong; all rows or none'),
  file_name: z.string().max(500).default('homes'),
})

export const unitsImport = new Elysia({ name: 'api/units-import', prefix: '/units' }).use(access).post(
  '/import',
  async ({ client, query, request, set }) => {
    await checkImportTarget(client.scope, query.development_id)
    refuseOtherTypes(request)
    const declared = request.headers.get('content-length')
    const content = await receiveTable(request.body, declared === null ? null : Number(declared))
    const asked = { developmentId: query.development_id, fileName: query.file_name, isDryRun: query.dry_run }
    const { importId, jobId } = await startImport(client.scope, asked, content)
    set.status = 202
    return { id: importId, job_id: jobId, status: 'checking' as const }
  },
  {
    forApiClient: 'units:write',
    query: importQuery,
    response: responses({ 202: importReceipt, 413: errorBody, 415: errorBody }),
    detail: describe('Imports', 'importUnits', 'Import units from CSV or .xlsx', {
      requestBody: { required: true, content: { 'text/csv': file, [XLSX]: file } },
    }),
  },
)

export const imports = new Elysia({ name: 'api/imports', prefix: '/imports' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const page = await importsPage(client.scope, { ...query, developmentId: query.development_id })
      return { data: page.rows.map(body), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'units:read',
      query: pageQuery.extend({ development_id: uuid.optional() }),
      response: responses({ 200: pageBody(unitImport) }),
      detail: describe('Imports', 'listImports', 'List imports, newest first'),
    },
  )
  .get(
    '/:id',
    async ({ client, params, query }) => {
      const { import: row, report } = await openReport(client.scope, params.id, query)
      return { ...body(row), data: report.rows.map(reportBody), next_cursor: report.nextCursor }
    },
    {
      forApiClient: 'units:read',
      params: itemParams,
      query: pageQuery.extend({ action: importReportRow.shape.action.optional() }),
      response: responses({ 200: importWithReport }),
      detail: describe('Imports', 'getImport', 'Read an import and its report, row by row'),
    },
  )
  .post(
    '/:id/confirmation',
    async ({ client, params, set }) => {
      const { jobId } = await confirmImport(client.scope, params.id)
      set.status = 202
      return { id: params.id, job_id: jobId, status: (await findImport(client.scope, params.id)).status }
    },
    {
      forApiClient: 'units:write',
      params: itemParams,
      response: responses({ 202: importReceipt, 409: errorBody }),
      detail: describe('Imports', 'confirmImport', 'Import what a dry run reported'),
    },
  )

function refuseOtherTypes(request: Request): void {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type && !ACCEPTED.has(type)) throw failure('unsupported_type')
  if (request.headers.has('content-encoding')) throw failure('unsupported_type')
}

const body = (row: ImportRow) => ({
  id: row.id,
  development_id: row.developmentId,
  job_id: row.jobId,
  file_name: row.fileName,
  size_bytes: row.sizeBytes,
  dry_run: row.isDryRun,
  status: row.status,
  failure_code: row.failureCode,
  notes: row.notes,
  create_count: row.createCount,
  update_count: row.updateCount,
  unchanged_count: row.unchangedCount,
  error_count: row.errorCount,
  created_at: row.createdAt.toISOString(),
  checked_at: row.checkedAt?.toISOString() ?? null,
  confirmed_at: row.confirmedAt?.toISOString() ?? null,
  imported_at: row.importedAt?.toISOString() ?? null,
})

const reportBody = (row: ReportRow) => ({
  row: row.rowNumber,
  action: row.action,
  number: row.unitNumber,
  unit_id: row.unitId,
  messages: row.messages,
  changes: row.changes,
})
