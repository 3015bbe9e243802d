// Versions of the builder's documents: upload the next one, look at one, compare two, put one back.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { DocumentComparisonPage, DocumentVersionPage } from '#views/developer/document-version.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { compareVersions } from '../../documents/comparison.ts'
import { listPassages } from '../../documents/passages.ts'
import {
  checkVersionTarget,
  findVersion,
  keepVersion,
  NOTES_CHARS_MAX,
  noteVersion,
  publishVersion,
} from '../../documents/versions.ts'
import { findDocument } from '../../documents.ts'
import { versionFilePath } from '../../downloads.ts'
import { isFailure } from '../../failure.ts'
import { limitOrThrow } from '../../http/limiting.ts'
import { policies } from '../../http/limits.ts'
import { seeOther } from '../../http/redirect.ts'
import { portalPlace } from '../../portal.ts'
import { discardAll, readUploadForm } from '../../uploads/form.ts'
import { refusalDone } from './document-messages.ts'
import { passageView, shellOf, shownParts, versionView } from './present.ts'

const PASSAGES_A_PAGE = 50

const params = z.object({ id: z.uuid() })
const versionParams = params.extend({ versionId: z.uuid() })
const gate = { forStaff: 'developer', params, detail: { hide: true } } as const
const versionGate = { ...gate, params: versionParams } as const
const versionQuery = z.object({ done: z.string().max(40).optional(), cursor: z.string().max(500).optional() })

export const documentVersions = new Elysia({
  name: 'developer/document-versions',
  prefix: '/developer/documents/:id',
})
  .use(access)
  .post('/versions', ({ staff, params, request }) => receiveVersion(staff, params.id, request), gate)
  .get('/versions/:versionId', ({ staff, params, query }) => page(staff, params, query), {
    ...versionGate,
    query: versionQuery,
  })
  .get(
    '/versions/:versionId/file',
    async ({ staff, params, request, set }) => {
      limitOrThrow({ request, set }, policies.downloads, staff.staffId)
      return seeOther(request, await versionFilePath(staff.scope, params.id, params.versionId))
    },
    versionGate,
  )
  .post(
    '/versions/:versionId/notes',
    async ({ staff, params, body, request }) => {
      await noteVersion(staff.scope, params.id, params.versionId, body.notes)
      const { id, versionId } = params
      return seeOther(request, paths.developer.documentVersion(id, versionId, { done: 'notes' }))
    },
    { ...versionGate, body: z.object({ notes: z.string().max(2 * NOTES_CHARS_MAX) }) },
  )
  .post(
    '/versions/:versionId/publication',
    async ({ staff, params, request }) => {
      await publishVersion(staff.scope, params.id, params.versionId)
      return seeOther(request, paths.developer.document(params.id, { done: 'publication' }))
    },
    versionGate,
  )
  .get('/comparison', ({ staff, params, query }) => comparison(staff, params.id, query.from, query.to), {
    ...gate,
    query: z.object({ from: z.uuid(), to: z.uuid() }),
  })

async function receiveVersion(staff: StaffCaller, id: string, request: Request) {
  await checkVersionTarget(staff.scope, id)
  const { fields, files } = await readUploadForm(request)
  try {
    const [first] = files
    const done = first ? await keep(staff, id, fields, first) : 'no_file'
    return seeOther(request, paths.developer.document(id, { done }))
  } finally {
    await discardAll(files)
  }
}

type Form = Awaited<ReturnType<typeof readUploadForm>>

async function keep(
  staff: StaffCaller,
  id: string,
  fields: Form['fields'],
  { file, fileName }: Form['files'][number],
) {
  if ('refused' in file) return refusalDone(file.refused)
  const notes = fields.get('notes')?.[0] ?? null
  const asksAgain = fields.get('asks_again')?.[0] === 'yes'
  const kept = await keepVersion(staff.scope, id, { fileName, notes, asksAgain }, file).catch((error) => {
    if (isFailure(error, 'storage_full')) return null
    throw error
  })
  if (!kept) return 'storage_full'
  if (!kept.isDuplicate) return 'version'
  return kept.isLive ? 'same_as_live' : 'same_as_earlier'
}

async function page(
  staff: StaffCaller,
  { id, versionId }: z.infer<typeof versionParams>,
  query: z.infer<typeof versionQuery>,
) {
  const [found, version, passages] = await Promise.all([
    findDocument(staff.scope, id),
    findVersion(staff.scope, id, versionId),
    listPassages(staff.scope, id, versionId, { cursor: query.cursor, limit: PASSAGES_A_PAGE }),
  ])
  const place = await portalPlace(staff.scope, staff.staffId, found.developmentId)
  const url = (cursor?: string) => paths.developer.documentVersion(id, versionId, cursor ? { cursor } : {})
  return DocumentVersionPage({
    shell: shellOf(place),
    documentId: id,
    title: found.title,
    version: versionView(version),
    notesLengthMax: NOTES_CHARS_MAX,
    passages: passages.rows.map(passageView),
    nextUrl: passages.nextCursor ? url(passages.nextCursor) : undefined,
    firstUrl: query.cursor ? url() : undefined,
    message: query.done === 'notes' ? 'The notes are saved.' : undefined,
  })
}

async function comparison(staff: StaffCaller, id: string, fromId: string, toId: string) {
  const found = await findDocument(staff.scope, id)
  const [place, { from, to, diff }] = await Promise.all([
    portalPlace(staff.scope, staff.staffId, found.developmentId),
    compareVersions(staff.scope, id, fromId, toId),
  ])
  return DocumentComparisonPage({
    shell: shellOf(place),
    documentId: id,
    title: found.title,
    from: from.number,
    to: to.number,
    removed: diff.removed,
    added: diff.added,
    isExact: diff.isExact,
    ...shownParts(diff.parts),
  })
}
