// BM25 over Postgres' lexemes, with postings in typed arrays, one immutable set for each document version.

import { hasDigit } from '#src/retrieval/query-terms.ts'

/** Robertson & Zaragoza's BM25; measured on SciFact and real manuals, where chunks are of similar length. */
const K1 = 0.9
const B = 0.4
const DIGIT_TERM_WEIGHT = 2
/** Shorter ones are neighbours of too many others. */
const WORD_LETTERS_MIN = 3
/** Like a term that one chunk in four holds; measured flat between 1 and 2, and nil on collections without quantities. */
const UNIT_WEIGHT = 1.5

export type Postings = {
  /** Term → position in `starts`; the postings of term `t` are `starts[t]` to `starts[t + 1]`. */
  termIds: ReadonlyMap<string, number>
  starts: Uint32Array
  chunks: Uint32Array
  counts: Uint16Array
  lengths: Uint32Array
  lengthTotal: number
  words: Words
}

/**
 * The terms that a mistyped word may have meant. Most are told apart without looking at them: by their letters as bits,
 * and by their beginnings, the first two letters (five bits each) and the length.
 */
export type Words = { terms: readonly string[]; letters: Uint32Array; beginnings: Uint16Array }

/** `terms[i]` occurs `counts[i]` times in a chunk. */
export type ChunkTerms = { terms: readonly string[]; counts: readonly number[] }

export function buildPostings(chunks: readonly ChunkTerms[]): Postings {
  const postingsOfTerm = new Map<string, { chunk: number; count: number }[]>()
  const lengths = new Uint32Array(chunks.length)
  let lengthTotal = 0
  chunks.forEach(({ terms, counts }, chunk) => {
    terms.forEach((term, index) => {
      const count = Math.min(counts[index] ?? 1, 0xffff)
      lengths[chunk]! += count
      const postings = postingsOfTerm.get(term)
      if (postings) postings.push({ chunk, count })
      else postingsOfTerm.set(term, [{ chunk, count }])
    })
    lengthTotal += lengths[chunk]!
  })
  const postings = [...postingsOfTerm.values()]
  const starts = new Uint32Array(postings.length + 1)
  postings.forEach((each, term) => {
    starts[term + 1] = starts[term]! + each.length
  })
  const flat = postings.flat()
  return {
    termIds: new Map([...postingsOfTerm.keys()].map((term, id) => [term, id])),
    starts,
    chunks: Uint32Array.from(flat, ({ chunk }) => chunk),
    counts: Uint16Array.from(flat, ({ count }) => count),
    lengths,
    lengthTotal,
    words: wordsOf([...postingsOfTerm.keys()]),
  }
}

/**
 * One copy of each term for all documents that are built together. The driver cuts terms out of the row it received,
 * and each cut would keep that whole row in memory.
 */
export function sharedTerms(): (terms: readonly string[]) => string[] {
  const known = new Map<string, string>()
  return (terms) =>
    terms.map((term) => {
      const before = known.get(term)
      if (before !== undefined) return before
      const copy = Buffer.from(term).toString()
      known.set(copy, copy)
      return copy
    })
}

function wordsOf(terms: readonly string[]): Words {
  const words = terms.filter((term) => term.length >= WORD_LETTERS_MIN && !hasDigit(term))
  // A stem's last "i" may stand for a "y".
  const letters = Uint32Array.from(words, (word) => lettersOf(word.endsWith('i') ? word.slice(0, -1) : word))
  return { terms: words, letters, beginnings: Uint16Array.from(words, beginningOf) }
}

/** Words longer than the bits for it count as that long: they are compared, not skipped. */
export const BEGINNING_LENGTH_MAX = 63

export const beginningOf = (word: string): number =>
  (word.charCodeAt(0) & 31) |
  ((word.charCodeAt(1) & 31) << 5) |
  (Math.min(word.length, BEGINNING_LENGTH_MAX) << 10)

/** One bit a letter; letters beyond `a` to `z` share bits, which only makes words look more alike. */
export function lettersOf(word: string): number {
  let letters = 0
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31)
  return letters >>> 0
}

