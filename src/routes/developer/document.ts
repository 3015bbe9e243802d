// One document of the builder: its page, and what staff decide about it.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { DeveloperDocumentPage, DocumentDeletionPage } from '#views/developer/document.tsx'
import { DocumentState } from '#views/developer/document-state.tsx'
import { DocumentRow } from '#views/developer/documents.tsx'
import { kindLabel } from '#views/document-kinds.ts'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { countReading } from '../../acknowledgements.ts'
import { config } from '../../config.ts'
import { deleteDocument } from '../../documents/deletion.ts'
import { listPassages, oldAnswers } from '../../documents/passages.ts'
import { changeExpiry, qualityFlags } from '../../documents/quality.ts'
import {
  deprecateDocument,
  listVersions,
  NOTES_CHARS_MAX,
  reingestDocument,
} from '../../documents/versions.ts'
import { findDocument } from '../../documents.ts'
import { seeOther } from '../../http/redirect.ts'
import { portalPlace } from '../../portal.ts'
import { doneMessage } from './document-messages.ts'
import { passageView, rowOf, shellOf, stateOf } from './present.ts'
import { problemsOf } from './settings/refused.ts'

const VERSIONS_SHOWN = 20
const PASSAGES_SHOWN = 5

const params = z.object({ id: z.uuid() })
const pageQuery = z.object({
  done: z.string().max(40).optional(),
  versions: z.string().max(500).optional(),
})
const gate = { forStaff: 'developer', params, detail: { hide: true } } as const

export const document = new Elysia({ name: 'developer/document', prefix: '/developer/documents/:id' })
  .use(access)
  .get(
    '',
    async ({ staff, params, query, request }) => {
      const isPartial = request.headers.get('hx-request-type') === 'partial'
      if (isPartial) return DocumentRow({ document: rowOf(await findDocument(staff.scope, params.id)) })
      return page(staff, params.id, query)
    },
    { ...gate, query: pageQuery },
  )
  .get(
    '/state',
    async ({ staff, params }) => DocumentState({ document: await state(staff, params.id) }),
    gate,
  )
  .post(
    '/reingestion',
    async ({ staff, params, request }) => {
      await reingestDocument(staff.scope, params.id)
      return seeOther(request, paths.developer.document(params.id, { done: 'reingestion' }))
    },
    gate,
  )
  .post(
    '/expiry',
    async ({ staff, params, body, request, set }) => {
      try {
        await changeExpiry(staff.scope, params.id, body.expires_on)
      } catch (error) {
        const [problem] = problemsOf(error)
        set.status = 422
        return page(staff, params.id, {}, { value: body.expires_on, problem: problem?.message })
      }
      return seeOther(request, paths.developer.document(params.id, { done: 'expiry' }))
    },
    { ...gate, body: z.object({ expires_on: z.string().max(100).default('') }) },
  )
  .post('/deprecation', ({ staff, params, request }) => deprecate(staff, params.id, true, request), gate)
  .post('/restoration', ({ staff, params, request }) => deprecate(staff, params.id, false, request), gate)
  .get(
    '/deletion',
    async ({ staff, params }) => {
      const found = await findDocument(staff.scope, params.id)
      const place = await portalPlace(staff.scope, staff.staffId, found.developmentId)
      const { id, title, versionNumber } = found
      return DocumentDeletionPage({ shell: shellOf(place), id, title, versions: versionNumber })
    },
    gate,
  )
  .post(
    '/deletion',
    async ({ staff, params, request }) => {
      const { developmentId } = await findDocument(staff.scope, params.id)
      await deleteDocument(staff.scope, params.id)
      return seeOther(request, paths.developer.documents({ development: developmentId, deleted: '1' }))
    },
    gate,
  )

async function deprecate(staff: StaffCaller, id: string, isDeprecated: boolean, request: Request) {
  await deprecateDocument(staff.scope, id, isDeprecated)
  return seeOther(
    request,
    paths.developer.document(id, { done: isDeprecated ? 'deprecation' : 'restoration' }),
  )
}

async function state(staff: StaffCaller, id: string, cursor?: string) {
  const [found, versions] = await Promise.all([
    findDocument(staff.scope, id),
    listVersions(staff.scope, id, { cursor, limit: VERSIONS_SHOWN }),
  ])
  const olderUrl = versions.nextCursor
    ? paths.developer.document(id, { versions: versions.nextCursor })
    : null
  return stateOf(found, versions.rows, olderUrl)
}

async function page(
  staff: StaffCaller,
  id: string,
  query: z.infer<typeof pageQuery>,
  expiry?: { value: string; problem: string | undefined },
) {
  const found = await findDocument(staff.scope, id)
  const { developmentId, liveVersionId } = found
  const [place, documentState, old, passages, reading] = await Promise.all([
    portalPlace(staff.scope, staff.staffId, developmentId),
    state(staff, id, query.versions),
    oldAnswers(staff.scope, id),
    liveVersionId ? listPassages(staff.scope, id, liveVersionId, { limit: PASSAGES_SHOWN }) : null,
    found.mustReadFrom === null ? null : countReading(staff.scope, { developmentId, documentId: id }),
  ])
  return DeveloperDocumentPage({
    shell: shellOf(place),
    id,
    title: found.title,
    kindLabel: kindLabel(found.kind),
    homeAddress: found.homeAddress,
    houseTypes: found.houseTypeCodes,
    backUrl: paths.developer.documents({ development: developmentId }),
    state: documentState,
    passages: (passages?.rows ?? []).map(passageView),
    passagesUrl: liveVersionId ? paths.developer.documentVersion(id, liveVersionId) : null,
    oldAnswers: {
      count: old.count,
      newest: old.newest.map((each) => ({
        ...each,
        home: `No. ${each.unitNumber}`,
        houseType: each.houseTypeCode,
      })),
    },
    expiry: expiry ?? { value: found.expiresOn ?? '', problem: undefined },
    flags: qualityFlags(found),
    mustRead: reading && { ...reading, from: found.mustReadFrom ?? 1, live: found.liveVersionNumber },
    fileSizeBytesMax: config().UPLOAD_BYTES_MAX,
    notesLengthMax: NOTES_CHARS_MAX,
    message: doneMessage(query.done),
  })
}
