// The builder's own answers: the list, adding one before anybody asks, taking one back.
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { AnswerFormProps } from '#views/developer/answer-form.tsx'
import { KnowledgePage, type KnowledgeView } from '#views/developer/knowledge.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { houseTypeOptions } from '../../estate-summary.ts'
import { seeOther } from '../../http/redirect.ts'
import { addKnowledge, type KnowledgeRow, listKnowledge, retireKnowledge } from '../../knowledge.ts'
import { portalPlace } from '../../portal.ts'
import { answerFormBody, EMPTY_VALUES, errorsOf, valuesOf } from './answer-form.ts'
import { shellOf } from './present.ts'

const ROWS_A_PAGE = 25

const listQuery = z.object({
  development: z.uuid().optional(),
  cursor: z.string().max(500).optional(),
  done: z.enum(['added', 'retired']).optional(),
})

const DONE = {
  added: 'Added. Whoever was waiting for it is being told in the app.',
  retired: 'Taken back. No home gets that answer any more.',
}

export const knowledge = new Elysia({ name: 'developer/knowledge' })
  .use(access)
  .get('/developer/knowledge', ({ staff, query }) => page(staff, query, EMPTY_VALUES, {}), {
    forStaff: 'developer',
    query: listQuery,
    detail: { hide: true },
  })
  .post(
    '/developer/knowledge',
    async ({ staff, query, body, request, set }) => {
      const { development } = query
      const asked = {
        developmentId: development,
        question: body.question,
        answer: body.answer,
        houseTypeCodes: body.house_types,
        unitId: null,
      }
      try {
        await addKnowledge(staff.scope, { id: staff.staffId, name: staff.name }, asked)
        return seeOther(request, paths.developer.knowledge({ development, done: 'added' }))
      } catch (error) {
        const errors = errorsOf(error)
        set.status = 422
        return page(staff, query, valuesOf(body), errors)
      }
    },
    {
      forStaff: 'developer',
      query: z.object({ development: z.uuid() }),
      body: answerFormBody,
      detail: { hide: true },
    },
  )
  .post(
    '/developer/knowledge/:id/retirement',
    async ({ staff, params, request }) => {
      const { developmentId: development } = await retireKnowledge(staff.scope, params.id)
      return seeOther(request, paths.developer.knowledge({ development, done: 'retired' }))
    },
    { forStaff: 'developer', params: z.object({ id: z.uuid() }), detail: { hide: true } },
  )

async function page(
  staff: StaffCaller,
  query: z.infer<typeof listQuery>,
  values: AnswerFormProps['values'],
  errors: AnswerFormProps['errors'],
) {
  const place = await portalPlace(staff.scope, staff.staffId, query.development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const developmentId = place.chosen.id
  const [houseTypes, known] = await Promise.all([
    houseTypeOptions(staff.scope, developmentId),
    listKnowledge(staff.scope, { developmentId, isRetired: false, cursor: query.cursor, limit: ROWS_A_PAGE }),
  ])
  const url = (more: { cursor?: string } = {}) =>
    paths.developer.knowledge({ development: developmentId, ...more })
  return KnowledgePage({
    shell: shellOf(place),
    developmentId,
    developmentName: place.chosen.name,
    message: query.done && DONE[query.done],
    form: { action: url(), houseTypes, onlyHome: null, values, errors, submitLabel: 'Add answer' },
    knowledge: known.rows.map(viewOf),
    nextUrl: known.nextCursor ? url({ cursor: known.nextCursor }) : undefined,
    firstUrl: query.cursor ? url() : undefined,
  })
}

const viewOf = (row: KnowledgeRow): KnowledgeView => ({
  id: row.id,
  question: row.question,
  answer: row.answer,
  homes: row.unitAddress ?? (row.houseTypeCodes.join(', ') || 'Every home'),
  author: row.authorName,
  createdAt: row.createdAt,
})
