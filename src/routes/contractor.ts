// What a contractor's link opens: its snags, their pictures, and saying that one is done.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { ContractorPage, type ContractorSnagView } from '#views/contractor.tsx'
import { paths } from '#views/paths.ts'
import type { SnagCategoryKey } from '#views/snag-words.ts'
import { access } from '../access/access.ts'
import { type ContractorCaller, identifyContractor } from '../access/contractor-links.ts'
import { type ContractorSnag, contractorPhoto, openContractorLink, sayDone } from '../contractor-links.ts'
import { Failure } from '../failure.ts'
import { limitOrThrow } from '../http/limiting.ts'
import { policies } from '../http/limits.ts'
import { photoResponse } from '../http/photos.ts'
import { seeOther } from '../http/redirect.ts'
import { requestContext } from '../http/request-context.ts'
import { visitorOf } from '../http/visitor.ts'

const WHY = 'the link is the proof, and shows its own snags only'
const linkParams = z.object({ token: z.string().max(100) })
const snagParams = z.object({ token: z.string().max(100), id: z.uuid() })

type Hook = { request: Request; set: { headers: Record<string, string | number> } }

export const contractor = new Elysia({ name: 'contractor' })
  .use(access)
  .get(
    '/contractor/:token',
    async ({ params: { token }, query, request, set }) =>
      page(await callerOf(token, { request, set }), token, { isSaid: query.done === 'said' }),
    {
      forAnyone: WHY,
      params: linkParams,
      query: z.object({ done: z.literal('said').optional() }),
      detail: { hide: true },
    },
  )
  .post(
    '/contractor/:token/snags/:id/done',
    async ({ params: { token, id }, body, request, set }) => {
      const caller = await callerOf(token, { request, set })
      try {
        await sayDone(caller, id, body.note)
        return seeOther(request, paths.contractor(token, { done: 'said' }))
      } catch (error) {
        if (!(error instanceof Failure && error.code === 'invalid')) throw error
        set.status = 422
        const message = error.details.fields?.[0]?.message
        return page(caller, token, { isSaid: false, refused: { id, note: body.note, error: message } })
      }
    },
    {
      forAnyone: WHY,
      params: snagParams,
      body: z.object({ note: z.string().max(10_000).default('') }),
      detail: { hide: true },
    },
  )
  .get(
    '/contractor/:token/snags/:id/photo',
    async ({ params: { token, id }, request, set }) =>
      photoResponse(await contractorPhoto(await callerOf(token, { request, set }), id)),
    { forAnyone: WHY, params: snagParams, detail: { hide: true } },
  )

async function callerOf(token: string, { request, set }: Hook): Promise<ContractorCaller> {
  limitOrThrow({ request, set }, policies.public, visitorOf(request).addressGroup)
  // The address is a secret: no page that is opened from here learns it.
  set.headers['referrer-policy'] = 'no-referrer'
  return identifyContractor(token, requestContext(request).requestId)
}

type Refused = { id: string; note: string; error: string | undefined }

async function page(
  caller: ContractorCaller,
  token: string,
  { isSaid, refused }: { isSaid: boolean; refused?: Refused },
) {
  const { contractor, developmentName, expiresAt, snags } = await openContractorLink(caller)
  return ContractorPage({
    token,
    contractor,
    developmentName,
    expiresAt,
    isSaid,
    snags: snags.map((snag) => viewOf(snag, token, refused?.id === snag.id ? refused : undefined)),
  })
}

const viewOf = (snag: ContractorSnag, token: string, refused: Refused | undefined): ContractorSnagView => ({
  id: snag.id,
  room: snag.room,
  description: snag.description,
  address: snag.unitAddress,
  reportedAt: snag.reportedAt,
  doneAt: snag.doneAt,
  isClosed: snag.closedAt !== null,
  category: snag.category as SnagCategoryKey,
  photoUrl: snag.photoId ? paths.contractorPhoto(token, snag.id) : null,
  note: refused?.note,
  error: refused?.error,
})
