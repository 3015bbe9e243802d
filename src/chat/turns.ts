// A turn of a conversation as it is kept and shown: the question, its answer, and what became of its gap.
import type { MessageRow } from '#db/chat.ts'
import type {
  Answer,
  Citation,
  DownloadCard,
  EmergencyCard,
  Offer,
  PlaceLink,
  Stage,
  Turn,
} from '../answers/question.ts'

/** Parts of an answer that are kept beside its text. */
export type AnswerDetails = {
  citations: Citation[]
  downloads: DownloadCard[]
  emergency: EmergencyCard | null
  /** Missing in answers that were given before there was a map. */
  places?: PlaceLink[] | undefined
  offer: Offer | null
  incomplete: boolean
}

export const detailsOf = (answer: Answer): AnswerDetails => ({
  citations: answer.citations,
  downloads: answer.downloads,
  emergency: answer.emergency,
  ...(answer.places?.length ? { places: answer.places } : {}),
  offer: answer.offer,
  incomplete: answer.incomplete,
})

/** A question that nothing answered, and the answer that has come for it since. */
export type TurnGap = {
  id: string
  status: 'open' | 'answered' | 'closed'
  askedBuilder: boolean
  answer: { text: string; details: AnswerDetails; byBuilder: boolean; answeredAt: Date } | null
}

export type Feedback = 'helpful' | 'not_helpful'

export type Answered = {
  messageId: string
  conversationId: string
  question: string
  answer: string
  stage: Stage
  mode: 'llm' | 'extractive'
  details: AnswerDetails
  /** The gap of this very turn. */
  gap: TurnGap | null
  /** The gap the answer speaks of, also when an earlier turn left it. */
  gapId: string | null
  feedback: Feedback | null
  isSaved: boolean
  createdAt: Date
}

export type Unanswered = { messageId: string; question: string; answer: null; createdAt: Date }

export const unansweredOf = (row: MessageRow): Unanswered => ({
  messageId: row.id,
  question: row.question,
  answer: null,
  createdAt: row.createdAt,
})

export function answeredOf(row: MessageRow, conversationId: string): Answered | null {
  if (row.answer === null || row.stage === null) return null
  return {
    messageId: row.id,
    conversationId,
    question: row.question,
    answer: row.answer,
    stage: row.stage as Stage,
    mode: row.mode === 'llm' ? 'llm' : 'extractive',
    details: row.details as AnswerDetails,
    gap: gapOf(row),
    gapId: row.gapId,
    feedback: row.feedback,
    isSaved: row.savedAt !== null,
    createdAt: row.createdAt,
  }
}

function gapOf(row: MessageRow): TurnGap | null {
  if (!row.gapId || !row.gapStatus) return null
  return {
    id: row.gapId,
    status: row.gapStatus,
    askedBuilder: row.gapAskedBuilderAt !== null,
    answer:
      row.gapAnswer !== null && row.gapAnsweredAt !== null
        ? {
            text: row.gapAnswer,
            details: row.gapAnswerDetails as AnswerDetails,
            byBuilder: row.gapKnowledgeId !== null,
            answeredAt: row.gapAnsweredAt,
          }
        : null,
  }
}

/** What the pipeline reads of it as history: an answer that came later counts as the answer. */
export function turnOf(row: MessageRow): Turn[] {
  if (row.answer === null || row.stage === null) return []
  const later = row.gapAnswer === null ? null : (row.gapAnswerDetails as AnswerDetails)
  return [
    {
      question: row.question,
      answer: row.gapAnswer ?? row.answer,
      stage: later === null ? (row.stage as Stage) : 'fact',
      offer: later === null ? (row.details as AnswerDetails).offer : later.offer,
    },
  ]
}
