// Shapes of documents in the API.
import { z } from 'zod'
import { documentKinds } from '#db/document-kinds.ts'
import { moment, uuid } from './envelopes.ts'

export const documentStatus = z.enum(['queued', 'processing', 'ready', 'failed'])

export const documentKind = z.enum(documentKinds as [string, ...string[]])

/** Of one version: its file, and how far its reading is. */
const fileAndReading = {
  status: documentStatus,
  stage: z.string(),
  failure_code: z.string().nullable(),
  file_name: z.string(),
  size_bytes: z.number().int(),
  pages: z.number().int().nullable(),
  chunks: z.number().int().nullable(),
  has_active_content: z.boolean(),
}

export const documentVersion = z
  .object({
    id: uuid,
    document_id: uuid,
    number: z.number().int(),
    is_live: z.boolean().describe('Homes see this version'),
    ...fileAndReading,
    notes: z.string().nullable(),
    job_id: uuid.nullable(),
    ready_at: moment.nullable(),
    created_at: moment,
  })
  .meta({ id: 'DocumentVersion' })

export const document = z
  .object({
    id: uuid,
    development_id: uuid,
    unit_id: uuid.nullable(),
    title: z.string(),
    kind: documentKind,
    house_types: z.array(z.string()).describe('Codes; empty means every home of the development'),
    ...fileAndReading,
    expires_on: z.iso.date().nullable().describe('The last day that what it says holds'),
    version: z.number().int().describe('The version that all of the above is about'),
    live_version: z.number().int().nullable().describe('The version that homes see; null until one is ready'),
    must_read_from: z
      .number()
      .int()
      .nullable()
      .describe('Homes must have read this version or a later one; null when nobody must'),
    deprecated_at: moment.nullable().describe('Set: neither shown to homes nor used for answers'),
    job_id: uuid.nullable(),
    created_at: moment,
    live_version_details: documentVersion
      .nullable()
      .optional()
      .describe('With `expand=live_version_details`: the version that homes see; null until one is ready'),
  })
  .meta({ id: 'Document' })

export const downloadLink = z
  .object({ url: z.string().describe('For whoever holds it; needs no key') })
  .meta({ id: 'DownloadLink' })

export const uploadReceipt = z
  .object({ id: uuid, job_id: uuid, status: documentStatus, duplicate: z.boolean().optional() })
  .meta({ id: 'UploadReceipt' })
