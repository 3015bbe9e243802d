// Retrieval: the searchable index of each development, kept in memory, and the search inside one home.

import type { EmbeddingSpace } from '#db/embeddings.ts'
import {
  type ChunkText,
  chunksOfReadings,
  chunkTexts,
  type IndexRow,
  type IndexState,
  indexState,
  type LiveDocument,
  type LiveIndex,
  lexemesOf,
  liveIndex,
} from '#db/retrieval.ts'
import { cacheKey, type Db, type HomeScope, type Scope, within } from '#db/scope.ts'
import { countedCache } from '#src/counted-cache.ts'
import { isSameSpace } from './documents/embedding.ts'
import {
  type Candidate,
  type DevelopmentIndex,
  developmentIndex,
  onDistinctPages,
  search,
} from './retrieval/development-index.ts'
import { decodeEmbedding } from './retrieval/embedding-bytes.ts'
import { expectedUnits } from './retrieval/expected-units.ts'
import { sharedTerms } from './retrieval/lexical-index.ts'
import { questionWords } from './retrieval/query-terms.ts'
import { buildSegment, type Segment } from './retrieval/segment.ts'

/** Memory that the indexes of all developments may take together. */
const INDEX_BYTES_MAX = 256_000_000
const VERSIONS_A_READ = 200
/** Chunks searched for before the best pages are chosen. */
const CANDIDATES = 40
/** Tries of one search while documents are being replaced under it. */
const SWAPS_DURING_A_SEARCH_MAX = 3

export type RetrievedChunk = {
  chunkId: string
  documentId: string
  versionId: string
  documentTitle: string
  documentKind: string
  page: number
  printedPage: string | null
  heading: string | null
  content: string
  pageText: string
  score: number
  coverage: number
  matchedTerms: string[]
}

export type Retrieval = {
  chunks: RetrievedChunk[]
  filteredOut: number
  indexVersion: number
  timingsMs: Record<string, number>
}

/** Embeds a question with the model that the development was indexed with; null without a language model. */
export type QuestionEmbedder = {
  embed(text: string, space: EmbeddingSpace): Promise<Float32Array | null>
} | null

/** An index with the vectors it was built of. */
type Built = {
  index: DevelopmentIndex
  space: EmbeddingSpace | null
  embeddingVersion: number
  /** False when a document was read again between the list of documents and the reading of their chunks. */
  isWhole: boolean
}

const indexes = countedCache<string, Built>('search indexes', {
  maxSize: INDEX_BYTES_MAX,
  sizeCalculation: ({ index }) => Math.max(1, index.sizeBytes),
})
const building = new Map<string, Promise<Built>>()

/** What a search begins with: how new the index must be, and PostgreSQL's lexemes of the words. */
export type Beginning = { words: string; lexemes: string[]; now: IndexState }

const wordsToSearch = (question: string): string => questionWords(question).join(' ')

/** For reading it together with whatever else a question needs. */
export async function readBeginning(db: Db, home: HomeScope, question: string): Promise<Beginning> {
  const words = wordsToSearch(question)
  const [lexemes, now] = await Promise.all([lexemesOf(db, words), indexState(db, home.developmentId)])
  return { words, lexemes, now }
}

/**
 * The best chunks on distinct pages of documents of this home; the home's filter applies before any scoring.
 * @param trial vectors that the development does not use yet, to see what answers they would give
 * @param begun read a moment ago, for these words or for others; a second try reads anew
 */
export async function retrieve(
  home: HomeScope,
  question: string,
  limit: number,
  embedder: QuestionEmbedder,
  trial: EmbeddingSpace | null = null,
  begun: Beginning | null = null,
): Promise<Retrieval> {
  for (let attempt = 1; ; attempt++) {
    const read = attempt === 1 && begun?.words === wordsToSearch(question) ? begun : null
    const found = await retrieveOnce(home, question, limit, embedder, trial, read)
    if (found.isWhole || attempt === SWAPS_DURING_A_SEARCH_MAX) return found.retrieval
  }
}

async function retrieveOnce(
  home: HomeScope,
  question: string,
  limit: number,
  embedder: QuestionEmbedder,
  trial: EmbeddingSpace | null,
  read: Beginning | null,
): Promise<{ retrieval: Retrieval; isWhole: boolean }> {
  const started = performance.now()
  const { lexemes, now } = read ?? (await within(home, (db) => readBeginning(db, home, question)))
  const { index, space, isWhole } = await prepare(home, now, embedder !== null, trial)
  const preparedMs = performance.now() - started
  const embedding = embedder && space ? await embedder.embed(question, space) : null
  const embeddedMs = performance.now() - started - preparedMs
  const found = search(index, home, {
    lexemes,
    words: questionWords(question),
    units: expectedUnits(question),
    embedding,
    limit: CANDIDATES,
  })
  const best = onDistinctPages(found.candidates).slice(0, limit)
  const searchedMs = performance.now() - started - embeddedMs - preparedMs
  const texts = await within(home, (db) =>
    chunkTexts(
      db,
      best.map((candidate) => candidate.chunkId),
    ),
  )
  const byId = new Map(texts.map((text) => [text.chunkId, text]))
  const chunks = best.flatMap((candidate) => retrieved(candidate, byId.get(candidate.chunkId)))
  return {
    // A document that was replaced between the search and the reading of its words took them with it.
    isWhole: isWhole && chunks.length === best.length,
    retrieval: {
      chunks,
      filteredOut: found.filteredOut,
      indexVersion: index.version,
      timingsMs: {
        embed: embeddedMs,
        prepare: preparedMs,
        search: searchedMs,
        read: performance.now() - started - embeddedMs - preparedMs - searchedMs,
      },
    },
  }
}

