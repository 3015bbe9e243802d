// Documents of the key's tenant: upload a PDF as a raw body, list, read, watch it become ready.
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { DocumentKind } from '#db/document-kinds.ts'
import type { StaffDocument } from '#db/documents.ts'
import { access } from '../../access/access.ts'
import {
  checkUploadTarget,
  findDocument,
  HOUSE_TYPES_MAX,
  keepDocument,
  listDocuments,
} from '../../documents.ts'
import { failure } from '../../failure.ts'
import { receivePdf } from '../../uploads.ts'
import { describe, responses } from './operations.ts'
import {
  document,
  documentKind,
  documentStatus,
  errorBody,
  itemParams,
  pageBody,
  pageQuery,
  uploadReceipt,
  uuid,
} from './schemas.ts'

const uploadQuery = z.object({
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
      const { houseTypeIds } = await checkUploadTarget(client.scope, target)
      refuseOtherTypes(request)
      const file = await receivePdf(request.body, declaredBytes(request))
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
      detail: describe('Documents', 'uploadDocument', 'Upload a PDF', {
        requestBody: {
          required: true,
          content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
        },
      }),
    },
  )
  .get(
    '',
    async ({ client, query }) => {
      const page = await listDocuments(client.scope, { ...query, developmentId: query.development_id })
      return { data: page.rows.map(body), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'documents:read',
      query: pageQuery.extend({ development_id: uuid.optional(), status: documentStatus.optional() }),
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

function refuseOtherTypes(request: Request): void {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type && type !== 'application/pdf' && type !== 'application/octet-stream')
    throw failure('unsupported_type')
  if (request.headers.has('content-encoding')) throw failure('unsupported_type')
}

function declaredBytes(request: Request): number | null {
  const declared = request.headers.get('content-length')
  return declared === null ? null : Number(declared)
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((code) => code.trim())
    .filter(Boolean)
}

const body = (row: StaffDocument) => ({
  id: row.id,
  development_id: row.developmentId,
  unit_id: row.unitId,
  title: row.title,
  kind: row.kind,
  house_types: row.houseTypeCodes,
  status: row.status,
  stage: row.stage,
  failure_code: row.failureCode,
  file_name: row.fileName,
  size_bytes: row.sizeBytes,
  pages: row.pageCount,
  chunks: row.chunkCount,
  has_active_content: row.hasActiveContent,
  job_id: row.jobId,
  created_at: row.createdAt.toISOString(),
})
