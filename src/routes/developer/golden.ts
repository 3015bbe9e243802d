// The golden suite as staff keep it: adding and removing questions, asking them all, deciding after a drop.
import { Elysia } from 'elysia'
import { z } from 'zod'
import {
  GoldenPage,
  type GoldenQuestionView,
  GoldenRuns,
  type GoldenRunView,
} from '#views/developer/golden.tsx'
import type { GoldenFormView } from '#views/developer/golden-form.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { houseTypeOptions } from '../../estate-summary.ts'
import { Failure } from '../../failure.ts'
import {
  addGoldenQuestion,
  decideReindex,
  type GoldenQuestionRow,
  type GoldenRunRow,
  goldenOverview,
  isWaiting,
  removeGoldenQuestion,
  requestGoldenRun,
} from '../../golden.ts'
import { seeOther } from '../../http/redirect.ts'
import { portalPlace } from '../../portal.ts'
import { shellOf } from './present.ts'

const ROWS_A_PAGE = 25
/** Wider than the rules: those say in a sentence what is wrong, and nothing typed is lost. */
const TEXT_CHARS_MAX = 20_000

const listQuery = z.object({
  development: z.uuid().optional(),
  cursor: z.string().max(500).optional(),
  done: z.enum(['added', 'removed', 'accepted', 'rejected']).optional(),
})

const DONE = {
  added: 'Added. It is asked with the others from now on.',
  removed: 'Removed. It is asked no more.',
  accepted: 'The new index is being taken into use.',
  rejected: 'The index in use stays.',
}

const formBody = z.object({
  question: z.string().max(TEXT_CHARS_MAX),
  house_type: z.string().max(50),
  expects: z.enum(['answer', 'gap']),
  phrase: z.string().max(TEXT_CHARS_MAX),
  document_id: z.union([z.uuid(), z.literal('')]),
  page: z.string().max(20),
})

const EMPTY: GoldenFormView['values'] = {
  question: '',
  houseType: '',
  expects: 'answer',
  phrase: '',
  documentId: '',
  page: '',
}

export const golden = new Elysia({ name: 'developer/golden' })
  .use(access)
  .get(
    '/developer/golden',
    async ({ staff, query, request }) =>
      request.headers.get('hx-request-type') === 'partial' && query.development
        ? GoldenRuns(await runsOf(staff, query.development))
        : page(staff, query, EMPTY, {}),
    { forStaff: 'developer', query: listQuery, detail: { hide: true } },
  )
  .post(
    '/developer/golden',
    async ({ staff, query, body, request, set }) => {
      const { development } = query
      try {
        await addGoldenQuestion(
          staff.scope,
          { id: staff.staffId, name: staff.name },
          { developmentId: development, ...expectationOf(body) },
        )
        return seeOther(request, paths.developer.golden({ development, done: 'added' }))
      } catch (error) {
        const errors = errorsOf(error)
        set.status = 422
        return page(staff, query, valuesOf(body), errors)
      }
    },
    {
      forStaff: 'developer',
      query: z.object({ development: z.uuid() }),
      body: formBody,
      detail: { hide: true },
    },
  )
  .post(
    '/developer/golden/:id/removal',
    async ({ staff, params, request }) => {
      const { developmentId: development } = await removeGoldenQuestion(staff.scope, params.id)
      return seeOther(request, paths.developer.golden({ development, done: 'removed' }))
    },
    { forStaff: 'developer', params: z.object({ id: z.uuid() }), detail: { hide: true } },
  )
  .post(
    '/developer/golden-runs',
    async ({ staff, query, request }) => {
      await requestGoldenRun(staff.scope, query.development)
      return seeOther(request, paths.developer.golden({ development: query.development }))
    },
    { forStaff: 'developer', query: z.object({ development: z.uuid() }), detail: { hide: true } },
  )
  .post(
    '/developer/golden-runs/:id/decision',
    async ({ staff, params, body, request }) => {
      const { decision } = body
      const author = { name: staff.name }
      const { developmentId: development } = await decideReindex(staff.scope, author, params.id, decision)
      return seeOther(request, paths.developer.golden({ development, done: decision }))
    },
    {
      forStaff: 'developer',
      params: z.object({ id: z.uuid() }),
      body: z.object({ decision: z.enum(['accepted', 'rejected']) }),
      detail: { hide: true },
    },
  )