function retrieved(candidate: Candidate, text: ChunkText | undefined): RetrievedChunk[] {
  if (!text) return []
  const { score, coverage, matchedTerms } = candidate
  return [{ ...text, documentTitle: text.title, documentKind: text.kind, score, coverage, matchedTerms }]
}

/** Forgets what is indexed of every development, for when notifications may have been missed. */
export const forgetIndexes = (): void => indexes.clear()

/** The index of vectors on trial is of no use once the trial is over. */
export const forgetTrial = (scope: Scope, developmentId: string, trial: EmbeddingSpace): boolean =>
  indexes.delete(indexKey(scope, developmentId, trial))

const indexKey = (scope: Scope, developmentId: string, trial: EmbeddingSpace | null): string =>
  trial === null
    ? cacheKey(scope, 'retrieval-index', developmentId)
    : cacheKey(scope, 'retrieval-index', developmentId, 'trial', trial.model, trial.dimensions)

/** An index at least as new as the development's row says. */
async function prepare(
  home: HomeScope,
  now: IndexState,
  usesVectors: boolean,
  trial: EmbeddingSpace | null,
): Promise<Built> {
  const key = indexKey(home, home.developmentId, trial)
  const known = indexes.get(key)
  const space = usesVectors ? (trial ?? now.space) : null
  if (known && known.index.version === now.version && isSameSpace(known.space, space))
    return { ...known, isWhole: true }
  const live = await within(home, (db) => liveIndex(db, home.developmentId))
  const wanted = { ...live, space: usesVectors ? (trial ?? live.space) : null }
  // One build a development and version; a newer version does not wait for an older build to be thrown away.
  const flight = `${key} ${wanted.version}/${wanted.space?.model}/${wanted.space?.dimensions}`
  const run =
    building.get(flight) ?? build(home, wanted, known ?? null).finally(() => building.delete(flight))
  building.set(flight, run)
  const built = await run
  const newest = indexes.get(key)
  if (!newest || newest.index.version <= built.index.version) indexes.set(key, built)
  return built
}

/** Reads only what the old index does not hold; the other documents are shared with it. */
async function build(home: HomeScope, live: LiveIndex, old: Built | null): Promise<Built> {
  const { space, embeddingVersion } = live
  const shared =
    old && isSameSpace(old.space, space) && old.embeddingVersion === embeddingVersion
      ? old.index.segments
      : null
  const keptOf = (document: LiveDocument): Segment | null => {
    const segment = shared?.get(document.documentId)
    const isKept = segment?.versionId === document.versionId && segment.reading === document.reading
    return isKept ? segment : null
  }
  const missing = live.documents.filter((document) => keptOf(document) === null)
  const rows = new Map<string, IndexRow[]>()
  for (let start = 0; start < missing.length; start += VERSIONS_A_READ) {
    const readings = missing
      .slice(start, start + VERSIONS_A_READ)
      .map(({ versionId, reading }) => ({ versionId, reading }))
    for (const row of await within(home, (db) => chunksOfReadings(db, readings, space))) {
      const ofVersion = rows.get(row.versionId)
      if (ofVersion) ofVersion.push(row)
      else rows.set(row.versionId, [row])
    }
  }
  const termsOf = sharedTerms()
  const segmentChunk = (row: IndexRow) => ({
    ...row,
    terms: termsOf(row.terms),
    embedding: row.embedding ? decodeEmbedding(row.embedding) : null,
  })
  const segments = live.documents.map((document) => {
    const { documentId, versionId, reading, unitId, houseTypeIds } = document
    const scope = { documentId, versionId, reading, unitId, houseTypeIds, usedForAnswers: true }
    const kept = keptOf(document)
    return kept
      ? { ...kept, ...scope }
      : buildSegment(scope, (rows.get(versionId) ?? []).map(segmentChunk), space?.dimensions ?? null)
  })
  const isWhole = missing.every(
    ({ versionId, chunkCount }) => (rows.get(versionId)?.length ?? 0) === chunkCount,
  )
  const index = developmentIndex(live.version, space?.model ?? null, segments)
  return { index, space, embeddingVersion, isWhole }
}
