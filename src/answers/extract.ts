// Answers without a model: the best sentences of the best passages, verbatim, with their pages.
import { CITATIONS_MAX, citationOf, standsOnPage } from '#src/answers/cite.ts'
import type { Citation, RetrievedChunk, Sources } from '#src/answers/question.ts'
import { contentStems, fold, sentencesOf } from '#src/answers/wording.ts'

const PASSAGE_SENTENCES_MAX = 3
const STEPS_MAX = 7
const PASSAGE_CHARACTERS_MAX = 700
/** A further passage is cited only when it is at least this close to the best one. */
const FURTHER_SCORE_SHARE_MIN = 0.5
const HEADING_CHARACTERS_MAX = 60

export type Extract = { text: string; citations: Citation[] }
/** Consecutive sentences of a chunk, verbatim on its page, with the share of the question's weight that they hold. */
export type Passage = { text: string; heading: string; share: number }
type Weights = ReadonlyMap<string, number>

/** Words rare among the retrieved chunks weigh more, and so does the action of a "how do I". */
export function weighWords(question: string, chunks: readonly RetrievedChunk[]): Weights {
  const asked = contentStems(question)
  const held = chunks.map((chunk) => new Set(contentStems(chunk.content)))
  const isHowTo = HOW_TO.test(fold(question))
  return new Map(
    asked.map((word, index) => {
      const frequency = held.filter((words) => words.has(word)).length
      return [word, Math.log(2 + chunks.length / (1 + frequency)) * (isHowTo && index === 0 ? 1.5 : 1)]
    }),
  )
}

const HOW_TO = /\bhow (?:do|can|should|to|would)\b/

/** The best run of one to three sentences, or the steps of the section whose heading is the question; null without one. */
export function bestPassage(
  question: string,
  chunk: RetrievedChunk,
  wanted?: RegExp,
  weights = weighWords(question, []),
): Passage | null {
  const page = chunk.pageText === '' ? chunk.content : chunk.pageText
  const sentences = headedSentences(chunk)
  let best: (Passage & { value: number }) | null = null
  for (let start = 0; start < sentences.length; start++) {
    const heading = sentences[start]!.heading
    const isSection = start === 0 || sentences[start - 1]!.heading !== heading
    const steps = isSection && shareOf(heading, weights) >= SECTION_SHARE_MIN
    for (
      let length = 1;
      length <= (steps ? STEPS_MAX : PASSAGE_SENTENCES_MAX) && start + length <= sentences.length;
      length++
    ) {
      const run = sentences.slice(start, start + length)
      const text = run.map((sentence) => sentence.text).join(' ')
      if (length > 1 && (text.length > PASSAGE_CHARACTERS_MAX || run.at(-1)!.heading !== heading)) break
      const share = shareOf(`${text} ${heading}`, weights)
      const value = valueOfRun(text, heading, length, steps, weights, wanted)
      if ((best === null || value > best.value) && standsOnPage(text, page))
        best = { text, heading, share, value }
    }
  }
  return best === null
    ? null
    : { text: best.text.slice(0, PASSAGE_CHARACTERS_MAX), heading: best.heading, share: best.share }
}

/** Up to three sentences from the first that holds what is wanted, verbatim on the page; null when none does. */
export function passageFrom(chunk: RetrievedChunk, wanted: RegExp): string | null {
  const page = chunk.pageText === '' ? chunk.content : chunk.pageText
  const sentences = headedSentences(chunk).map(({ text }) => text)
  const start = sentences.findIndex((text) => wanted.test(text))
  for (let length = PASSAGE_SENTENCES_MAX; start >= 0 && length > 0; length--) {
    const text = sentences.slice(start, start + length).join(' ')
    if ((length === 1 || text.length <= PASSAGE_CHARACTERS_MAX) && standsOnPage(text, page)) return text
  }
  return null
}

type HeadedSentence = { text: string; heading: string }

/** Sentences with the heading they stand under; headings themselves are not sentences unless there is nothing else. */
function headedSentences(chunk: RetrievedChunk): HeadedSentence[] {
  const sentences: HeadedSentence[] = []
  let heading = chunk.heading ?? ''
  for (const text of sentencesOf(chunk.content)) {
    if (isFooter(text, chunk.documentTitle)) continue
    // A table's first row looks like a heading too, so the section's own heading stays beside it.
    if (text === chunk.heading || isHeadingLike(text))
      heading = text === chunk.heading ? text : `${chunk.heading ?? ''} ${text}`.trim()
    else sentences.push({ text, heading })
  }
  return sentences.length > 0 ? sentences : sentencesOf(chunk.content).map((text) => ({ text, heading: '' }))
}

const isFooter = (text: string, title: string): boolean => /[·|]/.test(text) && text.includes(title)

const isHeadingLike = (text: string): boolean =>
  text.length <= HEADING_CHARACTERS_MAX && /^\p{Lu}/u.test(text) && !/[.:!?;,\d]/.test(text)

/** From here on a heading is the question itself, and the answer begins right under it. */
const SECTION_SHARE_MIN = 0.6
const HEADING_SHARE = 0.75
const WANTED_BONUS = 1
const EXTRA_SENTENCE_COST = 0.12
const SECTION_BONUS = 0.15

function valueOfRun(
  text: string,
  heading: string,
  length: number,
  steps: boolean,
  weights: Weights,
  wanted?: RegExp,
): number {
  const own = shareOf(text, weights)
  const value = own + HEADING_SHARE * (shareOf(`${text} ${heading}`, weights) - own)
  const form = wanted?.test(text) ? WANTED_BONUS : 0
  return value + form + (steps ? SECTION_BONUS * Math.min(length, 4) : -EXTRA_SENTENCE_COST * (length - 1))
}

export function shareOf(text: string, weights: Weights): number {
  const held = new Set(contentStems(text))
  let sum = 0
  let total = 0
  for (const [word, weight] of weights) {
    total += weight
    if (held.has(word)) sum += weight
  }
  return total === 0 ? 1 : sum / total
}

/** Passages of up to five pages, best first; null when no sentence can be quoted verbatim. */
export function extractAnswer(
  question: string,
  chunks: RetrievedChunk[],
  sources: Pick<Sources, 'pageUrl'>,
  wanted?: RegExp,
  weights = weighWords(question, chunks),
): Extract | null {
  const citations: Citation[] = []
  const parts: string[] = []
  const best = chunks[0]?.score ?? 0
  for (const chunk of chunks) {
    if (citations.length >= CITATIONS_MAX) break
    if (citations.length > 0 && chunk.score < best * FURTHER_SCORE_SHARE_MIN) continue
    if (citations.some((cited) => cited.documentId === chunk.documentId && cited.page === chunk.page))
      continue
    const passage = bestPassage(question, chunk, wanted, weights)
    if (passage === null) continue
    citations.push(citationOf(chunk, passage.text, sources))
    parts.push(leadOf(chunk, passage.text, citations.length))
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
