// Decides whether retrieved passages speak of what was asked, so that a near miss becomes "I do not know".
import { answerForm } from '#src/answers/answer-form.ts'
import { readPage } from '#src/answers/page-reading.ts'
import { askedFor, bestPassage, type Passage, shareHeld, weighWords } from '#src/answers/passage.ts'
import { cellsOf } from '#src/answers/passage-blocks.ts'
import type { RetrievedChunk } from '#src/answers/question.ts'
import { contentStems, stem } from '#src/answers/wording.ts'
import { CELL_SEPARATOR } from '#src/documents/table-rows.ts'

/** Idf-weighted share of the question's terms that a chunk must hold to be quoted without a model. */
export const COVERAGE_MIN = 0.5
/** A model reads the passages and may itself say that they do not answer; it is shown weaker ones too. */
export const COVERAGE_FOR_MODEL_MIN = 0.3
/** A passage far behind the best one is about something else. */
const SCORE_SHARE_MIN = 0.4
/** From here on the words may stand anywhere in the chunk; below, in the quoted sentences themselves. */
export const COVERAGE_STRONG_MIN = 0.6
/** One of this many words of the question may be missing. */
export const WORDS_PER_MISSING_WORD = 2.5
/** A missing word that no retrieved passage holds is probably the subject itself. */
const UNSEEN_WORD_COUNTS = 1.5
export const EVIDENCE_CHUNKS_MAX = 5

/** Weighted share of the question that the quoted sentences (with their heading and title) must hold in any case. */
export const PASSAGE_SHARE_MIN = 0.34
/** A reason that is not given for the very thing is none. */
const REASON_SHARE_MIN = 0.5
/** The same where a number, date, colour or name was asked for, the words of that form left aside. */
export const FORM_SHARE_MIN = 0.55

export type EvidenceReason = 'evidence' | 'no_candidates' | 'low_coverage' | 'code_missing' | 'wrong_form'
export type Evidence = { chunks: RetrievedChunk[]; reason: EvidenceReason }

/** The passages that may be used, best first; none with the reason when the documents should not be quoted. */
export function evidenceFor(
  question: string,
  chunks: RetrievedChunk[],
  options: { forModel: boolean },
): Evidence {
  const best = chunks[0]
  if (best === undefined) return { chunks: [], reason: 'no_candidates' }
  const coverageMin = options.forModel ? COVERAGE_FOR_MODEL_MIN : COVERAGE_MIN
  const codes = codesIn(question)
  const close = chunks.filter(
    (chunk) =>
      (chunk.score >= best.score * SCORE_SHARE_MIN && chunk.coverage >= coverageMin) ||
      codes.some((code) => hasRowOf(chunk, code)),
  )
  if (close.length === 0) return { chunks: [], reason: 'low_coverage' }
  const coded = close.filter((chunk) => codes.every((code) => holdsCode(chunk, code)))
  if (coded.length === 0) return { chunks: [], reason: 'code_missing' }
  if (options.forModel) return { chunks: coded.slice(0, EVIDENCE_CHUNKS_MAX), reason: 'evidence' }
  return quotable(question, coded, chunks)
}

