// What a person says of an answer, and the answers kept for later.
import { type SavedAnswer, savedAnswers, setFeedback, setSaved, type Verdict } from '#db/chat.ts'
import { type HomeScope, within } from '#db/scope.ts'
import { failure } from '../failure.ts'
import type { Feedback } from './turns.ts'

export const FEEDBACK_REASON_CHARS_MAX = 500

type By = { purchaserId: string | null; origin: 'app' | 'api' }

const ownerOf = (home: HomeScope, by: By) => ({ unitId: home.unitId, ...by })

/** The last word counts. @throws Failure `not_found` for an answer that is not theirs */
export async function giveFeedback(
  home: HomeScope,
  by: By,
  messageId: string,
  feedback: Feedback,
  reason: string | null,
): Promise<Verdict> {
  const feedbackReason = reason?.replaceAll('\u0000', '').trim().slice(0, FEEDBACK_REASON_CHARS_MAX) || null
  const row = await within(home, (db) =>
    setFeedback(db, ownerOf(home, by), messageId, { feedback, feedbackReason }),
  )
  if (!row) throw failure('not_found')
  return row
}

/** @throws Failure `not_found` for an answer that is not theirs */
export async function saveAnswer(
  home: HomeScope,
  by: By,
  messageId: string,
  isSaved: boolean,
): Promise<Verdict> {
  const row = await within(home, (db) =>
    setSaved(db, ownerOf(home, by), messageId, isSaved ? new Date() : null),
  )
  if (!row) throw failure('not_found')
  return row
}

export const listSavedAnswers = (home: HomeScope, by: By): Promise<SavedAnswer[]> =>
  within(home, (db) => savedAnswers(db, ownerOf(home, by)))
