// The chat: a page, a plain form, and for scripts the same question answered as a stream.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { Fragment } from '#views/jsx-runtime.ts'
import { paths } from '#views/paths.ts'
import {
  AnswerDone,
  AnswerFailed,
  AnswerToken,
  AssistantMessageShell,
  ConversationStarted,
  GapAsked,
} from '#views/purchaser/answer-stream.tsx'
import { ChatPage } from '#views/purchaser/chat.tsx'
import { ConversationsPage } from '#views/purchaser/conversations.tsx'
import { UserMessage } from '#views/purchaser/message.tsx'
import { access } from '../../access/access.ts'
import type { PurchaserCaller } from '../../access/caller.ts'
import { requireReading } from '../../acknowledgements.ts'
import { hazardOf } from '../../answers/safety.ts'
import { suggestedQuestions } from '../../chat/suggestions.ts'
import {
  type Accepted,
  acceptQuestion,
  answerAccepted,
  CLIENT_KEY_SHAPE,
  listConversations,
  openConversation,
  QUESTION_CHARS_MAX,
} from '../../chat.ts'
import { recordError } from '../../errors.ts'
import { failures } from '../../failure.ts'
import { newAnswers } from '../../gaps.ts'
import { homeOf, needsIntro } from '../../homes.ts'
import { limitOrThrow } from '../../http/limiting.ts'
import { policies } from '../../http/limits.ts'
import { seeOther } from '../../http/redirect.ts'
import { shutdownSignal } from '../../http/shutdown.ts'
import { type Send, sseResponse } from '../../http/sse.ts'
import { answerView, greetingNameOf, messagesOf, questionView, shellOf } from './present.ts'

const chatBody = z.object({
  question: z
    .string()
    .trim()
    .min(1, 'Type a question first.')
    .max(QUESTION_CHARS_MAX, `Keep the question under ${QUESTION_CHARS_MAX} characters.`),
  conversation_id: z.union([z.uuid(), z.literal('')]).optional(),
  request_key: z.string().regex(CLIENT_KEY_SHAPE).optional(),
})

export const chat = new Elysia({ name: 'purchaser/chat' })
  .use(access)
  .get(
    '/',
    async ({ purchaser, request }) => {
      if (await needsIntro(purchaser.scope, purchaser.purchaserId)) return seeOther(request, paths.intro())
      return page(purchaser, null)
    },
    { forPurchaser: true, detail: { hide: true } },
  )
  .get('/conversations/:id', ({ purchaser, params }) => page(purchaser, params.id), {
    forPurchaser: 'before_reading',
    params: z.object({ id: z.uuid() }),
    detail: { hide: true },
  })
  .get(
    '/conversations',
    async ({ purchaser }) => {
      const [home, rows] = await Promise.all([
        homeOf(purchaser.scope),
        listConversations(purchaser.scope, by(purchaser)),
      ])
      return ConversationsPage({
        shell: shellOf(home),
        conversations: rows.map((row) => ({
          title: row.title,
          at: row.lastMessageAt,
          url: paths.conversation(row.id),
        })),
      })
    },
    { forPurchaser: true, detail: { hide: true } },
  )
  .post(
    '/chat',
    async ({ purchaser, body, request, server, set }) => {
      limitOrThrow({ request, set }, policies.chat, purchaser.scope.actor.id)
      await requireReading(purchaser.scope, purchaser.purchaserId).catch((error) => {
        // Danger waits for no document.
        if (!hazardOf(body.question)) throw error
      })
      const ask = {
        question: body.question,
        conversationId: body.conversation_id || null,
        clientKey: body.request_key ?? crypto.randomUUID(),
      }
      const accepted = await acceptQuestion(purchaser.scope, by(purchaser), ask)
      if (request.headers.get('hx-request')) return streamAnswer(purchaser, accepted, request, server)
      const answered = await answerAccepted(purchaser.scope, accepted, null)
      return seeOther(request, paths.conversation(answered.conversationId, answered.messageId))
    },
    { forPurchaser: 'before_reading', body: chatBody, detail: { hide: true } },
  )
const by = (purchaser: PurchaserCaller) => ({ purchaserId: purchaser.purchaserId, origin: 'app' }) as const

async function page(purchaser: PurchaserCaller, conversationId: string | null) {
  const { scope } = purchaser
  const [home, opened, suggestions, earlier, fresh] = await Promise.all([
    homeOf(scope),
    conversationId ? openConversation(scope, by(purchaser), conversationId) : null,
    conversationId ? [] : suggestedQuestions(scope),
    conversationId ? [] : listConversations(scope, by(purchaser)),
    newAnswers(scope, by(purchaser)),
  ])
  const [latest] = earlier
  return ChatPage({
    shell: shellOf(home),
    greetingName: greetingNameOf(home),
    suggestions,
    conversationId,
    latest: latest ? { title: latest.title, url: paths.conversation(latest.id) } : null,
    newAnswers: (home.muted.includes('app:answers') ? [] : fresh)
      .filter((answer) => answer.conversationId !== conversationId)
      .map(({ question, ...at }) => ({ question, url: paths.conversation(at.conversationId, at.messageId) })),
    messages: opened ? messagesOf(opened.turns) : [],
    requestKey: crypto.randomUUID(),
  })
}

function streamAnswer(
  purchaser: PurchaserCaller,
  accepted: Accepted,
  request: Request,
  server: Parameters<typeof sseResponse>[1],
): Response {
  const id = accepted.messageId
  const report = (error: unknown) =>
    recordError({
      source: 'stream',
      error,
      requestId: purchaser.scope.requestId,
      tenantId: purchaser.scope.tenantId,
      context: { messageId: id },
    })
  const run = async (send: Send, signal: AbortSignal) => {
    await send(
      Fragment({
        children: [UserMessage({ message: questionView(accepted) }), AssistantMessageShell({ id })],
      }).markup,
    )
    await send(ConversationStarted({ conversationId: accepted.conversationId }).markup)
    try {
      const token = (text: string) => send(AnswerToken({ id, text }).markup)
      const answered = await answerAccepted(purchaser.scope, accepted, { token, signal })
      await send(AnswerDone({ message: answerView(answered) }).markup)
      // "Yes please" asked the builder for the gap of an earlier answer, which still offers to.
      if (answered.gapId && !answered.gap) await send(GapAsked({ gapId: answered.gapId }).markup)
    } catch (error) {
      if (signal.aborted) throw error
      report(error)
      await send(
        AnswerFailed({ id, sentence: failures.internal[1], requestId: purchaser.scope.requestId }).markup,
      )
    }
    await send('ok', 'done')
  }
  return sseResponse(request, server, run, { shutdown: shutdownSignal(), onError: report })
}
