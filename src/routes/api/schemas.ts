// Shapes of the public API: what comes in, what goes out, documented where they are declared.
import { z } from 'zod'
import { documentKinds } from '#db/document-kinds.ts'
import { BULK_JOBS_MAX, jobStates } from '../../jobs.ts'
import { PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX } from '../../paging.ts'

export const uuid = z.uuid()
export const moment = z.iso.datetime().describe('Time in UTC, ISO 8601')

/** Whole numbers in decimal only: `0x10`, `1e2` and repeated parameters are refused, not guessed at. */
const limit = z
  .string()
  .regex(/^[0-9]{1,3}$/, `must be a whole number from 1 to ${PAGE_LIMIT_MAX}`)
  .transform(Number)
  .pipe(z.number().int().min(1).max(PAGE_LIMIT_MAX))

export const pageQuery = z.strictObject({
  limit: limit.default(PAGE_LIMIT_DEFAULT).describe(`Rows a page, 1 to ${PAGE_LIMIT_MAX}`),
  cursor: z.string().min(1).max(500).optional().describe('`next_cursor` of the page before'),
})

export const itemParams = z.object({ id: uuid })

export const errorBody = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      request_id: z.string(),
      fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
  })
  .meta({ id: 'Error' })

export const pageBody = <T extends z.ZodType>(row: T) =>
  z.object({ data: z.array(row), next_cursor: z.string().nullable() })

