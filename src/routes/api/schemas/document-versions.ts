// Shapes of the versions of a document in the API.
import { z } from 'zod'
import { documentStatus } from './documents.ts'
import { uuid } from './envelopes.ts'

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
