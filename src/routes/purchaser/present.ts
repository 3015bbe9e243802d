// From what the rules return to what the purchaser's pages show.
import type { HomeRow } from '#db/units.ts'
import { type DocumentKind, kindLabel } from '#views/document-kinds.ts'
import { formatList } from '#views/format.ts'
import type { PurchaserShell } from '#views/layout/purchaser.tsx'
import { paths } from '#views/paths.ts'
import { answerBlocks, withoutSourceList } from '#views/purchaser/answer-blocks.ts'
import type { GapView } from '#views/purchaser/answer-cards.tsx'
import type { RatingView } from '#views/purchaser/answer-rating.tsx'
import type { CitationView, MessageView } from '#views/purchaser/message.tsx'
import { EXTRACTIVE_NOTE } from '../../answers/compose.ts'
import type { Citation } from '../../answers/question.ts'
import type { TurnGap } from '../../chat/turns.ts'
import type { Answered, Unanswered } from '../../chat.ts'

export const shellOf = (
  home: HomeRow & { unreadNotices?: number; language?: string | null },
): PurchaserShell => ({
  unreadNotices: home.unreadNotices,
  language: home.language,
  developmentName: home.developmentName,
  address: home.addressLine,
  purchaserNames: home.purchaserNames,
  tenure: home.tenure,
  brand: { accent: home.accent, logoUrl: home.logoId && paths.logo(home.logoId) },
})

/** "Hello Áine and Tom": first names of the contract's names, or the home when none are recorded. */
export function greetingNameOf(home: HomeRow): string {
  const first = home.purchaserNames.map((name) => name.replace(TITLES, '').split(' ')[0] ?? name)
  return first.length > 0 ? formatList(first) : home.addressLine
}

const TITLES = /^(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev|Fr|Sr|Hon|Sir|Dame|Lord|Lady|An tUas\.?|Iníon)\.?\s+)+/i

export const questionView = (turn: {
  messageId: string
  question: string
  createdAt: Date
}): MessageView => ({
  ...bare,
  id: `${turn.messageId}-q`,
  role: 'purchaser',
  paragraphs: [{ kind: 'paragraph', text: turn.question }],
  createdAt: turn.createdAt,
})

export function answerView(turn: Answered): MessageView {
  const { citations, downloads, emergency, incomplete, places = [] } = turn.details
  const note = turn.answer.endsWith(EXTRACTIVE_NOTE) ? EXTRACTIVE_NOTE : null
  const text = note ? turn.answer.slice(0, -note.length) : turn.answer
  const sources = citations.map((cited, i) => citationView(cited, i, `${turn.messageId}.${i + 1}`))
  return {
    id: turn.messageId,
    role: 'assistant',
    paragraphs: withoutSourceList(answerBlocks(text.trimEnd()), sources),
    stage: turn.stage,
    note,
    citations: sources,
    downloads: downloads.map((card) => ({
      title: card.title,
      kind: kindLabel(card.kind as DocumentKind),
      url: paths.documentFile(card.documentId),
      sizeBytes: card.sizeBytes,
    })),
    emergency,
    places: places.map(({ placeId, name }) => ({ name, url: paths.map({ place: placeId }) })),
    incomplete,
    gap: turn.gap ? gapView(turn.gap) : null,
    later: turn.gap?.answer ? laterView(turn.gap.answer) : null,
    // Nobody in danger is asked how the answer was.
    rating: emergency ? null : ratingView(turn, true),
    createdAt: turn.createdAt,
  }
}

export const messagesOf = (turns: (Answered | Unanswered)[]): MessageView[] =>
  turns.flatMap((turn) =>
    turn.answer === null ? [questionView(turn)] : [questionView(turn), answerView(turn)],
  )

const citationView = (cited: Citation, i: number, quote?: string): CitationView => ({
  index: i + 1,
  title: cited.title,
  page: cited.page,
  printedPage: cited.printedPage,
  quote: cited.quote,
  url: `${paths.document(cited.documentId, { page: cited.page, ...(quote ? { quote } : {}) })}${quote ? '#quote' : ''}`,
})

export const gapView = (gap: TurnGap): GapView => ({
  id: gap.id,
  status: gap.answer ? 'answered' : gap.askedBuilder ? 'asked' : 'offered',
  askUrl: paths.gapRequest(gap.id),
  byBuilder: gap.answer?.byBuilder ?? false,
})

function laterView(answer: NonNullable<TurnGap['answer']>): MessageView['later'] {
  const citations = answer.details.citations.map((cited, i) => citationView(cited, i))
  return { blocks: withoutSourceList(answerBlocks(answer.text), citations), citations }
}

/** `isDone`: nothing more is asked, neither the verdict's reason nor anything else. */
export const ratingView = (
  turn: Pick<Answered, 'messageId' | 'feedback' | 'isSaved'>,
  isDone: boolean,
): RatingView => ({
  messageId: turn.messageId,
  feedback: turn.feedback,
  isDone,
  isSaved: turn.isSaved,
  feedbackUrl: paths.messageFeedback(turn.messageId),
  saveUrl: paths.messageSaved(turn.messageId),
})

const bare = {
  stage: null,
  note: null,
  citations: [],
  downloads: [],
  emergency: null,
  gap: null,
  later: null,
  rating: null,
  incomplete: false,
} satisfies Partial<MessageView>
