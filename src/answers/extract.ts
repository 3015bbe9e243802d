// Answers without a model: the best sentences of the best passages, verbatim, with their pages.
import { CITATIONS_MAX, citationOf, standsOnPage } from '#src/answers/cite.ts'
import type { Citation, RetrievedChunk, Sources } from '#src/answers/question.ts'
import { contentStems, sentencesOf } from '#src/answers/wording.ts'

const PASSAGE_SENTENCES_MAX = 3
const PASSAGE_CHARACTERS_MAX = 600
/** A further passage is cited only when it is at least this close to the best one. */
const FURTHER_SCORE_SHARE_MIN = 0.5

export type Extract = { text: string; citations: Citation[] }

/** The run of one to three neighbouring sentences that holds most of the question, verbatim on its page, or null. */
export function bestPassage(question: string, chunk: RetrievedChunk, wanted?: RegExp): string | null {
  const page = chunk.pageText === '' ? chunk.content : chunk.pageText
  const asked = contentStems(question)
  const sentences = sentencesOf(chunk.content)
  let best: { passage: string; value: number } | null = null
  for (let start = 0; start < sentences.length; start++) {
    for (let length = 1; length <= PASSAGE_SENTENCES_MAX && start + length <= sentences.length; length++) {
      const passage = sentences.slice(start, start + length).join(' ')
      if (length > 1 && passage.length > PASSAGE_CHARACTERS_MAX) break
      const value = passageValue(passage, length, asked, chunk.heading, wanted)
      if ((best === null || value > best.value) && standsOnPage(passage, page)) best = { passage, value }
    }
  }
  return best === null || best.passage === '' ? null : best.passage.slice(0, PASSAGE_CHARACTERS_MAX)
}

const WANTED_BONUS = 1.5
const EXTRA_SENTENCE_COST = 0.3
const HEADING_ONLY_COST = 0.8
const HEADING_CHARACTERS_MAX = 60

function passageValue(
  passage: string,
  length: number,
  asked: string[],
  heading: string | null,
  wanted?: RegExp,
): number {
  const held = new Set(contentStems(passage))
  let value = asked.filter((word) => held.has(word)).length - EXTRA_SENTENCE_COST * (length - 1)
  if (wanted?.test(passage)) value += WANTED_BONUS
  const bare =
    length === 1 &&
    (passage === heading || (passage.length < HEADING_CHARACTERS_MAX && !/[.:!?\d]/.test(passage)))
  return bare ? value - HEADING_ONLY_COST : value
}

/** Passages of up to five pages, best first; null when no sentence can be quoted verbatim. */
export function extractAnswer(
  question: string,
  chunks: RetrievedChunk[],
  sources: Pick<Sources, 'pageUrl'>,
  wanted?: RegExp,
): Extract | null {
  const citations: Citation[] = []
  const parts: string[] = []
  const best = chunks[0]?.score ?? 0
  for (const chunk of chunks) {
    if (citations.length >= CITATIONS_MAX) break
    if (citations.length > 0 && chunk.score < best * FURTHER_SCORE_SHARE_MIN) continue
    if (citations.some((cited) => cited.documentId === chunk.documentId && cited.page === chunk.page))
      continue
    const passage = bestPassage(question, chunk, wanted)
    if (passage === null) continue
    citations.push(citationOf(chunk, passage, sources))
    parts.push(leadOf(chunk, passage, citations.length))
  }
  if (citations.length === 0) return null
  const [first, ...others] = parts
  const further =
    others.length === 0 ? '' : `\n\nAlso on this:\n${others.map((part) => `- ${part}`).join('\n')}`
  return { text: `${first}${further}`, citations }
}

function leadOf(chunk: RetrievedChunk, passage: string, number: number): string {
  const where = `${chunk.documentTitle}, p. ${chunk.printedPage ?? chunk.page}`
  return number === 1 ? `From ${where}:\n“${passage}” [1]` : `${where} [${number}]`
}
