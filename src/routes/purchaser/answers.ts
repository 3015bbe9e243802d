// What a person says of an answer, the answers they keep, and asking the builder for one that is missing.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { paths } from '#views/paths.ts'
import { GapCard } from '#views/purchaser/answer-cards.tsx'
import { AnswerRating } from '#views/purchaser/answer-rating.tsx'
import { SavedPage } from '#views/purchaser/saved.tsx'
import { access } from '../../access/access.ts'
import type { PurchaserCaller } from '../../access/caller.ts'
import { safeNextPath } from '../../access/next-path.ts'
import { FEEDBACK_REASON_CHARS_MAX, giveFeedback, listSavedAnswers, saveAnswer } from '../../chat/feedback.ts'
import { askBuilder } from '../../gaps.ts'
import { homeOf } from '../../homes.ts'
import { seeOther } from '../../http/redirect.ts'
import { gapView, ratingView, shellOf } from './present.ts'

const EXCERPT_CHARS = 160

const feedbackBody = z.object({
  verdict: z.enum(['helpful', 'not_helpful'], 'Say whether the answer was helpful.'),
  reason: z
    .string()
    .max(FEEDBACK_REASON_CHARS_MAX, `Keep the reason under ${FEEDBACK_REASON_CHARS_MAX} characters.`)
    .optional(),
})
const itemParams = z.object({ id: z.uuid() })

export const answers = new Elysia({ name: 'purchaser/answers' })
  .use(access)
  .post(
    '/messages/:id/feedback',
    async ({ purchaser, params, body, request }) => {
      const { verdict, reason } = body
      const given = await giveFeedback(purchaser.scope, by(purchaser), params.id, verdict, reason ?? null)
      return rated(request, params.id, given, reason !== undefined)
    },
    { forPurchaser: true, params: itemParams, body: feedbackBody, detail: { hide: true } },
  )
  .post(
    '/messages/:id/saved',
    async ({ purchaser, params, body, request }) => {
      const kept = await saveAnswer(purchaser.scope, by(purchaser), params.id, body.saved === 'yes')
      return rated(request, params.id, kept, true)
    },
    {
      forPurchaser: true,
      params: itemParams,
      body: z.object({ saved: z.enum(['yes', 'no']) }),
      detail: { hide: true },
    },
  )
  .get(
    '/saved',
    async ({ purchaser }) => {
      const [home, rows] = await Promise.all([
        homeOf(purchaser.scope),
        listSavedAnswers(purchaser.scope, by(purchaser)),
      ])
      return SavedPage({
        shell: shellOf(home),
        answers: rows.map((row) => ({
          question: row.question,
          excerpt: excerptOf(row.answer),
          savedAt: row.savedAt,
          url: paths.conversation(row.conversationId, row.messageId),
        })),
      })
    },
    { forPurchaser: true, detail: { hide: true } },
  )
  .post(
    '/gaps/:id/request',
    async ({ purchaser, params, request }) => {
      const gap = await askBuilder(purchaser.scope, by(purchaser), params.id)
      const isFragment = request.headers.get('hx-request') && gap.status === 'open'
      if (!isFragment) return seeOther(request, `${pageBefore(request)}#gap-${gap.id}`)
      return GapCard({ gap: gapView({ ...gap, askedBuilder: true, answer: null }) })
    },
    { forPurchaser: true, params: itemParams, detail: { hide: true } },
  )

const by = (purchaser: PurchaserCaller) => ({ purchaserId: purchaser.purchaserId, origin: 'app' }) as const

/** The part under the answer in its next state, or back to the answer. */
function rated(
  request: Request,
  messageId: string,
  given: { feedback: 'helpful' | 'not_helpful' | null; savedAt: Date | null; conversationId: string },
  isDone: boolean,
) {
  if (!request.headers.get('hx-request'))
    return seeOther(request, paths.conversation(given.conversationId, messageId))
  const { feedback, savedAt } = given
  return AnswerRating({ rating: ratingView({ messageId, feedback, isSaved: savedAt !== null }, isDone) })
}

const excerptOf = (answer: string) => {
  const line = answer.replace(/\s+/g, ' ').trim()
  return line.length > EXCERPT_CHARS ? `${line.slice(0, EXCERPT_CHARS).trimEnd()}…` : line
}

/** The page whose form this is, or the chat when the browser does not say. */
function pageBefore(request: Request): string {
  const referrer = request.headers.get('referer') ?? ''
  return safeNextPath(URL.canParse(referrer) ? new URL(referrer).pathname : null, paths.home())
}
