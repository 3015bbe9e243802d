// Who acknowledged which version of a must-read document.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../../access/access.ts'
import { type AcknowledgementRow, acknowledgementsPage } from '../../acknowledgements.ts'
import { describe, responses } from './operations.ts'
import { moment, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'

const acknowledgement = z
  .object({
    id: uuid,
    development_id: uuid,
    document_id: uuid,
    version_id: uuid,
    version: z.number().int(),
    unit_id: uuid,
    reader_id: uuid.describe('A purchaser of the home, or the home itself where no names are recorded'),
    acknowledged_at: moment,
  })
  .meta({ id: 'Acknowledgement' })

export const acknowledgements = new Elysia({ name: 'api/acknowledgements', prefix: '/acknowledgements' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const { development_id: developmentId, document_id: documentId, unit_id: unitId, ...page } = query
      const found = await acknowledgementsPage(client.scope, { developmentId, documentId, unitId, ...page })
      return { data: found.rows.map(body), next_cursor: found.nextCursor }
    },
    {
      forApiClient: 'documents:read',
      query: pageQuery.extend({
        development_id: uuid.optional(),
        document_id: uuid.optional(),
        unit_id: uuid.optional(),
      }),
      response: responses({ 200: pageBody(acknowledgement) }),
      detail: describe('Documents', 'listAcknowledgements', 'List who acknowledged what, the oldest first'),
    },
  )

const body = (row: AcknowledgementRow) => ({
  id: row.id,
  development_id: row.developmentId,
  document_id: row.documentId,
  version_id: row.versionId,
  version: row.versionNumber,
  unit_id: row.unitId,
  reader_id: row.readerId,
  acknowledged_at: row.createdAt.toISOString(),
})