/** Of chunks that hold the words, those with sentences that answer, ordered by both. */
function quotable(question: string, candidates: RetrievedChunk[], all: RetrievedChunk[]): Evidence {
  const weights = weighWords(question, all)
  const form = answerForm(question)
  const subject = new Map([...weights].filter(([word]) => form === null || !FORM_STEMS.has(word)))
  const asked = askedFor(question, form ?? undefined, weights)
  const codes = codesIn(question)
  const words = contentStems(question).filter(
    (word) =>
      (form === null || !FORM_STEMS.has(word)) && (codes.length === 0 || !CODE_REPORT_STEMS.has(word)),
  )
  const seen = all.map(readPage)
  const unseen = new Set(
    words.filter(
      (word) =>
        !ACTION_STEMS.has(word) &&
        !seen.some(({ chunkStems, titleStems }) => chunkStems.has(word) || titleStems.includes(word)),
    ),
  )
  let reason: EvidenceReason = 'low_coverage'
  const judged = candidates.flatMap((chunk) => {
    const passage = bestPassage(asked, chunk)
    if (passage === null || !speaksOf(words, unseen, codes, chunk, passage)) return []
    const { text, shownStems } = passage
    if (shareHeld(weights, shownStems) < (asked.isWhy ? REASON_SHARE_MIN : PASSAGE_SHARE_MIN)) return []
    if (form !== null && (!form.test(text) || shareHeld(subject, shownStems) < FORM_SHARE_MIN)) {
      reason = 'wrong_form'
      return []
    }
    return [{ chunk, rank: (SCORE_WEIGHT * chunk.score) / all[0]!.score + passage.value }]
  })
  if (judged.length === 0) return { chunks: [], reason }
  judged.sort((a, b) => b.rank - a.rank)
  return { chunks: judged.slice(0, EVIDENCE_CHUNKS_MAX).map(({ chunk }) => chunk), reason: 'evidence' }
}

/** The sentences say more about the answer than the chunk's score does. */
const SCORE_WEIGHT = 0.5

// Stems that name the form of the answer, which the answer itself seldom repeats.
const FORM_STEMS: ReadonlySet<string> = new Set(
  contentStems(
    'colour temperature size pressure length width height often times time date day when who supplied made fitted installed long big large high thick deep wide tall soon last',
  ),
)

// What one does with a thing: often said in other words where the thing itself is spoken of.
const ACTION_STEMS: ReadonlySet<string> = new Set(
  contentStems(
    'switch set change clean replace open close fix repair find put adjust start stop check connect install remove stay keep work end begin last run name call locate location situate',
  ),
)

/** Where the code was seen; its meaning is asked for, whatever the display is called. */
const CODE_REPORT_STEMS: ReadonlySet<string> = new Set(
  'show display wrong appear flash screen problem error code fault warning'.split(' ').map(stem),
)

/** Model numbers and error codes: a passage about another code is no answer. */
function codesIn(question: string): string[] {
  return (question.match(/\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\b/g) ?? [])
    .map((code) => code.toLowerCase())
    .filter((code) => !/^\d+(?:st|nd|rd|th|mm|cm|m|m2|kw|kwh|w|v|l|kg|am|pm|c|h|hz|a|x|s)$/.test(code))
}

function holdsCode(chunk: RetrievedChunk, code: string): boolean {
  const squeeze = (text: string) => text.toLowerCase().replace(/[\s-]/g, '')
  return squeeze(`${chunk.content} ${chunk.documentTitle} ${chunk.heading ?? ''}`).includes(squeeze(code))
}

/** A table explains the code in a row of its own. */
const hasRowOf = (chunk: RetrievedChunk, code: string): boolean =>
  chunk.content
    .split('\n')
    .some((line) => line.includes(CELL_SEPARATOR) && cellsOf(line)[0]?.toLowerCase() === code)

function speaksOf(
  asked: readonly string[],
  unseen: ReadonlySet<string>,
  codes: readonly string[],
  chunk: RetrievedChunk,
  passage: Passage,
): boolean {
  const quoted = chunk.coverage >= COVERAGE_STRONG_MIN ? readPage(chunk).chunkCounts : passage.counts
  const timesHeld = (word: string) => (quoted.get(word) ?? 0) + (passage.aroundCounts.get(word) ?? 0)
  // One word alone may be there by chance ("lift the cover"): it must be a subject, named twice or in a heading.
  const isNamed = codes.some((code) => hasRowOf(chunk, code))
  if (asked.length === 1 && timesHeld(asked[0]!) < 2 && !isNamed) return false
  const missing = asked
    .filter((word) => timesHeld(word) === 0)
    .reduce((sum, word) => sum + (unseen.has(word) ? UNSEEN_WORD_COUNTS : 1), 0)
  // A model number or error code that is there says more than any other word.
  return missing <= (asked.length + codes.length) / WORDS_PER_MISSING_WORD
}