/** In how many chunks of these documents the term occurs. */
export function documentFrequency(eligible: readonly Postings[], term: string): number {
  let frequency = 0
  for (const { termIds, starts } of eligible) {
    const id = termIds.get(term)
    if (id !== undefined) frequency += starts[id + 1]! - starts[id]!
  }
  return frequency
}

export type LexicalScores = {
  /** One score a chunk, documents one after the other in the order they were given. */
  scores: Float64Array
  /** Which terms a chunk holds: bit `i` for term `i` of `weights`, 32 terms at most. */
  matched: Uint32Array
  /** What each term is worth when coverage is measured; a term no document has is worth most. */
  weights: { term: string; weight: number }[]
}

/** More terms than bits: the first ones of the question decide. */
export const QUERY_TERMS_MAX = 32

/** Frequencies and lengths come from the eligible documents alone, so that another home's documents change nothing. */
export function scoreLexically(
  eligible: readonly Postings[],
  terms: readonly string[],
  units: readonly string[] = [],
): LexicalScores {
  const chunkCount = eligible.reduce((sum, { lengths }) => sum + lengths.length, 0)
  const lengthTotal = eligible.reduce((sum, postings) => sum + postings.lengthTotal, 0)
  const lengthMean = Math.max(1, lengthTotal / Math.max(1, chunkCount))
  const scores = new Float64Array(chunkCount)
  const matched = new Uint32Array(chunkCount)
  const weights = terms.slice(0, QUERY_TERMS_MAX).map((term) => {
    const frequency = documentFrequency(eligible, term)
    const rarity = Math.log(1 + (chunkCount - frequency + 0.5) / (frequency + 0.5))
    return { term, weight: rarity * (hasDigit(term) ? DIGIT_TERM_WEIGHT : 1) }
  })
  weights.forEach(({ term, weight }, bit) => {
    eachPosting(eligible, term, lengthMean, (chunk, saturation) => {
      scores[chunk]! += weight * saturation
      matched[chunk]! |= 1 << bit
    })
  })
  addUnits(eligible, units, lengthMean, scores, matched)
  return { scores, matched, weights }
}

/** Units alone say nothing: only chunks that hold a term of the question gain by one, and only by the best one. */
function addUnits(
  eligible: readonly Postings[],
  units: readonly string[],
  lengthMean: number,
  scores: Float64Array,
  matched: Uint32Array,
): void {
  if (units.length === 0) return
  const gains = new Float64Array(scores.length)
  for (const unit of units) {
    eachPosting(eligible, unit, lengthMean, (chunk, saturation) => {
      if (matched[chunk] !== 0) gains[chunk] = Math.max(gains[chunk]!, UNIT_WEIGHT * saturation)
    })
  }
  for (let chunk = 0; chunk < gains.length; chunk += 1) scores[chunk]! += gains[chunk]!
}

function eachPosting(
  eligible: readonly Postings[],
  term: string,
  lengthMean: number,
  visit: (chunk: number, saturation: number) => void,
): void {
  let first = 0
  for (const { termIds, starts, chunks, counts, lengths } of eligible) {
    const id = termIds.get(term)
    const end = id === undefined ? 0 : starts[id + 1]!
    for (let at = id === undefined ? 0 : starts[id]!; at < end; at += 1) {
      const count = counts[at]!
      const lengthNorm = K1 * (1 - B + (B * lengths[chunks[at]!]!) / lengthMean)
      visit(first + chunks[at]!, (count * (K1 + 1)) / (count + lengthNorm))
    }
    first += lengths.length
  }
}

/** The weight of the question's terms that a chunk holds, as a share of all of them: 0 to 1. */
export function coverageOf({ weights, matched }: LexicalScores, chunk: number): number {
  let held = 0
  let total = 0
  weights.forEach(({ weight }, bit) => {
    total += weight
    if (matched[chunk]! & (1 << bit)) held += weight
  })
  return total === 0 ? 0 : held / total
}

export function matchedTermsOf({ weights, matched }: LexicalScores, chunk: number): string[] {
  return weights.filter((_, bit) => matched[chunk]! & (1 << bit)).map(({ term }) => term)
}
