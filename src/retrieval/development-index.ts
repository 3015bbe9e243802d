// The searchable documents of one development, and the search inside one home's part of them.

import { fuse } from '#src/retrieval/fusion.ts'
import {
  coverageOf,
  documentFrequency,
  matchedTermsOf,
  type Postings,
  QUERY_TERMS_MAX,
  scoreLexically,
} from '#src/retrieval/lexical-index.ts'
import { isForHome, type Segment } from '#src/retrieval/segment.ts'
import { scoreVectors } from '#src/retrieval/vectors.ts'
import { nearestTerm } from '#src/retrieval/vocabulary.ts'

/** Immutable: a changed document gives a new index that shares every other segment. */
export type DevelopmentIndex = {
  /** The development's index version in the database; an older one is replaced, whatever notifications were lost. */
  version: number
  /** Embedding model, `null` without one. */
  model: string | null
  segments: ReadonlyMap<string, Segment>
  sizeBytes: number
}

export type Home = { houseTypeId: string; unitId: string }

/** `lexemes` as Postgres gives them for `questionWords(…)`; `words` are those raw words, which help to correct typos. */
export type SearchQuery = {
  lexemes: readonly string[]
  words: readonly string[]
  /** `expectedUnits(question)`. */
  units: readonly string[]
  embedding: Float32Array | null
  limit: number
}

export type Candidate = {
  chunkId: string
  documentId: string
  page: number
  printedPage: string | null
  heading: string | null
  /** Comparable within one search only. */
  score: number
  lexicalScore: number
  vectorScore: number
  matchedTerms: string[]
  /** Share of the question's terms, by rarity, that the chunk holds: 0 to 1. */
  coverage: number
}

export type SearchResult = {
  candidates: Candidate[]
  /** Documents of the development that this home does not see. */
  filteredOut: number
  correctedTerms: Record<string, string>
  /** The best coverage among the first candidates; below .5 the documents hardly speak of what was asked. */
  coverage: number
}

const CANDIDATES_MAX = 100
/** How many of the first candidates speak for the result's coverage. */
const COVERAGE_CANDIDATES = 3

export function developmentIndex(
  version: number,
  model: string | null,
  segments: Iterable<Segment>,
): DevelopmentIndex {
  const byDocument = new Map(Array.from(segments, (segment) => [segment.documentId, segment]))
  return {
    version,
    model,
    segments: byDocument,
    sizeBytes: [...byDocument.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  }
}

/** The index with one document replaced, or removed when `segment` is `null`. */
export function withSegment(
  index: DevelopmentIndex,
  version: number,
  documentId: string,
  segment: Segment | null,
): DevelopmentIndex {
  const others = [...index.segments.values()].filter((each) => each.documentId !== documentId)
  return developmentIndex(version, index.model, segment ? [...others, segment] : others)
}

/** What the home may not see takes no part: neither as a candidate nor in the frequencies nor in the corrections. */
export function search(index: DevelopmentIndex, home: Home, query: SearchQuery): SearchResult {
  const eligible = [...index.segments.values()].filter((segment) => isForHome(segment, home))
  const postings = eligible.map((segment) => segment.postings)
  const { terms, correctedTerms } = correctTerms(postings, query)
  const lexical = scoreLexically(postings, terms, query.units)
  const vector = query.embedding ? vectorScores(eligible, query.embedding, lexical.scores.length) : null
  const placeOf = places(eligible)
  const candidates = fuse(lexical.scores, vector, Math.min(query.limit, CANDIDATES_MAX)).map(
    ({ chunk, score }) => ({
      ...placeOf(chunk),
      score,
      lexicalScore: lexical.scores[chunk]!,
      vectorScore: vector?.[chunk] ?? 0,
      matchedTerms: matchedTermsOf(lexical, chunk),
      coverage: coverageOf(lexical, chunk),
    }),
  )
  const coverage = Math.max(
    0,
    ...candidates.slice(0, COVERAGE_CANDIDATES).map((candidate) => candidate.coverage),
  )
  return { candidates, filteredOut: index.segments.size - eligible.length, correctedTerms, coverage }
}

/** Where a chunk stands, by its number among the eligible: looked up for candidates, not listed for all. */
function places(eligible: readonly Segment[]) {
  const firsts = new Uint32Array(eligible.length)
  for (let at = 1; at < eligible.length; at += 1)
    firsts[at] = firsts[at - 1]! + eligible[at - 1]!.places.length
  return (chunk: number) => {
    let [low, high] = [0, firsts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (firsts[middle]! <= chunk) low = middle
      else high = middle - 1
    }
    const { documentId, places } = eligible[low]!
    return { documentId, ...places[chunk - firsts[low]!]! }
  }
}

/** The first candidate of each page, best first: what citations and "pages found" are made of. */
export function onDistinctPages(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>()
  return candidates.filter(({ documentId, page }) => {
    const key = `${documentId} ${page}`
    return seen.has(key) ? false : seen.add(key)
  })
}

function correctTerms(
  eligible: readonly Postings[],
  query: SearchQuery,
): { terms: string[]; correctedTerms: Record<string, string> } {
  const correctedTerms: Record<string, string> = {}
  const terms = query.lexemes.slice(0, QUERY_TERMS_MAX).map((lexeme) => {
    if (documentFrequency(eligible, lexeme) > 0) return lexeme
    const nearest = nearestTerm(eligible, lexeme, wordOf(lexeme, query.words))
    if (nearest !== null) correctedTerms[lexeme] = nearest
    return nearest ?? lexeme
  })
  return { terms: [...new Set(terms)], correctedTerms }
}

/** The word a lexeme was made of: the one that begins with most of it. */
function wordOf(lexeme: string, words: readonly string[]): string {
  const stem = lexeme.slice(0, Math.max(3, lexeme.length - 1))
  return words.find((word) => word === lexeme) ?? words.find((word) => word.startsWith(stem)) ?? lexeme
}

function vectorScores(
  eligible: readonly Segment[],
  embedding: Float32Array,
  chunkCount: number,
): Float64Array | null {
  if (eligible.every(({ vectors }) => vectors === null)) return null
  const scores = new Float64Array(chunkCount)
  let first = 0
  for (const { vectors, places } of eligible) {
    if (vectors) scoreVectors(vectors, embedding, scores, first)
    first += places.length
  }
  return scores
}
