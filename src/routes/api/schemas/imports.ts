// Shapes of imports of units in the API.
import { z } from 'zod'
import { moment, uuid } from './envelopes.ts'

const importStatus = z.enum(['checking', 'checked', 'importing', 'imported', 'refused', 'failed'])

export const unitImport = z
  .object({
    id: uuid,
    development_id: uuid,
    job_id: uuid.nullable(),
    file_name: z.string(),
    size_bytes: z.number().int(),
    dry_run: z.boolean(),
    status: importStatus.describe(
      '`checked`: the report is ready and waits to be confirmed. `refused`: nothing was imported, the notes and rows say why',
    ),
    failure_code: z.string().nullable(),
    notes: z.array(z.string()).describe('Sentences about the file as a whole'),
    create_count: z.number().int(),
    update_count: z.number().int(),
    unchanged_count: z.number().int(),
    error_count: z.number().int(),
    created_at: moment,
    checked_at: moment.nullable(),
    confirmed_at: moment.nullable(),
    imported_at: moment.nullable(),
  })
  .meta({ id: 'UnitImport' })

export const importReportRow = z
  .object({
    row: z.number().int().describe('As the spreadsheet numbers it'),
    action: z.enum(['create', 'update', 'unchanged', 'error']),
    number: z.string().nullable(),
    unit_id: uuid.nullable().describe('Null for a home that is to be created'),
    messages: z.array(z.string()),
    changes: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })),
  })
  .meta({ id: 'UnitImportRow' })

export const importReceipt = z
  .object({ id: uuid, job_id: uuid, status: importStatus })
  .meta({ id: 'UnitImportReceipt' })

export const importWithReport = unitImport
  .extend({ data: z.array(importReportRow), next_cursor: z.string().nullable() })
  .meta({ id: 'UnitImportWithReport' })
