// The builder's documents: the table, uploads with and without scripts, one row as a fragment.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { type DocumentKind, documentKinds, isDocumentKind } from '#db/document-kinds.ts'
import { DeveloperDocumentsPage, DocumentRow } from '#views/developer/documents.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { kindOptions } from '#views/document-kinds.ts'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { config } from '../../config.ts'
import { fileNameHints } from '../../documents/file-name-hints.ts'
import { checkUploadTarget, findDocument, keepDocument, listDocuments } from '../../documents.ts'
import { staffFilePath } from '../../downloads.ts'
import { houseTypeOptions } from '../../estate-summary.ts'
import { failure, isFailure } from '../../failure.ts'
import { limitOrThrow } from '../../http/limiting.ts'
import { policies } from '../../http/limits.ts'
import { seeOther } from '../../http/redirect.ts'
import { libraryOf } from '../../library-summary.ts'
import { portalPlace } from '../../portal.ts'
import { discardAll, readUploadForm } from '../../uploads/form.ts'
import { receivePdf } from '../../uploads.ts'
import { rowOf, shellOf } from './present.ts'

const ROWS_A_PAGE = 50
const TITLE_CHARS_MAX = 300
const TITLE_IS_TOO_LONG = {
  path: 'title',
  message: `Keep the title under ${TITLE_CHARS_MAX} characters.`,
}
/** The kind, and house types unless some are chosen, are what the file's name says. */
const FROM_NAME = 'from_name'

const listQuery = z.object({
  development: z.uuid().optional(),
  cursor: z.string().max(500).optional(),
  status: z.enum(['queued', 'processing', 'ready', 'failed']).optional(),
  uploaded: z
    .string()
    .regex(/^[0-9]{1,3}$/)
    .optional(),
  refused: z
    .string()
    .regex(/^[0-9]{1,3}$/)
    .optional(),
  deleted: z.literal('1').optional(),
  full: z.literal('1').optional(),
  /** What the upload form starts with, for links from what is missing. */
  kind: z.enum(documentKinds as [DocumentKind, ...DocumentKind[]]).optional(),
  house_types: z.string().max(1_000).optional(),
})

const uploadQuery = z.object({
  development: z.uuid(),
  title: z.string().max(TITLE_CHARS_MAX).optional(),
  kind: z.enum([FROM_NAME, ...documentKinds]).default('other'),
  house_types: z.string().max(1_000).default(''),
  file_name: z.string().max(500).default('document.pdf'),
  must_read: z.literal('yes').optional(),
})

export const documents = new Elysia({ name: 'developer/documents' })
  .use(access)
  .get('/developer/documents', ({ staff, query }) => page(staff, query), {
    forStaff: 'developer',
    query: listQuery,
    detail: { hide: true },
  })
  .post(
    '/developer/documents',
    async ({ staff, query, request }) => {
      if (request.headers.get('content-type')?.startsWith('multipart/form-data'))
        return receiveForm(staff, query.development, request)
      const chosen = { kind: query.kind, houseTypeCodes: query.house_types.split(',').filter(Boolean) }
      const { kind, houseTypeCodes } = await named(staff, query.development, query.file_name, chosen)
      const target = { developmentId: query.development, houseTypeCodes }
      const declared = declaredLength(request)
      const { houseTypeIds } = await checkUploadTarget(staff.scope, target, declared ?? undefined)
      const file = await receivePdf(request.body, declared)
      const kept = await keepDocument(
        staff.scope,
        {
          ...target,
          title: query.title ?? null,
          kind,
          fileName: query.file_name,
          mustRead: query.must_read === 'yes',
        },
        houseTypeIds,
        file,
      )
      return DocumentRow({ document: rowOf(await findDocument(staff.scope, kept.documentId)) })
    },
    { forStaff: 'developer', query: uploadQuery, detail: { hide: true } },
  )
  .get(
    '/developer/documents/:id/file',
    async ({ staff, params, request, set }) => {
      limitOrThrow({ request, set }, policies.downloads, staff.staffId)
      return seeOther(request, await staffFilePath(staff.scope, params.id))
    },
    { forStaff: 'developer', params: z.object({ id: z.uuid() }), detail: { hide: true } },
  )

