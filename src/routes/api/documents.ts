// Documents of the key's tenant: upload a PDF as a raw body, list, read, watch it become ready.
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { DocumentKind } from '#db/document-kinds.ts'
import type { StaffDocument } from '#db/documents.ts'
import { access } from '../../access/access.ts'
import { markMustRead, unmarkMustRead } from '../../acknowledgements.ts'
import { config } from '../../config.ts'
import { deleteDocument } from '../../documents/deletion.ts'
import {
  deprecateDocument,
  liveVersionsByDocument,
  reingestDocument,
  type Version,
} from '../../documents/versions.ts'
import {
  checkUploadTarget,
  findDocument,
  HOUSE_TYPES_MAX,
  keepDocument,
  listDocuments,
} from '../../documents.ts'
import { staffFilePath } from '../../downloads.ts'
import { receivePdf } from '../../uploads.ts'
import { fileBody, versionBody } from './document-versions.ts'
import { expandOf } from './expand.ts'
import { describe, responses } from './operations.ts'
import { declaredBytes, pdfRequestBody, refuseOtherTypes } from './pdf-body.ts'
import { document, documentKind, documentStatus, downloadLink, uploadReceipt } from './schemas/documents.ts'
import {
  deletion,
  errorBody,
  itemParams,
  jobReceipt,
  pageBody,
  pageQuery,
  uuid,
} from './schemas/envelopes.ts'

const uploadQuery = z.strictObject({
  development_id: uuid,
  title: z.string().trim().min(1).max(300).optional().describe('Without one the file name is used'),
  kind: documentKind.default('other'),
  house_types: z
    .string()
    .max(1_000)
    .default('')
    .transform(listOf)
    .refine((codes) => codes.length <= HOUSE_TYPES_MAX, `must be at most ${HOUSE_TYPES_MAX} codes`)
    .describe('Codes separated by commas, such as `BD01,BD02`; none means every home'),
  file_name: z.string().max(500).default('document.pdf'),
})

