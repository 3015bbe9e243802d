// Asking on behalf of a home: the very same pipeline that answers in the app.
import { Elysia } from 'elysia'
import { access } from '../../access/access.ts'
import { homeScopeOf } from '../../access/home-scope.ts'
import { acceptQuestion, answerAccepted } from '../../chat.ts'
import { signedPageUrls } from '../../downloads.ts'
import { describe, responses } from './operations.ts'
import { answer, questionBody } from './schemas/questions.ts'

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
    const { citations } = answered.details
    const urls = await signedPageUrls(home, citations)
    return {
      answer: answered.answer,
      stage: answered.stage,
      mode: answered.mode,
      citations: citations.flatMap((cited, index) => {
        const url = urls[index]
        // Taken from the home while it was being cited: then it is cited no more.
        if (!url) return []
        return [
          {
            document_id: cited.documentId,
            title: cited.title,
            page: cited.page,
            printed_page: cited.printedPage,
            quote: cited.quote,
            url,
          },
        ]
      }),
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