async function page(staff: StaffCaller, query: z.infer<typeof listQuery>) {
  const place = await portalPlace(staff.scope, staff.staffId, query.development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const developmentId = place.chosen.id
  const filter = { development: developmentId, ...(query.status ? { status: query.status } : {}) }
  const [{ houseTypes, storage }, rows] = await Promise.all([
    libraryOf(staff.scope, developmentId),
    listDocuments(staff.scope, {
      developmentId,
      status: query.status,
      cursor: query.cursor,
      limit: ROWS_A_PAGE,
    }),
  ])
  return DeveloperDocumentsPage({
    shell: shellOf(place),
    developmentName: place.chosen.name,
    coverageUrl: paths.developer.coverage({ development: developmentId }),
    acknowledgementsUrl: paths.developer.acknowledgements({ development: developmentId }),
    reindexUrl: paths.developer.reindex({ development: developmentId }),
    renewalUrl: paths.developer.renewal({ development: developmentId }),
    upload: {
      action: paths.developer.documents({ development: developmentId }),
      kinds: [{ value: FROM_NAME, label: 'From the file name' }, ...kindOptions()],
      houseTypes,
      trayUrl: paths.developer.uploadTray({ development: developmentId }),
      fileSizeBytesMax: config().UPLOAD_BYTES_MAX,
      values: { kind: query.kind ?? FROM_NAME, houseTypes: query.house_types?.split(',') ?? [] },
    },
    storage,
    documents: rows.rows.map(rowOf),
    nextUrl: rows.nextCursor ? paths.developer.documents({ ...filter, cursor: rows.nextCursor }) : undefined,
    firstUrl: query.cursor ? paths.developer.documents(filter) : undefined,
    ...messageOf(query),
  })
}

function messageOf(query: z.infer<typeof listQuery>) {
  if (query.deleted) return { message: { tone: 'success' as const, text: 'The document is deleted.' } }
  if (query.full)
    return {
      message: {
        tone: 'error' as const,
        text: `${query.uploaded ?? 0} uploaded, ${query.refused ?? 0} not: there is no room left for the rest.`,
      },
    }
  if (query.refused && query.refused !== '0')
    return {
      message: {
        tone: 'error' as const,
        text: `${query.refused} of the files could not be taken: only PDF files that are not empty can be used.`,
      },
    }
  return query.uploaded
    ? { message: { tone: 'success' as const, text: `${query.uploaded} uploaded. Each becomes ready below.` } }
    : {}
}

const declaredLength = (request: Request): number | null => {
  const declared = request.headers.get('content-length')
  return declared === null ? null : Number(declared)
}

type Form = Awaited<ReturnType<typeof readUploadForm>>

/** The form without scripts: every file is tried on its own, and the page says how many were taken. */
async function receiveForm(staff: StaffCaller, developmentId: string, request: Request) {
  await checkUploadTarget(staff.scope, { developmentId, houseTypeCodes: [] })
  const form = await readUploadForm(request)
  try {
    const outcome = await keepAll(staff, developmentId, form)
    return seeOther(request, paths.developer.documents({ development: developmentId, ...outcome }))
  } finally {
    await discardAll(form.files)
  }
}

async function keepAll(staff: StaffCaller, developmentId: string, { fields, files }: Form) {
  const chosen = { kind: fields.get('kind')?.[0] ?? '', houseTypeCodes: fields.get('house_types') ?? [] }
  const title = files.length === 1 ? (fields.get('title')?.[0] ?? null) : null
  if (title && title.length > TITLE_CHARS_MAX) throw failure('invalid', { fields: [TITLE_IS_TOO_LONG] })
  const mustRead = fields.get('must_read')?.[0] === 'yes'
  let uploaded = 0
  let isFull = false
  for (const { file, fileName } of files) {
    if ('refused' in file) continue
    const { kind, houseTypeCodes } = await named(staff, developmentId, fileName, chosen)
    const target = { developmentId, houseTypeCodes }
    try {
      const { houseTypeIds } = await checkUploadTarget(staff.scope, target)
      await keepDocument(staff.scope, { ...target, title, kind, fileName, mustRead }, houseTypeIds, file)
      uploaded++
    } catch (error) {
      // A smaller one of the others may still fit.
      if (!isFailure(error, 'storage_full')) throw error
      isFull = true
    }
  }
  const counted = { uploaded: String(uploaded), refused: String(files.length - uploaded) }
  return isFull ? { ...counted, full: '1' } : counted
}

/** What was chosen, or what the name says where the name is to decide. */
async function named(
  staff: StaffCaller,
  developmentId: string,
  fileName: string,
  chosen: { kind: string; houseTypeCodes: string[] },
): Promise<{ kind: DocumentKind; houseTypeCodes: string[] }> {
  const { kind, houseTypeCodes } = chosen
  if (kind !== FROM_NAME) return { kind: isDocumentKind(kind) ? kind : 'other', houseTypeCodes }
  const types = await houseTypeOptions(staff.scope, developmentId)
  const hints = fileNameHints(
    fileName,
    types.map(({ code }) => code),
  )
  return {
    kind: hints.kind ?? 'other',
    houseTypeCodes: houseTypeCodes.length > 0 ? houseTypeCodes : hints.houseTypeCodes,
  }
}
