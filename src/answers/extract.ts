// Answers without a model: the best passages of the best pages, verbatim, with where they stand.
import { CITATIONS_MAX, citationOf, standsOnPage } from '#src/answers/cite.ts'
import { askedFor, bestPassage, type Passage, weighWords } from '#src/answers/passage.ts'
import { blocksOf } from '#src/answers/passage-blocks.ts'
import type { Citation, RetrievedChunk, Sources } from '#src/answers/question.ts'

/** A second passage is quoted only when it is nearly as good, holds as much of what was asked, and stands in another document. */
const SECOND_QUOTE_SHARE_MIN = 0.9
/** A further page is cited only when it is at least this close to the best one. */
const FURTHER_SCORE_SHARE_MIN = 0.4

export type Extract = { text: string; citations: Citation[] }

/**
 * The best passage quoted, a second one when it is as good, and the pages of up to five further ones, best first.
 * `related` are retrieved chunks that answer less directly: cited after the others. Null when nothing can be quoted.
 */
export function extractAnswer(
  question: string,
  chunks: RetrievedChunk[],
  related: RetrievedChunk[],
  sources: Pick<Sources, 'pageUrl'>,
  wanted: RegExp | undefined,
): Extract | null {
  const asked = askedFor(question, wanted, weighWords(question, chunks))
  const citations: Citation[] = []
  const quoted: string[] = []
  const named: string[] = []
  const best = chunks[0]?.score ?? 0
  let lead: Passage | null = null
  for (const chunk of [...chunks, ...related]) {
    if (citations.length >= CITATIONS_MAX) break
    if (citations.length > 0 && chunk.score < best * FURTHER_SCORE_SHARE_MIN) continue
    if (citations.some((cited) => cited.documentId === chunk.documentId && cited.page === chunk.page))
      continue
    const passage = bestPassage(asked, chunk)
    if (passage === null) continue
    const isOther = citations.every(({ documentId }) => documentId !== chunk.documentId)
    citations.push(citationOf(chunk, passage.text, sources))
    const where = `${chunk.documentTitle}, p. ${chunk.printedPage ?? chunk.page}`
    lead ??= passage
    const isQuoted =
      citations.length === 1 ||
      (quoted.length === 1 &&
        citations.length === 2 &&
        isOther &&
        passage.share >= lead.share &&
        passage.value >= lead.value * SECOND_QUOTE_SHARE_MIN)
    if (isQuoted) quoted.push(`From ${where}:\n“${passage.text}” [${citations.length}]`)
    else named.push(`- ${where} [${citations.length}]`)
  }
  if (citations.length === 0) return null
  const further = named.length === 0 ? [] : [`Also on this:\n${named.join('\n')}`]
  return { text: [...quoted, ...further].join('\n\n'), citations }
}

/** Up to three sentences from the first that holds what is wanted, verbatim on the page; null when none does. */
export function passageFrom(chunk: RetrievedChunk, wanted: RegExp): string | null {
  const page = chunk.pageText === '' ? chunk.content : chunk.pageText
  const blocks = blocksOf(chunk)
  const start = blocks.findIndex(({ text }) => wanted.test(text))
  for (let length = SENTENCES_FROM_MAX; start >= 0 && length > 0; length--) {
    const text = blocks
      .slice(start, start + length)
      .map((block) => block.text)
      .join(' ')
    if ((length === 1 || text.length <= SENTENCES_FROM_CHARACTERS_MAX) && standsOnPage(text, page))
      return text
  }
  return null
}

const SENTENCES_FROM_MAX = 3
const SENTENCES_FROM_CHARACTERS_MAX = 700
