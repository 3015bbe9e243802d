// Stage 7: verifies an answer against the pages it cites, and drops whatever does not stand there.
import type { Citation, RetrievedChunk, Sources } from '#src/answers/question.ts'
import { contentStems, fold, sentencesOf } from '#src/answers/wording.ts'

export const CITATIONS_MAX = 5
/** Quoted words shorter than this are a name or a label, not a claim about a page. */
const QUOTE_WORDS_MIN = 3
const QUOTE_CHARACTERS_MAX = 400

/** A citation whose quote is cut from the page's own text, line breaks as spaces, so that it can be marked there. */
export function citationOf(
  chunk: RetrievedChunk,
  quote: string,
  sources: Pick<Sources, 'pageUrl'>,
): Citation {
  return {
    documentId: chunk.documentId,
    versionId: chunk.versionId,
    title: chunk.documentTitle,
    page: chunk.page,
    printedPage: chunk.printedPage,
    quote: cutTo(QUOTE_CHARACTERS_MAX, quote.replace(/\s+/g, ' ')),
    url: sources.pageUrl(chunk.documentId, chunk.page),
  }
}

/** Never in the middle of a character: half of one can be stored nowhere. */
const cutTo = (charactersMax: number, text: string): string =>
  text.slice(0, charactersMax).replace(/[\ud800-\udbff]$/, '')

/** True when the words stand on the page, however its lines are broken. */
export const standsOnPage = (quote: string, pageText: string): boolean => standsIn(quote, squash(pageText))

/** The same on a page that `squash` has read. */
export function standsIn(quote: string, squashedPage: string): boolean {
  const wanted = squash(quote)
  return wanted.length > 0 && squashedPage.includes(wanted)
}

export function squash(text: string): string {
  return fold(text.slice(0, 2_000)).length === 0 ? '' : foldAll(text)
}