export const development = z
  .object({
    id: uuid,
    slug: z.string(),
    name: z.string(),
    tenure: z.enum(['sale', 'rent', 'mixed']).describe('`mixed`: each home says whether it is sold or let'),
    address_line: z.string(),
    locality: z.string(),
    county: z.string(),
    eircode: z.string().nullable(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    places_refreshed_at: moment.nullable().describe('When the places nearby were last fetched'),
    places_failure_code: z.string().nullable().describe('Why the newest refresh failed, if it did'),
    created_at: moment,
  })
  .meta({ id: 'Development' })

export const place = z
  .object({
    id: uuid,
    development_id: uuid,
    category: z.string(),
    name: z.string(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    distance_m: z
      .number()
      .int()
      .nullable()
      .describe('Straight line from the development; null when a position is missing'),
    source: z.string(),
    is_shown: z.boolean().describe('False when its kind is switched off for the development'),
    recorded_on: z.string(),
    fetched_at: moment.nullable().describe('Null for places that people recorded'),
  })
  .meta({ id: 'Place' })

export const deletion = z.object({ id: uuid, deleted: z.literal(true) }).meta({ id: 'Deletion' })

export const jobReceipt = z.object({ job_id: uuid }).meta({ id: 'JobReceipt' })

export const houseType = z
  .object({
    id: uuid,
    development_id: uuid,
    code: z.string(),
    name: z.string(),
    typical_bedrooms: z.number().int().nullable(),
    typical_floor_area_m2: z.number().nullable(),
  })
  .meta({ id: 'HouseType' })

export const unit = z
  .object({
    id: uuid,
    development_id: uuid,
    house_type_id: uuid,
    house_type: z.string(),
    number: z.string(),
    address_line: z.string(),
    eircode: z.string().nullable(),
    bedrooms: z.number().int().nullable(),
    bathrooms: z.number().int().nullable(),
    floor_area_m2: z.number().nullable(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    location_source: z
      .enum(['entered', 'geocoded', 'development'])
      .nullable()
      .describe('`development`: no position was found, so the home stands at its development'),
    geocode_quality: z.enum(['exact', 'interpolated', 'street', 'area']).nullable(),
    geocode_failure_code: z.string().nullable(),
    tenure: z.enum(['sale', 'rent']).describe('Sold or let; of the development unless that is mixed'),
    handed_over_on: z.string().nullable(),
    claimed_at: moment.nullable(),
  })
  .meta({ id: 'Unit' })

export const documentStatus = z.enum(['queued', 'processing', 'ready', 'failed'])
export const documentKind = z.enum(documentKinds as [string, ...string[]])

export const document = z
  .object({
    id: uuid,
    development_id: uuid,
    unit_id: uuid.nullable(),
    title: z.string(),
    kind: documentKind,
    house_types: z.array(z.string()).describe('Codes; empty means every home of the development'),
    status: documentStatus,
    stage: z.string(),
    failure_code: z.string().nullable(),
    file_name: z.string(),
    size_bytes: z.number().int(),
    pages: z.number().int().nullable(),
    chunks: z.number().int().nullable(),
    has_active_content: z.boolean(),
    expires_on: z.iso.date().nullable().describe('The last day that what it says holds'),
    version: z.number().int().describe('The version that all of the above is about'),
    live_version: z.number().int().nullable().describe('The version that homes see; null until one is ready'),
    deprecated_at: moment.nullable().describe('Set: neither shown to homes nor used for answers'),
    job_id: uuid.nullable(),
    created_at: moment,
  })
  .meta({ id: 'Document' })

export const downloadLink = z
  .object({ url: z.string().describe('For whoever holds it; needs no key') })
  .meta({ id: 'DownloadLink' })

export const documentVersion = z
  .object({
    id: uuid,
    document_id: uuid,
    number: z.number().int(),
    is_live: z.boolean().describe('Homes see this version'),
    status: documentStatus,
    stage: z.string(),
    failure_code: z.string().nullable(),
    file_name: z.string(),
    size_bytes: z.number().int(),
    pages: z.number().int().nullable(),
    chunks: z.number().int().nullable(),
    has_active_content: z.boolean(),
    notes: z.string().nullable(),
    job_id: uuid.nullable(),
    ready_at: moment.nullable(),
    created_at: moment,
  })
  .meta({ id: 'DocumentVersion' })

export const versionReceipt = z
  .object({
    id: uuid,
    document_id: uuid,
    number: z.number().int(),
    job_id: uuid.nullable(),
    status: documentStatus,
    is_live: z.boolean(),
    duplicate: z.boolean().optional().describe('The document already has these bytes, as this version'),
  })
  .meta({ id: 'VersionReceipt' })

export const reindexEstimate = z
  .object({
    model: z.string().describe('What the vectors would be of'),
    dimensions: z.number().int(),
    current_model: z.string().nullable().describe('What searches use now'),
    current_dimensions: z.number().int().nullable(),
    chunks: z.number().int(),
    chunks_to_embed: z
      .number()
      .int()
      .describe('Different texts without a vector; equal text is embedded once'),
    tokens: z.number().int().describe('Estimated from the length of the text'),
    cost_eur: z.number(),
    job_id: uuid.nullable().describe('The re-index that is under way'),
  })
  .meta({ id: 'ReindexEstimate' })

export const uploadReceipt = z
  .object({ id: uuid, job_id: uuid, status: documentStatus, duplicate: z.boolean().optional() })
  .meta({ id: 'UploadReceipt' })

const jobState = z.enum(jobStates)

export const job = z
  .object({
    id: uuid,
    kind: z.string(),
    state: jobState,
    attempt: z.number().int(),
    max_attempts: z.number().int(),
    stage: z.string().nullable(),
    progress_done: z.number().int(),
    progress_total: z.number().int(),
    error_code: z.string().nullable(),
    development_id: uuid.nullable(),
    document_id: uuid.nullable().describe('What it is about, when that is a document'),
    unit_id: uuid.nullable().describe('What it is about, when that is a home'),
    scheduled_at: moment.describe('When it may run, or may run again'),
    attempted_at: moment.nullable().describe('When the newest attempt began'),
    cancel_requested_at: moment.nullable(),
    created_at: moment,
    finalized_at: moment.nullable(),
  })
  .meta({ id: 'Job' })

export const jobAttempt = z
  .object({
    attempt: z.number().int(),
    outcome: z
      .enum(['completed', 'failed', 'cancelled', 'snoozed', 'lost', 'released'])
      .nullable()
      .describe('Null while it runs; `lost` and `released` do not count'),
    error_code: z.string().nullable(),
    started_at: moment,
    finished_at: moment.nullable(),
  })
  .meta({ id: 'JobAttempt' })

export const jobWithAttempts = job
  .extend({ attempts: z.array(jobAttempt).describe('Oldest first') })
  .meta({ id: 'JobWithAttempts' })

const jobFilter = {
  state: jobState.optional(),
  kind: z.string().min(1).max(100).optional(),
  development_id: uuid.optional(),
  document_id: uuid.optional(),
  unit_id: uuid.optional(),
  since: z.iso.datetime({ offset: true }).optional().describe('Created at or after this time'),
}

export const jobQuery = pageQuery.extend(jobFilter)

export const jobSelection = z
  .strictObject({
    ids: z.array(uuid).min(1).max(BULK_JOBS_MAX).optional(),
    filter: z.strictObject(jobFilter).optional(),
  })
  .refine(
    ({ ids, filter }) => (ids === undefined) !== (filter === undefined),
    'must have either ids or filter',
  )
  .meta({ id: 'JobSelection' })

export const jobResults = z
  .object({
    data: z.array(
      z.object({
        id: uuid,
        outcome: z
          .enum([
            'retried',
            'cancelled',
            'cancelling',
            'not_found',
            'job_not_retryable',
            'job_already_queued',
            'job_is_over',
          ])
          .describe('`cancelling`: it runs and was told to stop'),
      }),
    ),
    has_more: z.boolean().describe('More jobs fit the filter than one call takes: call again'),
  })
  .meta({ id: 'JobResults' })

export const citation = z
  .object({
    document_id: uuid,
    title: z.string(),
    page: z.number().int().describe('Page of the PDF, from 1'),
    printed_page: z.string().nullable().describe('The number printed on that page'),
    quote: z.string().describe('Words that stand on that page'),
    url: z.string().describe('Opens the PDF at the page; valid for some minutes'),
  })
  .meta({ id: 'Citation' })

export const questionBody = z
  .strictObject({
    unit_id: uuid,
    question: z.string().min(1).max(2_000),
    conversation_id: uuid.nullish(),
  })
  .meta({ id: 'NewQuestion' })

export const answer = z
  .object({
    answer: z.string(),
    stage: z.enum(['safety', 'refusal', 'fact', 'place', 'document', 'gap']),
    mode: z.enum(['llm', 'extractive']),
    citations: z.array(citation).max(5),
    gap_id: uuid.nullable(),
    conversation_id: uuid,
    request_id: z.string(),
  })
  .meta({ id: 'Answer' })

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

const dayCounts = {
  questions: z.number().int(),
  answered: z.number().int().describe('Questions that got an answer'),
  unanswered: z.number().int().describe('Questions that became gaps'),
  documents_opened: z.number().int(),
  scans: z.number().int().describe('Scans of printed codes'),
  claims: z.number().int().describe('Homes whose app was opened for the first time'),
}

export const analytics = z
  .object({
    development_id: uuid.nullable(),
    from: z.iso.date(),
    to: z.iso.date(),
    totals: z.object({ ...dayCounts, active_homes_max: z.number().int().describe('The most of one day') }),
    days: z.array(z.object({ day: z.iso.date(), active_homes: z.number().int(), ...dayCounts })).max(366),
  })
  .meta({ id: 'Analytics' })
export const homeRepair = z
  .object({
    id: uuid,
    unit_id: uuid,
    other_unit_id: uuid.nullable(),
    kind: z.enum(['move', 'exchange', 'house_type', 'undo']),
    reason: z.string(),
    created_at: moment,
    undone_at: moment.nullable(),
  })
  .meta({ id: 'HomeRepair' })

const reason = z.string().trim().min(10).max(500).describe('Kept in the activity log')

export const newRepair = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('move'),
      to_number: z.string().min(1).max(20).describe('Number of the home in the same development'),
      purchaser_ids: z.array(uuid).max(4).optional().describe('Everybody of the home when left out'),
      reason,
    }),
    z.strictObject({
      kind: z.literal('exchange'),
      to_number: z.string().min(1).max(20).describe('The two households change places'),
      reason,
    }),
    z.strictObject({ kind: z.literal('house_type'), house_type: z.string().min(1).max(40), reason }),
  ])
  .meta({ id: 'NewHomeRepair' })
