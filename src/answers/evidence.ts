// Decides whether retrieved passages speak of what was asked, so that a near miss becomes "I do not know".
import { bestPassage } from '#src/answers/extract.ts'
import type { RetrievedChunk } from '#src/answers/question.ts'
import { contentStems, fold } from '#src/answers/wording.ts'

/** Idf-weighted share of the question's terms that a chunk must hold to be quoted without a model. */
export const COVERAGE_MIN = 0.6
/** A model reads the passages and may itself say that they do not answer; it is shown weaker ones too. */
export const COVERAGE_FOR_MODEL_MIN = 0.3
/** A passage far behind the best one is about something else. */
const SCORE_SHARE_MIN = 0.4
/** Share of the question's own words that the quoted sentences (with heading and title) must hold. */
export const PASSAGE_COVERAGE_MIN = 0.5
export const EVIDENCE_CHUNKS_MAX = 5

export type Evidence = {
  chunks: RetrievedChunk[]
  reason: 'evidence' | 'no_candidates' | 'low_coverage' | 'code_missing' | 'wrong_form'
}

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
  const coded = close.filter((chunk) =>
    codes.every((code) => fold(chunk.pageText || chunk.content).length > 0 && holdsCode(chunk, code)),
  )
  if (coded.length === 0) return { chunks: [], reason: 'code_missing' }
  if (options.forModel) return { chunks: coded.slice(0, EVIDENCE_CHUNKS_MAX), reason: 'evidence' }
  const speaking = coded.filter((chunk) => passageCoverage(question, chunk) >= PASSAGE_COVERAGE_MIN)
  if (speaking.length === 0) return { chunks: [], reason: 'low_coverage' }
  const form = answerForm(question)
  const formed =
    form === null ? speaking : speaking.filter((chunk) => form.test(bestPassage(question, chunk, form) ?? ''))
  if (formed.length === 0) return { chunks: [], reason: 'wrong_form' }
  return { chunks: formed.slice(0, EVIDENCE_CHUNKS_MAX), reason: 'evidence' }
}

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

function passageCoverage(question: string, chunk: RetrievedChunk): number {
  const asked = contentStems(question)
  if (asked.length === 0) return 1
  const held = new Set(
    contentStems(`${bestPassage(question, chunk) ?? ''} ${chunk.heading ?? ''} ${chunk.documentTitle}`),
  )
  return asked.filter((word) => held.has(word)).length / asked.length
}

const DURATION =
  /\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a|an|each|every|per|once|twice|first|annual\w*|month\w*|week\w*|year\w*|dai?ly|hour\w*)\b/i
const AMOUNT = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|once|twice|none|no|half)\b/i
const MOMENT =
  /\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:spring|summer|autumn|winter|year\w*|month\w*|week\w*|dai?ly|before|after|once|when|until|during|every|each|annual\w*|handover|completion)\b/i

const SOMEBODY =
  /\b(?:ltd|limited|dac|plc|company|by (?:the |a |an )?\w+|[A-Z][a-z]+ [A-Z][a-z]+|contractor|installer|supplier|manufacturer|builder|developer|council|electrician|engineer|owner|you|person|team)\b/

/** What an answer to "how long", "how many", "when" or "who" must contain; null when any sentence may answer. */
export function answerForm(question: string): RegExp | null {
  const read = fold(question)
  if (/\bhow long\b/.test(read))
    return /\b(?:\d+|one|two|three|four|five|six|seven|ten|twelve|half an|an|a few)[\s-]*(?:and a half )?(?:second|minute|hour|day|week|month|year|cm|mm|m\b|metre)s?/i
  if (/\bhow often\b/.test(read)) return DURATION
  if (
    /\bhow (?:many|much|big|large|high|hot|warm|wide|deep|tall|thick|far|heavy)\b|\bwhat (?:size|temperature|pressure|length|width|height|diameter|percentage|thickness|capacity|volume)\b/.test(
      read,
    )
  )
    return AMOUNT
  if (/^\W*(?:and )?when\b/.test(read)) return MOMENT
  return /^\W*(?:and )?who\b/.test(read) ? SOMEBODY : null
}
