// The test console: staff ask as a home of theirs would.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { TestConsolePage, type TestResult } from '#views/developer/test-console.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { homeScopeOf } from '../../access/home-scope.ts'
import type { Answer } from '../../answers/question.ts'
import { type Tried, tryQuestion } from '../../chat/test-run.ts'
import { failure } from '../../failure.ts'
import { GOLDEN_PHRASE_CHARS_MAX } from '../../golden.ts'
import { homesOfDevelopment } from '../../homes.ts'
import { limitOrThrow } from '../../http/limiting.ts'
import { policies } from '../../http/limits.ts'
import { portalPlace } from '../../portal.ts'
import { errorsOf } from './answer-form.ts'
import { shellOf } from './present.ts'

const TEXT_CHARS_MAX = 20_000
const placeQuery = z.object({ development: z.uuid().optional() })

export const testConsole = new Elysia({ name: 'developer/test-console' })
  .use(access)
  .get(
    '/developer/test-console',
    ({ staff, query }) => page(staff, query.development, { unitId: '', question: '' }, {}, null),
    { forStaff: 'developer', query: placeQuery, detail: { hide: true } },
  )
  .post(
    '/developer/test-console',
    async ({ staff, query, body, request, set }) => {
      limitOrThrow({ request, set }, policies.chat, staff.staffId)
      const home = await homeScopeOf(staff.scope, body.unit_id)
      if (query.development && home.developmentId !== query.development) throw failure('not_found')
      const values = { unitId: body.unit_id, question: body.question }
      try {
        const tried = await tryQuestion(home, body.question)
        return page(staff, home.developmentId, values, {}, resultOf(tried, body.question))
      } catch (error) {
        const errors = errorsOf(error)
        set.status = 422
        return page(staff, home.developmentId, values, errors, null)
      }
    },
    {
      forStaff: 'developer',
      query: placeQuery,
      body: z.object({ unit_id: z.uuid(), question: z.string().max(TEXT_CHARS_MAX) }),
      detail: { hide: true },
    },
  )

async function page(
  staff: StaffCaller,
  development: string | undefined,
  values: { unitId: string; question: string },
  errors: { question?: string },
  result: TestResult | null,
) {
  const place = await portalPlace(staff.scope, staff.staffId, development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const homes = await homesOfDevelopment(staff.scope, place.chosen.id)
  return TestConsolePage({
    shell: shellOf(place),
    developmentId: place.chosen.id,
    developmentName: place.chosen.name,
    homes: homes.map((home) => ({ id: home.id, label: `${home.addressLine} (${home.houseTypeCode})` })),
    values,
    errors,
    result,
  })
}

/** A cited page is the best standard; an answer without one is held to its own words. */
function goldenOf(answer: Answer, question: string): TestResult['golden'] {
  const of = { houseType: '', question, phrase: '', documentId: '', page: '' }
  if (answer.gap) return { ...of, expects: 'gap' }
  const [cited] = answer.citations
  if (cited) return { ...of, expects: 'answer', documentId: cited.documentId, page: String(cited.page) }
  const phrase = answer.text.slice(0, GOLDEN_PHRASE_CHARS_MAX).toWellFormed().trim()
  return phrase === '' ? null : { ...of, expects: 'answer', phrase }
}

const resultOf = ({ answer, passages }: Tried, question: string): TestResult => ({
  stage: answer.stage,
  reason: answer.reason,
  mode: answer.mode,
  text: answer.text,
  citations: answer.citations.map(({ documentId, title, page, quote }) => ({
    title,
    page,
    quote,
    url: `${paths.developer.documentFile(documentId)}#page=${page}`,
  })),
  passages:
    passages?.map(({ documentId, title, page, printedPage, heading, content, coverage, isUsed }) => ({
      title,
      page,
      printedPage,
      heading,
      text: content,
      coverage,
      isUsed,
      url: `${paths.developer.documentFile(documentId)}#page=${page}`,
    })) ?? null,
  steps: answer.log,
  filteredOut: answer.retrieval?.filteredOut ?? null,
  golden: goldenOf(answer, question),
})
