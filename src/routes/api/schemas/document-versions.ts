// Shapes of the versions of a document in the API.
import { z } from 'zod'
import { documentStatus } from './documents.ts'
import { moment, uuid } from './envelopes.ts'

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
