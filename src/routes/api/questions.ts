// Asking on behalf of a home: the very same pipeline that answers in the app.
import { Elysia } from 'elysia'
import { access } from '../../access/access.ts'
import { homeScopeOf } from '../../access/home-scope.ts'
import { acceptQuestion, answerAccepted } from '../../chat.ts'
import { signedFileUrl } from '../../downloads.ts'
import { describe, responses } from './operations.ts'
import { answer, questionBody } from './schemas.ts'

export const questions = new Elysia({ name: 'api/questions', prefix: '/questions' }).use(access).post(
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
    const citations = answered.details.citations.map(async (cited) => ({
      document_id: cited.documentId,
      title: cited.title,
      page: cited.page,
      printed_page: cited.printedPage,
      quote: cited.quote,
      url: await signedFileUrl(home, cited.documentId, cited.page),
    }))
    return {
      answer: answered.answer,
      stage: answered.stage,
      mode: answered.mode,
      citations: await Promise.all(citations),
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
