// One document version as the index holds it: who may see it, where its chunks stand, its postings and its vectors.

import { buildPostings, type ChunkTerms, type Postings } from '#src/retrieval/lexical-index.ts'
import { buildVectors, type Vectors } from '#src/retrieval/vectors.ts'

export type SegmentScope = {
  documentId: string
  versionId: string
  /** Which reading of the version's file: a later one replaces the segment. */
  reading: number
  /** Set: only this home sees the document. */
  unitId: string | null
  /** Empty: every house type of the development sees it. */
  houseTypeIds: readonly string[]
  usedForAnswers: boolean
}

export type SegmentChunk = ChunkTerms & {
  chunkId: string
  page: number
  printedPage: string | null
  heading: string | null
  embedding: Float32Array | null
}

export type Segment = SegmentScope & {
  places: readonly { chunkId: string; page: number; printedPage: string | null; heading: string | null }[]
  postings: Postings
  /** `null` when the document has no embeddings of the index's model. */
  vectors: Vectors | null
  sizeBytes: number
}

/**
 * What a term and a place cost the process beside the arrays: entry, list of words, and what building them leaves behind.
 * By the resident size of 20,000 passages with 262,000 terms in 200 documents; used for the cache's cap only.
 */
const TERM_BYTES = 200
const PLACE_BYTES = 200

/** `dimensions` of the index's embedding model; `null` when there is none. */
export function buildSegment(
  scope: SegmentScope,
  chunks: readonly SegmentChunk[],
  dimensions: number | null,
): Segment {
  const postings = buildPostings(chunks)
  const isEmbedded = dimensions !== null && chunks.some(({ embedding }) => embedding !== null)
  const vectors = isEmbedded
    ? buildVectors(
        chunks.map(({ embedding }) => embedding),
        dimensions,
      )
    : null
  const places = chunks.map(({ chunkId, page, printedPage, heading }) => ({
    chunkId,
    page,
    printedPage,
    heading,
  }))
  return {
    documentId: scope.documentId,
    versionId: scope.versionId,
    reading: scope.reading,
    unitId: scope.unitId,
    houseTypeIds: [...scope.houseTypeIds],
    usedForAnswers: scope.usedForAnswers,
    places,
    postings,
    vectors,
    sizeBytes:
      postings.starts.byteLength +
      postings.chunks.byteLength +
      postings.counts.byteLength +
      postings.lengths.byteLength +
      postings.words.letters.byteLength +
      postings.words.beginnings.byteLength +
      postings.termIds.size * TERM_BYTES +
      places.length * PLACE_BYTES +
      (vectors ? vectors.bytes.byteLength + vectors.scales.byteLength : 0),
  }
}

/** The home's own side of the rule that the database's predicate states for lists and downloads; fails closed. */
export function isForHome(segment: SegmentScope, home: { houseTypeId: string; unitId: string }): boolean {
  if (!segment.usedForAnswers) return false
  if (segment.unitId !== null && segment.unitId !== home.unitId) return false
  return segment.houseTypeIds.length === 0 || segment.houseTypeIds.includes(home.houseTypeId)
}