export const documents = new Elysia({ name: 'api/documents', prefix: '/documents' })
  .use(access)
  .post(
    '',
    async ({ client, query, request, set }) => {
      const target = { developmentId: query.development_id, houseTypeCodes: query.house_types }
      const declared = declaredBytes(request)
      const { houseTypeIds } = await checkUploadTarget(client.scope, target, declared ?? undefined)
      refuseOtherTypes(request)
      const file = await receivePdf(request.body, declared)
      const asked = {
        ...target,
        title: query.title ?? null,
        kind: query.kind as DocumentKind,
        fileName: query.file_name,
      }
      const { documentId, jobId, status, isDuplicate } = await keepDocument(
        client.scope,
        asked,
        houseTypeIds,
        file,
      )
      set.status = isDuplicate ? 200 : 202
      return { id: documentId, job_id: jobId, status, ...(isDuplicate ? { duplicate: true } : {}) }
    },
    {
      forApiClient: 'documents:write',
      query: uploadQuery,
      response: responses({
        200: uploadReceipt,
        202: uploadReceipt,
        413: errorBody,
        415: errorBody,
        507: errorBody,
      }),
      detail: describe('Documents', 'uploadDocument', 'Upload a PDF', pdfRequestBody),
    },
  )
  .get(
    '',
    async ({ client, query }) => {
      const page = await listDocuments(client.scope, { ...query, developmentId: query.development_id })
      const data = page.rows.map(body)
      if (!query.expand) return { data, next_cursor: page.nextCursor }
      const ids = data.map(({ id }) => id)
      const live = await liveVersionsByDocument(client.scope, ids)
      return { data: data.map((row) => withLiveVersion(row, live.get(row.id))), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'documents:read',
      query: pageQuery.extend({
        development_id: uuid.optional(),
        status: documentStatus.optional(),
        expand: expandOf(['live_version_details']),
      }),
      response: responses({ 200: pageBody(document) }),
      detail: describe('Documents', 'listDocuments', 'List documents, newest first'),
    },
  )
  .get('/:id', async ({ client, params }) => body(await findDocument(client.scope, params.id)), {
    forApiClient: 'documents:read',
    params: itemParams,
    response: responses({ 200: document }),
    detail: describe('Documents', 'getDocument', 'Read a document and how far it is'),
  })
  .get(
    '/:id/download',
    async ({ client, params }) => ({
      url: `${config().publicUrl}${await staffFilePath(client.scope, params.id)}`,
    }),
    {
      forApiClient: 'documents:read',
      params: itemParams,
      response: responses({ 200: downloadLink }),
      detail: describe(
        'Documents',
        'getDocumentDownload',
        'Get an address of the file, valid for some minutes',
      ),
    },
  )
  .delete(
    '/:id',
    async ({ client, params }) => {
      await deleteDocument(client.scope, params.id)
      return { id: params.id, deleted: true as const }
    },
    {
      forApiClient: 'documents:write',
      params: itemParams,
      response: responses({ 200: deletion }),
      detail: describe('Documents', 'deleteDocument', 'Delete a document with all its versions and text'),
    },
  )
  .post('/:id/deprecation', ({ client, params }) => deprecated(client.scope, params.id, true), {
    forApiClient: 'documents:write',
    params: itemParams,
    response: responses({ 200: document }),
    detail: describe('Documents', 'deprecateDocument', 'Take a document out of the homes and of answers'),
  })
  .delete('/:id/deprecation', ({ client, params }) => deprecated(client.scope, params.id, false), {
    forApiClient: 'documents:write',
    params: itemParams,
    response: responses({ 200: document }),
    detail: describe('Documents', 'restoreDocument', 'Put a deprecated document back'),
  })
  .post(
    '/:id/must-read',
    async ({ client, params, body: sent }) => {
      await markMustRead(client.scope, params.id, sent.ask_again)
      return body(await findDocument(client.scope, params.id))
    },
    {
      forApiClient: 'documents:write',
      params: itemParams,
      body: z
        .strictObject({
          ask_again: z.boolean().default(false).describe('Also whoever acknowledged an earlier version'),
        })
        .meta({ id: 'MustRead' }),
      response: responses({ 200: document }),
      detail: describe('Documents', 'markMustRead', 'Have every adult of the homes that see it read it'),
    },
  )
  .delete(
    '/:id/must-read',
    async ({ client, params }) => {
      await unmarkMustRead(client.scope, params.id)
      return body(await findDocument(client.scope, params.id))
    },
    {
      forApiClient: 'documents:write',
      params: itemParams,
      response: responses({ 200: document }),
      detail: describe('Documents', 'unmarkMustRead', 'Nobody must read it any more'),
    },
  )
  .post(
    '/:id/reingestion',
    async ({ client, params, set }) => {
      const { jobId } = await reingestDocument(client.scope, params.id)
      set.status = 202
      return { job_id: jobId }
    },
    {
      forApiClient: 'documents:write',
      params: itemParams,
      response: responses({ 202: jobReceipt, 409: errorBody }),
      detail: describe('Documents', 'reingestDocument', 'Read the stored file again, beside what homes see'),
    },
  )

async function deprecated(scope: ApiScope, documentId: string, isDeprecated: boolean) {
  await deprecateDocument(scope, documentId, isDeprecated)
  return body(await findDocument(scope, documentId))
}

type ApiScope = Parameters<typeof findDocument>[0]

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((code) => code.trim())
    .filter(Boolean)
}

/** Of the same scope as the document. */
const withLiveVersion = <Row extends object>(row: Row, version: Version | undefined) => ({
  ...row,
  live_version_details: version ? versionBody(version) : null,
})

const body = (row: StaffDocument) => ({
  id: row.id,
  development_id: row.developmentId,
  unit_id: row.unitId,
  title: row.title,
  kind: row.kind,
  house_types: row.houseTypeCodes,
  ...fileBody(row),
  version: row.versionNumber,
  live_version: row.liveVersionNumber,
  expires_on: row.expiresOn,
  must_read_from: row.mustReadFrom,
  deprecated_at: row.deprecatedAt?.toISOString() ?? null,
  job_id: row.jobId,
  created_at: row.createdAt.toISOString(),
})
