// Asking on behalf of a home: the very same pipeline that answers in the app; and reading what was asked.
import { Elysia } from 'elysia'
import type { z } from 'zod'
import type { HomeScope } from '#db/scope.ts'
import { access } from '../../access/access.ts'
import { homeScopeOf } from '../../access/home-scope.ts'
import { type AskedQuestion, askedQuestionsPage, findAskedQuestion } from '../../chat/asked-questions.ts'
import { type AnswerDetails, acceptQuestion, answerAccepted } from '../../chat.ts'
import { signedPageUrls } from '../../downloads.ts'
import { describe, responses } from './operations.ts'
import { itemParams, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'
import { answer, askedQuestion, askedQuestionWithCitations, questionBody } from './schemas/questions.ts'

export const questions = new Elysia({ name: 'api/questions', prefix: '/questions' })
  .use(access)
  .post(
    '',
    async ({ client, body }) => {
      const home = await homeScopeOf(client.scope, body.unit_id)
      const ask = {
        question: body.question,
        conversationId: body.conversation_id ?? null,
        clientKey: crypto.randomUUID(),
      }
      const accepted = await acceptQuestion(home, { purchaserId: null, origin: 'api' }, ask)
      const answered = await answerAccepted(home, accepted, null)
      return {
        id: answered.messageId,
        answer: answered.answer,
        stage: answered.stage,
        mode: answered.mode,
        citations: await citationsFor(home, answered.details),
        gap_id: answered.gapId,
        conversation_id: answered.conversationId,
        request_id: home.requestId,
      }
    },
    {
      forApiClient: 'questions:write',
      body: questionBody,
      response: responses({ 200: answer }),
      detail: describe('Questions', 'askQuestion', 'Ask a question for a home'),
    },
  )
  .get(
    '',
    async ({ client, query }) => {
      const { development_id: developmentId, unit_id: unitId, ...page } = query
      const found = await askedQuestionsPage(client.scope, { developmentId, unitId, ...page })
      return { data: found.rows.map(body), next_cursor: found.nextCursor }
    },
    {
      forApiClient: 'questions:read',
      query: pageQuery.extend({ development_id: uuid.optional(), unit_id: uuid.optional() }),
      response: responses({ 200: pageBody(askedQuestion) }),
      detail: describe(
        'Questions',
        'listQuestions',
        'List what programs asked, newest first; what people ask in the app is theirs',
      ),
    },
  )
  .get(
    '/:id',
    async ({ client, params }) => {
      const row = await findAskedQuestion(client.scope, params.id)
      const home = await homeScopeOf(client.scope, row.unitId, 'questions.read')
      return { ...body(row), citations: await citationsFor(home, row.details) }
    },
    {
      forApiClient: 'questions:read',
      params: itemParams,
      response: responses({ 200: askedQuestionWithCitations }),
      detail: describe('Questions', 'getQuestion', 'Read a question, its answer, and one that came later'),
    },
  )

/** What was taken from the home in the meantime is cited no more. */
async function citationsFor(home: HomeScope, details: AnswerDetails | null) {
  const citations = details?.citations ?? []
  const urls = await signedPageUrls(home, citations)
  return citations.flatMap((cited, index) => {
    const url = urls[index]
    if (!url) return []
    const { documentId: document_id, title, page, printedPage: printed_page, quote } = cited
    return [{ document_id, title, page, printed_page, quote, url }]
  })
}

type Body = z.infer<typeof askedQuestion>

const body = (row: AskedQuestion): Body => ({
  id: row.id,
  development_id: row.developmentId,
  unit_id: row.unitId,
  conversation_id: row.conversationId,
  question: row.question,
  answer: row.answer,
  stage: row.stage as Body['stage'],
  mode: row.mode as Body['mode'],
  gap_id: row.gapId,
  gap_status: row.gapStatus,
  later_answer: row.laterAnswer,
  later_answer_at: row.laterAnswerAt?.toISOString() ?? null,
  created_at: row.createdAt.toISOString(),
})