async function page(
  staff: StaffCaller,
  query: z.infer<typeof listQuery>,
  values: GoldenFormView['values'],
  errors: GoldenFormView['errors'],
) {
  const place = await portalPlace(staff.scope, staff.staffId, query.development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const developmentId = place.chosen.id
  const [houseTypes, overview] = await Promise.all([
    houseTypeOptions(staff.scope, developmentId),
    goldenOverview(staff.scope, { developmentId, cursor: query.cursor, limit: ROWS_A_PAGE }),
  ])
  const url = (more: { cursor?: string } = {}) =>
    paths.developer.golden({ development: developmentId, ...more })
  return GoldenPage({
    shell: shellOf(place),
    developmentId,
    developmentName: place.chosen.name,
    message: query.done && DONE[query.done],
    form: { houseTypes, documents: overview.documents, values, errors },
    ...shown(overview),
    nextUrl: overview.questions.nextCursor ? url({ cursor: overview.questions.nextCursor }) : undefined,
    firstUrl: query.cursor ? url() : undefined,
  })
}

const runsOf = async (staff: StaffCaller, developmentId: string) => ({
  developmentId,
  ...shown(await goldenOverview(staff.scope, { developmentId, limit: ROWS_A_PAGE })),
})

const shown = (overview: Awaited<ReturnType<typeof goldenOverview>>) => ({
  questions: overview.questions.rows.map((row) => questionView(row, overview.documents)),
  runs: overview.runs.map(runView),
  failures: overview.failures,
  progress: overview.job && { done: overview.job.progressDone, total: overview.job.progressTotal },
})

function questionView(
  row: GoldenQuestionRow,
  documents: { id: string; title: string }[],
): GoldenQuestionView {
  const { id, question, author, createdAt } = { ...row, author: row.authorName }
  const title = documents.find((document) => document.id === row.expectedDocumentId)?.title ?? 'a document'
  const expects = [
    ...(row.mustBeGap ? ['OpenHouse says that nothing on record answers it'] : []),
    ...(row.expectedPhrase ? [`Says “${row.expectedPhrase}”`] : []),
    ...(row.expectedDocumentId
      ? [`Cites ${title}${row.expectedPage ? `, page ${row.expectedPage}` : ''}`]
      : []),
  ]
  return { id, question, expects, houseType: row.houseTypeCode, author, createdAt }
}

const runView = (run: GoldenRunRow): GoldenRunView => ({
  id: run.id,
  passed: run.passed,
  total: run.total,
  passedBefore: run.passedBefore,
  isBeforeReindex: run.trigger === 'reindex',
  isWaiting: isWaiting(run),
  decision: run.decision,
  decidedBy: run.decidedByName,
  startedAt: run.startedAt,
})

const valuesOf = (body: z.infer<typeof formBody>): GoldenFormView['values'] => ({
  question: body.question,
  houseType: body.house_type,
  expects: body.expects,
  phrase: body.phrase,
  documentId: body.document_id,
  page: body.page,
})

function expectationOf(body: z.infer<typeof formBody>) {
  const mustBeGap = body.expects === 'gap'
  const phrase = body.phrase.trim()
  return {
    houseTypeCode: body.house_type || null,
    question: body.question,
    expectedPhrase: mustBeGap || phrase === '' ? null : phrase,
    expectedDocumentId: mustBeGap ? null : body.document_id || null,
    expectedPage: mustBeGap || body.page.trim() === '' ? null : pageNumber(body.page),
    mustBeGap,
  }
}

/** What is no page number fails by the rule of pages, with its message. */
const pageNumber = (text: string): number => (/^\s*\d{1,6}\s*$/.test(text) ? Number(text) : 0)

function errorsOf(error: unknown): GoldenFormView['errors'] {
  if (!(error instanceof Failure) || error.code !== 'invalid') throw error
  const said = (path: string) => error.details.fields?.find((field) => field.path === path)?.message
  const [question, phrase, page] = [said('question'), said('expected_phrase'), said('expected_page')]
  return {
    ...(question ? { question: `The question ${question}.` } : {}),
    ...(phrase ? { phrase: `The phrase ${phrase}.` } : {}),
    ...(page ? { page: `The page ${page}.` } : {}),
    ...(said('must_be_gap') ? { expects: 'Give a phrase, choose a document, or both.' } : {}),
  }
}
