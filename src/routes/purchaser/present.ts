// From what the rules return to what the purchaser's pages show.
import type { HomeRow } from '#db/units.ts'
import { formatList } from '#views/format.ts'
import type { PurchaserShell } from '#views/layout/purchaser.tsx'
import { paths } from '#views/paths.ts'
import type { Block, MessageView } from '#views/purchaser/message.tsx'
import type { GapView } from '#views/purchaser/answer-cards.tsx'
import type { Answered, Unanswered } from '../../chat.ts'
import { kindLabel } from '../../documents/kinds.ts'

export const shellOf = (home: HomeRow): PurchaserShell => ({
  developmentName: home.developmentName,
  address: home.addressLine,
  purchaserNames: home.purchaserNames,
})

/** "Hello Áine and Tom": first names of the contract's names, or the home when none are recorded. */
export function greetingNameOf(home: HomeRow): string {
  const first = home.purchaserNames.map((name) => name.replace(TITLES, '').split(' ')[0] ?? name)
  return first.length > 0 ? formatList(first) : home.addressLine
}

const TITLES = /^(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev|Fr|Sr|Hon|Sir|Dame|Lord|Lady|An tUas\.?|Iníon)\.?\s+)+/i

export const questionView = (turn: { messageId: string; question: string; createdAt: Date }): MessageView => ({
  ...bare,
  id: `${turn.messageId}-q`,
  role: 'purchaser',
  paragraphs: [{ kind: 'paragraph', text: turn.question }],
  createdAt: turn.createdAt,
})

export function answerView(turn: Answered): MessageView {
  const { citations, downloads, emergency, incomplete } = turn.details
  return {
    id: turn.messageId,
    role: 'assistant',
    paragraphs: blocksOf(incomplete ? `${turn.answer}\n\n(The answer broke off here.)` : turn.answer),
    stage: turn.stage,
    mode: turn.mode,
    citations: citations.map((cited, i) => ({
      index: i + 1,
      title: cited.title,
      page: cited.page,
      printedPage: cited.printedPage,
      quote: cited.quote,
      url: `${paths.document(cited.documentId, { page: cited.page, quote: `${turn.messageId}.${i + 1}` })}#quote`,
      documentUrl: paths.documentFile(cited.documentId, { page: cited.page }),
    })),
    downloads: downloads.map((card) => ({ title: card.title, kind: kindLabel(card.kind), url: paths.documentFile(card.documentId), sizeBytes: card.sizeBytes })),
    emergency,
    gap: turn.gap ? gapView(turn.gap) : null,
    createdAt: turn.createdAt,
  }
}

export const messagesOf = (turns: (Answered | Unanswered)[]): MessageView[] =>
  turns.flatMap((turn) => (turn.answer === null ? [questionView(turn)] : [questionView(turn), answerView(turn)]))

export const gapView = (gap: { id: string; status: 'open' | 'answered' | 'closed'; askedBuilder: boolean }): GapView => ({
  id: gap.id,
  status: gap.status === 'open' ? (gap.askedBuilder ? 'asked' : 'offered') : 'answered',
  askUrl: paths.gapRequest(gap.id),
})

/** Plain text with light lists into blocks: a blank line parts paragraphs, lines that begin with "- " are a list. */
export function blocksOf(text: string): Block[] {
  return text.split(/\n{2,}/).flatMap((part): Block[] => {
    const lines = part.split('\n').filter((line) => line.trim() !== '')
    const blocks: Block[] = []
    for (const line of lines) {
      const item = /^[-•] (.*)$/.exec(line.trim())?.[1]
      const last = blocks.at(-1)
      if (item === undefined) blocks.push({ kind: 'paragraph', text: line })
      else if (last?.kind === 'list') last.items.push(item)
      else blocks.push({ kind: 'list', items: [item] })
    }
    return blocks
  })
}

const bare = { stage: null, mode: null, citations: [], downloads: [], emergency: null, gap: null } satisfies Partial<MessageView>