// `fold` bounds its input to a question's length; a page is longer.
function foldAll(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Numbers that could be a phone number, a year, a price or a code: four digits or more, or an amount of money. */
const RISKY_NUMBER = /(?:[€£$]\s?\d[\d.,]*)|(?:\d[\d.,]*\s?(?:euro|eur|€))|(?:\+?\d[\d\s().\-/]{2,}\d)/giu
const RISKY_DIGITS_MIN = 4

export function riskyNumbers(text: string): string[] {
  return (text.match(RISKY_NUMBER) ?? [])
    .filter((found) => /[€£$]|eur/i.test(found) || found.replace(/\D/g, '').length >= RISKY_DIGITS_MIN)
    .map((found) => found.replace(/\D/g, ''))
    .filter((digits) => digits.length > 0)
}

/** The numbers that stand in the evidence: each by itself, and neighbouring groups as one (a phone number). */
export type KnownNumbers = { single: ReadonlySet<string>; joined: string }
const JOINED_DIGITS_MIN = 5

export function numbersIn(texts: readonly string[]): KnownNumbers {
  const single = new Set(
    texts.flatMap((text) => text.match(/\d[\d.,]*/g) ?? []).map((number) => number.replace(/\D/g, '')),
  )
  const joined = texts.map((text) => text.replace(/[^\d\s().\-/,+]+/g, '|').replace(/[\s().\-/,+]+/g, ''))
  return { single, joined: joined.join('|') }
}

export function isKnownNumber(known: KnownNumbers, digits: string): boolean {
  return known.single.has(digits) || (digits.length >= JOINED_DIGITS_MIN && known.joined.includes(digits))
}

export type Verified = { text: string; citations: Citation[]; dropped: string[] }

/**
 * Keeps the sentences a model wrote whose numbers stand in the evidence, keeps the `[n]` marks whose page supports
 * the sentence, and renumbers what is left from 1. `citations` is empty when nothing could be verified.
 */
export function verifyAnswer(
  text: string,
  chunks: RetrievedChunk[],
  evidence: readonly string[],
  sources: Pick<Sources, 'pageUrl'>,
  options: { sameLanguage: boolean },
): Verified {
  const known = numbersIn([...evidence, ...chunks.map((chunk) => `${chunk.content} ${chunk.pageText}`)])
  const order: number[] = []
  const quotes = new Map<number, string>()
  const dropped: string[] = []
  const paragraphs = plainText(text, evidence)
    .split(/\n/)
    .map((line) =>
      splitClaims(line)
        .filter((claim) => {
          const invented = riskyNumbers(claim.replace(/\[\d+\]/g, '')).some(
            (digits) => !isKnownNumber(known, digits),
          )
          if (invented) dropped.push(claim)
          return !invented
        })
        .map((claim) => verifyMarks(claim, chunks, order, quotes, options.sameLanguage))
        .join(' '),
    )
  const citations = order.map((number) => citationOf(chunks[number - 1]!, quotes.get(number) ?? '', sources))
  return {
    text: paragraphs
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    citations,
    dropped,
  }
}

/** Sentences of one line, each with the marks that follow its full stop. */
function splitClaims(line: string): string[] {
  return line
    .split(/(?<=[.!?](?:["”)])?(?:\s?\[\d+\])*)\s+(?=[\p{Lu}\p{N}"“(-])/u)
    .filter((part) => part.trim() !== '')
}

function verifyMarks(
  claim: string,
  chunks: RetrievedChunk[],
  order: number[],
  quotes: Map<number, string>,
  sameLanguage: boolean,
): string {
  return claim.replace(/\s?\[(\d+(?:\s*,\s*\d+)*)\]/g, (_mark, list: string) => {
    const kept = list
      .split(',')
      .map((part) => Number(part.trim()))
      .filter((number) => {
        const chunk = chunks[number - 1]
        if (chunk === undefined || !supports(claim, chunk, sameLanguage)) return false
        if (!order.includes(number) && order.length >= CITATIONS_MAX) return false
        if (!order.includes(number)) order.push(number)
        if (!quotes.has(number)) quotes.set(number, closestSentence(claim, chunk))
        return true
      })
    return kept.map((number) => ` [${order.indexOf(number) + 1}]`).join('')
  })
}

function supports(claim: string, chunk: RetrievedChunk, sameLanguage: boolean): boolean {
  const page = chunk.pageText === '' ? chunk.content : chunk.pageText
  const quoted = [...claim.matchAll(/["“”]([^"“”]+)["“”]/g)].map((match) => match[1]!)
  const long = quoted.filter((words) => words.trim().split(/\s+/).length >= QUOTE_WORDS_MIN)
  if (long.some((words) => !standsOnPage(words.replace(/[.,;]$/, ''), page))) return false
  if (!sameLanguage || long.length > 0) return true
  const words = contentStems(claim.replace(/\[\d+\]/g, ''))
  const onPage = new Set(contentStems(`${chunk.content} ${page}`))
  return words.length === 0 || words.some((word) => onPage.has(word))
}

/** The sentence of the chunk that shares most words with the claim and stands verbatim on the page. */
function closestSentence(claim: string, chunk: RetrievedChunk): string {
  const words = new Set(contentStems(claim.replace(/\[\d+\]/g, '')))
  const page = chunk.pageText === '' ? chunk.content : chunk.pageText
  let best = ''
  let bestShared = -1
  for (const sentence of sentencesOf(chunk.content)) {
    if (!standsOnPage(sentence, page)) continue
    const shared = contentStems(sentence).filter((word) => words.has(word)).length
    if (shared > bestShared) [best, bestShared] = [sentence, shared]
  }
  return best
}

/** Without markdown links, images, headings and emphasis, and without addresses that no source holds. */
export function plainText(text: string, evidence: readonly string[]): string {
  const allowed = evidence.join(' ')
  return text
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/<[^>\n]{1,200}>/g, '')
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/^\s*[*•]\s+/gm, '- ')
    .replace(/\b(?:https?:\/\/|www\.)\S+/gi, (url) => (allowed.includes(url) ? url : ''))
}
