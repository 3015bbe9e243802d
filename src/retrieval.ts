// Retrieval: the searchable index of each development, kept in memory, and the search inside one home.
import { LRUCache } from 'lru-cache'
import {
  chunksOfVersions,
  chunkTexts,
  type IndexRow,
  type LiveDocument,
  lexemesOf,
  liveDocuments,
} from '#db/retrieval.ts'
import { cacheKey, type HomeScope, within } from '#db/scope.ts'
import {
  type DevelopmentIndex,
  developmentIndex,
  onDistinctPages,
  search,
} from './retrieval/development-index.ts'
import { decodeEmbedding } from './retrieval/embedding-bytes.ts'
import { expectedUnits } from './retrieval/expected-units.ts'
import { questionWords } from './retrieval/query-terms.ts'
import { buildSegment, type Segment } from './retrieval/segment.ts'

/** Memory that the indexes of all developments may take together. */
const INDEX_BYTES_MAX = 256_000_000
const VERSIONS_A_READ = 200
/** Chunks searched for before the best pages are chosen. */
const CANDIDATES = 40

export type RetrievedChunk = {
  chunkId: string
  documentId: string
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

/** Embeds a question; null without a model. */
export type QuestionEmbedder = {
  model: string
  dimensions: number
  embed(text: string): Promise<Float32Array | null>
} | null

const indexes = new LRUCache<string, DevelopmentIndex>({
  maxSize: INDEX_BYTES_MAX,
  sizeCalculation: (index) => Math.max(1, index.sizeBytes),
})
const building = new Map<string, Promise<DevelopmentIndex>>()

/** The best chunks on distinct pages of documents of this home; the home's filter applies before any scoring. */
export async function retrieve(
  home: HomeScope,
  question: string,
  limit: number,
  embedder: QuestionEmbedder,
): Promise<Retrieval> {
  const started = performance.now()
  const words = questionWords(question)
  const embedding = embedder ? await embedder.embed(question) : null
  const embeddedMs = performance.now() - started
  const { index, lexemes } = await prepare(home, words.join(' '), embedder)
  const preparedMs = performance.now() - started - embeddedMs
  const found = search(index, home, {
    lexemes,
    words,
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
  return {
    chunks: best.flatMap(({ chunkId, score, coverage, matchedTerms }) => {
      const text = byId.get(chunkId)
      return text
        ? [{ ...text, documentTitle: text.title, documentKind: text.kind, score, coverage, matchedTerms }]
        : []
    }),
    filteredOut: found.filteredOut,
    indexVersion: index.version,
    timingsMs: {
      embed: embeddedMs,
      prepare: preparedMs,
      search: searchedMs,
      read: performance.now() - started - embeddedMs - preparedMs - searchedMs,
    },
  }
}

/** Forgets what is indexed of every development, for when notifications may have been missed. */
export const forgetIndexes = (): void => indexes.clear()

/** The lexemes of the question and an index at least as new as the development's row says, in one transaction. */
async function prepare(
  home: HomeScope,
  words: string,
  embedder: QuestionEmbedder,
): Promise<{ index: DevelopmentIndex; lexemes: string[] }> {
  const { lexemes, live } = await within(home, async (db) => {
    const [lexemes, live] = await Promise.all([lexemesOf(db, words), liveDocuments(db, home.developmentId)])
    return { lexemes, live }
  })
  const key = cacheKey(home, 'retrieval-index', home.developmentId)
  const known = indexes.get(key)
  const model = embedder?.model ?? null
  if (known && known.version === live.version && known.model === model) return { index: known, lexemes }
  // One build a development and version; a newer version does not wait for an older build to be thrown away.
  const flight = `${key}/${live.version}/${model}`
  const run =
    building.get(flight) ??
    build(home, live, known?.model === model ? known : null, embedder).finally(() => building.delete(flight))
  building.set(flight, run)
  const index = await run
  const newest = indexes.get(key)
  if (!newest || newest.version <= index.version) indexes.set(key, index)
  return { index, lexemes }
}

/** Reads only the versions that the old index does not hold; the others are shared with it. */
async function build(
  home: HomeScope,
  live: { version: number; documents: LiveDocument[] },
  old: DevelopmentIndex | null,
  embedder: QuestionEmbedder,
): Promise<DevelopmentIndex> {
  const isKept = (document: LiveDocument) =>
    old?.segments.get(document.documentId)?.versionId === document.versionId
  const missing = live.documents.filter((document) => !isKept(document)).map((document) => document.versionId)
  const rows = new Map<string, IndexRow[]>()
  for (let start = 0; start < missing.length; start += VERSIONS_A_READ) {
    const read = await within(home, (db) =>
      chunksOfVersions(db, missing.slice(start, start + VERSIONS_A_READ), embedder?.model ?? null),
    )
    for (const row of read) {
      const ofVersion = rows.get(row.versionId)
      if (ofVersion) ofVersion.push(row)
      else rows.set(row.versionId, [row])
    }
  }
  const segments = live.documents.map((document) => {
    const scope = {
      documentId: document.documentId,
      versionId: document.versionId,
      unitId: document.unitId,
      houseTypeIds: document.houseTypeIds,
      usedForAnswers: true,
    }
    const kept = isKept(document) ? (old?.segments.get(document.documentId) as Segment) : null
    return kept
      ? { ...kept, ...scope }
      : buildSegment(
          scope,
          (rows.get(document.versionId) ?? []).map(segmentChunk),
          embedder?.dimensions ?? null,
        )
  })
  return developmentIndex(live.version, embedder?.model ?? null, segments)
}

const segmentChunk = (row: IndexRow) => ({
  ...row,
  embedding: row.embedding ? decodeEmbedding(row.embedding) : null,
})
