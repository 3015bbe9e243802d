// Versions of a document: upload the next one, list, note what changed, put an earlier one back.
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { FileAndReading } from '#db/document-versions.ts'
import { access } from '../../access/access.ts'
import {
  checkVersionTarget,
  findVersion,
  keepVersion,
  listVersions,
  NOTES_CHARS_MAX,
  noteVersion,
  publishVersion,
  type Version,
} from '../../documents/versions.ts'
import { unchangedSince } from '../../http/entity-tags.ts'
import { receivePdf } from '../../uploads.ts'
import { describe, responses } from './operations.ts'
import { declaredBytes, pdfRequestBody, refuseOtherTypes } from './pdf-body.ts'
import { versionReceipt } from './schemas/document-versions.ts'
import { documentVersion } from './schemas/documents.ts'
import { errorBody, itemParams, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'

const notes = z.string().max(NOTES_CHARS_MAX)
const versionParams = itemParams.extend({ version_id: uuid })

export const documentVersions = new Elysia({
  name: 'api/document-versions',
  prefix: '/documents/:id/versions',
})
  .use(access)
  .post(
    '',
    async ({ client, params, query, request, set }) => {
      const declared = declaredBytes(request)
      await checkVersionTarget(client.scope, params.id, declared ?? undefined)
      refuseOtherTypes(request)
      const file = await receivePdf(request.body, declared)
      const asked = {
        fileName: query.file_name,
        notes: query.notes ?? null,
        asksAgain: query.ask_again === 'true',
      }
      const kept = await keepVersion(client.scope, params.id, asked, file)
      set.status = kept.isDuplicate ? 200 : 202
      return {
        id: kept.versionId,
        document_id: params.id,
        number: kept.number,
        job_id: kept.jobId,
        status: kept.status,
        is_live: kept.isLive,
        ...(kept.isDuplicate ? { duplicate: true } : {}),
      }
    },
    {
      forApiClient: 'documents:write',
      params: itemParams,
      query: z.strictObject({
        notes: notes.optional().describe('What changed'),
        file_name: z.string().max(500).default('document.pdf'),
        ask_again: z
          .enum(['true', 'false'])
          .default('false')
          .describe('Of a must-read document: also whoever acknowledged an earlier version reads this one'),
      }),
      response: responses({
        200: versionReceipt,
        202: versionReceipt,
        409: errorBody,
        413: errorBody,
        415: errorBody,
        507: errorBody,
      }),
      detail: describe('Documents', 'uploadVersion', 'Upload the next version of a document', pdfRequestBody),
    },
  )
  .get(
    '',
    async ({ client, params, query }) => {
      const page = await listVersions(client.scope, params.id, query)
      return { data: page.rows.map(versionBody), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'documents:read',
      params: itemParams,
      query: pageQuery,
      response: responses({ 200: pageBody(documentVersion) }),
      detail: describe('Documents', 'listVersions', 'List the versions of a document, newest first'),
    },
  )
  .get(
    '/:version_id',
    async ({ client, params }) => versionBody(await findVersion(client.scope, params.id, params.version_id)),
    {
      forApiClient: 'documents:read',
      params: versionParams,
      response: responses({ 200: documentVersion }),
      detail: describe('Documents', 'getVersion', 'Read a version'),
    },
  )
  .patch(
    '/:version_id',
    async ({ client, params, body: sent, request }) => {
      const check = unchangedSince(request, versionBody)
      return versionBody(await noteVersion(client.scope, params.id, params.version_id, sent.notes, check))
    },
    {
      forApiClient: 'documents:write',
      params: versionParams,
      body: z.strictObject({ notes: notes.nullable() }).meta({ id: 'VersionNotes' }),
      response: responses({ 200: documentVersion }),
      detail: describe('Documents', 'noteVersion', 'Write down what changed in a version'),
    },
  )
  .post(
    '/:version_id/publication',
    async ({ client, params }) =>
      versionBody(await publishVersion(client.scope, params.id, params.version_id)),
    {
      forApiClient: 'documents:write',
      params: versionParams,
      response: responses({ 200: documentVersion, 409: errorBody }),
      detail: describe('Documents', 'publishVersion', 'Show this version to homes, e.g. to roll back'),
    },
  )

export const fileBody = (row: FileAndReading) => ({
  status: row.status,
  stage: row.stage,
  failure_code: row.failureCode,
  file_name: row.fileName,
  size_bytes: row.sizeBytes,
  pages: row.pageCount,
  chunks: row.chunkCount,
  has_active_content: row.hasActiveContent,
})

export const versionBody = (row: Version) => ({
  id: row.id,
  document_id: row.documentId,
  number: row.number,
  is_live: row.isLive,
  ...fileBody(row),
  notes: row.notes,
  job_id: row.jobId,
  ready_at: row.readyAt?.toISOString() ?? null,
  created_at: row.createdAt.toISOString(),
})
