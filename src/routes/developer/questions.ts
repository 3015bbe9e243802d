// The builder's questions: what waits for an answer, what was answered, what is asked most, and answering.
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { AnswerFormProps } from '#views/developer/answer-form.tsx'
import { GapPage } from '#views/developer/knowledge.tsx'
import { AskedPage, GapListPage, type GapRowView } from '#views/developer/questions.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { houseTypeOptions } from '../../estate-summary.ts'
import { whatBuyersAsk } from '../../gaps/asked.ts'
import { answerGap, findGap, type GapGroup, listGaps } from '../../gaps.ts'
import { findUnit } from '../../homes.ts'
import { seeOther } from '../../http/redirect.ts'
import { portalPlace } from '../../portal.ts'
import { answerFormBody, errorsOf, valuesOf } from './answer-form.ts'
import { shellOf } from './present.ts'

const ROWS_A_PAGE = 25

const listQuery = z.object({
  development: z.uuid().optional(),
  view: z.enum(['waiting', 'answered', 'asked']).default('waiting'),
  cursor: z.string().max(500).optional(),
  done: z.literal('answered').optional(),
})
const itemParams = z.object({ id: z.uuid() })

const ANSWERED = 'Answered. Everybody who asked is being told in the app.'

export const questions = new Elysia({ name: 'developer/questions' })
  .use(access)
  .get('/developer/questions', ({ staff, query }) => list(staff, query), {
    forStaff: 'developer',
    query: listQuery,
    detail: { hide: true },
  })
  .get(
    '/developer/questions/:id',
    async ({ staff, params }) => {
      const gap = await findGap(staff.scope, params.id)
      const values = { question: gap.question, answer: '', houseTypes: [], onlyHome: false }
      return gapPage(staff, gap, values, {})
    },
    { forStaff: 'developer', params: itemParams, detail: { hide: true } },
  )
  .post(
    '/developer/questions/:id/answer',
    async ({ staff, params, body, request, set }) => {
      try {
        const { developmentId } = await answerGap(
          staff.scope,
          { id: staff.staffId, name: staff.name },
          params.id,
          {
            question: body.question,
            answer: body.answer,
            houseTypeCodes: body.house_types,
            unitId: body.only_unit ?? null,
          },
        )
        return seeOther(request, paths.developer.questions({ development: developmentId, done: 'answered' }))
      } catch (error) {
        const errors = errorsOf(error)
        set.status = 422
        return gapPage(staff, await findGap(staff.scope, params.id), valuesOf(body), errors)
      }
    },
    { forStaff: 'developer', params: itemParams, body: answerFormBody, detail: { hide: true } },
  )

async function list(staff: StaffCaller, query: z.infer<typeof listQuery>) {
  const place = await portalPlace(staff.scope, staff.staffId, query.development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const developmentId = place.chosen.id
  const frame = { shell: shellOf(place), developmentId, developmentName: place.chosen.name }
  if (query.view === 'asked')
    return AskedPage({ ...frame, ...(await whatBuyersAsk(staff.scope, developmentId)) })
  const status = query.view === 'waiting' ? 'open' : 'answered'
  const { rows, nextCursor } = await listGaps(staff.scope, {
    developmentId,
    status,
    cursor: query.cursor,
    limit: ROWS_A_PAGE,
  })
  const view = query.view === 'waiting' ? {} : { view: query.view }
  const url = (more: { cursor?: string } = {}) =>
    paths.developer.questions({ development: developmentId, ...view, ...more })
  return GapListPage({
    ...frame,
    status,
    gaps: rows.map(rowOf),
    message: query.done && ANSWERED,
    nextUrl: nextCursor ? url({ cursor: nextCursor }) : undefined,
    firstUrl: query.cursor ? url() : undefined,
  })
}

async function gapPage(
  staff: StaffCaller,
  gap: GapGroup,
  values: AnswerFormProps['values'],
  errors: AnswerFormProps['errors'],
) {
  const [place, houseTypes, onlyHome] = await Promise.all([
    portalPlace(staff.scope, staff.staffId, gap.developmentId),
    houseTypeOptions(staff.scope, gap.developmentId),
    gap.onlyUnitId === null ? null : findUnit(staff.scope, gap.onlyUnitId),
  ])
  const form: AnswerFormProps = {
    action: paths.developer.questionAnswer(gap.id),
    houseTypes,
    onlyHome: onlyHome && { id: onlyHome.id, address: onlyHome.addressLine },
    values,
    errors,
    submitLabel: 'Answer for everybody who asked',
  }
  return GapPage({
    shell: shellOf(place),
    developmentId: gap.developmentId,
    developmentName: place.chosen?.name ?? '',
    gap: rowOf(gap),
    form: gap.status === 'open' ? form : null,
  })
}

const rowOf = (gap: GapGroup): GapRowView => ({
  id: gap.id,
  question: gap.question,
  homes: gap.homes,
  questions: gap.questions,
  askedBuilder: gap.askedBuilder,
  wordings: gap.wordings,
  houseTypes: gap.houseTypeCodes,
  lastAskedAt: gap.lastAskedAt,
  answer: gap.answer,
  answeredAt: gap.answeredAt,
})
