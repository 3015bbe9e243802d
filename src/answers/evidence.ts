// Decides whether retrieved passages speak of what was asked, so that a near miss becomes "I do not know".
import { bestPassage, type Passage, shareOf, weighWords } from '#src/answers/extract.ts'
import type { RetrievedChunk } from '#src/answers/question.ts'
import { contentStems, fold, stem, wordsOf } from '#src/answers/wording.ts'

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
export const EVIDENCE_CHUNKS_MAX = 5

/** Weighted share of the question that the quoted sentences (with their heading and title) must hold in any case. */
export const PASSAGE_SHARE_MIN = 0.34
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
  const close = chunks.filter(
    (chunk) => chunk.score >= best.score * SCORE_SHARE_MIN && chunk.coverage >= coverageMin,
  )
  if (close.length === 0) return { chunks: [], reason: 'low_coverage' }
  const codes = codesIn(question)
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
  let reason: EvidenceReason = 'low_coverage'
  const judged = candidates.flatMap((chunk) => {
    const passage = bestPassage(question, chunk, form ?? undefined, weights)
    if (passage === null || !speaksOf(question, chunk, passage)) return []
    const shown = `${passage.text} ${passage.heading} ${chunk.documentTitle}`
    if (shareOf(shown, weights) < PASSAGE_SHARE_MIN) return []
    if (form !== null && (!form.test(passage.text) || shareOf(shown, subject) < FORM_SHARE_MIN)) {
      reason = 'wrong_form'
      return []
    }
    return [{ chunk, rank: (SCORE_WEIGHT * chunk.score) / all[0]!.score + shareOf(shown, weights) }]
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
    'colour temperature size pressure length width height often times time date day when who supplied made fitted installed long big large high',
  ),
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

function speaksOf(question: string, chunk: RetrievedChunk, passage: Passage): boolean {
  const asked = contentStems(question)
  const around = `${chunk.heading ?? ''} ${passage.heading} ${chunk.documentTitle}`
  const quoted = chunk.coverage >= COVERAGE_STRONG_MIN ? chunk.content : passage.text
  const held = wordsOf(`${quoted} ${around}`).map(stem)
  // One word alone may be there by chance ("lift the cover"): it must be a subject, named twice or in a heading.
  if (asked.length === 1 && held.filter((word) => word === asked[0]).length < 2) return false
  const missing = asked.filter((word) => !held.includes(word)).length
  // A model number or error code that is there says more than any other word.
  return missing <= Math.floor((asked.length + codesIn(question).length) / WORDS_PER_MISSING_WORD)
}

const DURATION =
  /\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a|an|each|every|per|once|twice|first|annual\w*|month\w*|week\w*|year\w*|dai?ly|hour\w*)\b/i
const AMOUNT = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|once|twice|none|no|half)\b/i
const MOMENT =
  /\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:spring|summer|autumn|winter|year\w*|month\w*|week\w*|dai?ly|before|after|once|when|until|during|every|each|annual\w*|handover|completion)\b/i

const SOMEBODY =
  /\b(?:ltd|limited|dac|plc|clg|company|contractor|installer|supplier|manufacturer|maker|council|customer care|electrician|engineer|(?:made|supplied|fitted|installed|provided|built|serviced|maintained) by|call|contact|ask|you|your)\b/i
const COLOUR =
  /\b(?:ral|ncs|whites?|black|grey|gray|blue|green|red|cream|anthracite|brown|yellow|oak|silver|charcoal|ivory|navy|beige|sage|magnolia)\b/i
/** "Who supplied" is answered only where the supplying is spoken of. */
const MADE =
  /\b(?:supplied|made|manufactured|fitted|installed|built|provided) by\b|\b(?:[Mm]anufacturer|[Mm]aker|[Ss]upplier|Ltd)\b/

/** A secret of this home: a manual that merely speaks of passwords does not answer. */
const SECRET =
  /\bwhat(?:'?s| is) (?:the|my|our) (?:[\w-]+ ){0,3}(?:password|pin|passcode|access code|gate code|alarm code|door code|combination)\b/

/** What an answer to "how long", "how many", "when" or "who" must contain; null when any sentence may answer. */
export function answerForm(question: string): RegExp | null {
  const read = fold(question)
  if (SECRET.test(read)) return /\b(?:password|pin|passcode|code|combination)(?: \w+){0,3}(?: is|:) ?\S*\d/i
  if (/\bhow long\b/.test(read))
    return /\b(?:\d+|one|two|three|four|five|six|seven|ten|twelve|half an|an|a few)[\s-]*(?:and a half )?(?:second|minute|hour|day|week|month|year)s?/i
  if (/\bhow often\b/.test(read)) return DURATION
  if (
    /\bhow (?:many|much|big|large|high|hot|warm|wide|deep|tall|thick|far|heavy)\b|\bwhat (?:size|temperature|pressure|length|width|height|diameter|percentage|thickness|capacity|volume)\b/.test(
      read,
    )
  )
    return AMOUNT
  if (/^\W*(?:and )?when\b/.test(read)) return MOMENT
  if (/\bcolou?rs?\b/.test(read)) return COLOUR
  if (/^\W*(?:and )?who (?:suppl|made|make|manufactur|install|fitted|built|provid)/.test(read)) return MADE
  return /^\W*(?:and )?who\b/.test(read) ? SOMEBODY : null
}
