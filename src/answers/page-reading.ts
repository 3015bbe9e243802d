// What the page of a retrieved chunk says, read once for every question that meets it: its blocks and their words.
import { squash, standsIn } from '#src/answers/cite.ts'
import { type Block, blocksOf, cellsOf } from '#src/answers/passage-blocks.ts'
import type { RetrievedChunk } from '#src/answers/question.ts'
import { contentStems, stem, wordsOf } from '#src/answers/wording.ts'
import { countedCache } from '#src/counted-cache.ts'

/** Memory that the pages read may take together: some hundred pages, which is what a development is asked about. */
const READINGS_BYTES_MAX = 24_000_000
/** Bounds how long the words of a document that was taken away stay in memory. */
const READINGS_KEPT_MS = 15 * 60_000
/** A word's place in its list, and what a block takes beside its words and its text. */
const WORD_BYTES = 8
const BLOCK_BYTES = 250
/** An entry of a map with two lists. */
const STEM_BYTES = 150
const CHARACTER_BYTES = 2

/** A block with the stems of its words, of its heading's and, in a row, of the cell that names it. */
export type ReadBlock = Block & {
  stems: readonly string[]
  headingStems: readonly string[]
  nameStems: readonly string[]
  /** Whether it stands in the chunk that was retrieved, and not elsewhere on its page. */
  isInChunk: boolean
  isVerbatim: boolean
}

export type PageReading = {
  blocks: readonly ReadBlock[]
  /** The page's text for `standsIn`. */
  squashed: string
  titleStems: readonly string[]
  /** Of each stem the blocks that hold it, and those that hold it with their heading; by their places, in order. */
  blocksWith: ReadonlyMap<string, { own: readonly number[]; headed: readonly number[] }>
  /** What the chunk is about, and how often each stem is in it, words without a topic included. */
  chunkStems: ReadonlySet<string>
  /** As they are written, the title's before the chunk's, each once. */
  chunkWords: readonly string[]
  chunkCounts: ReadonlyMap<string, number>
  /** The chunk begins with its heading: a later chunk of a long section does not. */
  beginsSection: boolean
  isCover: boolean
}

type Read = { of: RetrievedChunk; reading: PageReading }

const readings = countedCache<string, Read>('pages read for answers', {
  maxSize: READINGS_BYTES_MAX,
  ttl: READINGS_KEPT_MS,
  sizeCalculation: ({ of, reading }) => sizeOf(of, reading),
})

/** One question asks for the reading of the same chunk many times, and comparing its words costs more than judging them. */
let readingOf = new WeakMap<RetrievedChunk, PageReading>()

export function forgetPagesRead(): void {
  readings.clear()
  readingOf = new WeakMap()
}

/** The reading depends on nothing but the chunk's own words, and is only given again for the very same ones. */
export function readPage(chunk: RetrievedChunk): PageReading {
  const mine = readingOf.get(chunk)
  if (mine !== undefined) return mine
  const known = readings.get(chunk.chunkId)
  const isKnown = known !== undefined && saysTheSame(known.of, chunk)
  const reading = isKnown ? known.reading : read(chunk)
  readingOf.set(chunk, reading)
  if (!isKnown) readings.set(chunk.chunkId, { of: chunk, reading })
  return reading
}

const saysTheSame = (one: RetrievedChunk, other: RetrievedChunk): boolean =>
  one.page === other.page &&
  one.documentTitle === other.documentTitle &&
  one.heading === other.heading &&
  one.content === other.content &&
  one.pageText === other.pageText

function read(chunk: RetrievedChunk): PageReading {
  const { content, heading, documentTitle } = chunk
  const page = chunk.pageText === '' ? content : chunk.pageText
  const squashed = squash(page)
  const beginsPage = page.startsWith(content)
  // A page is cited once and retrieved by its best chunk, so the answer may stand beside that chunk.
  const blocks = blocksOf({ ...chunk, content: page, heading: beginsPage ? heading : null }).map((block) => ({
    ...block,
    stems: contentStems(block.text),
    headingStems: contentStems(block.heading),
    nameStems: block.kind === 'row' ? contentStems(cellsOf(block.text)[0] ?? '') : [],
    isInChunk: content.includes(block.text),
    isVerbatim: standsIn(block.text, squashed),
  }))
  return {
    blocks,
    squashed,
    titleStems: contentStems(documentTitle),
    blocksWith: blocksByStem(blocks),
    chunkStems: new Set(contentStems(content)),
    chunkWords: [...new Set(wordsOf(`${documentTitle} ${content}`))],
    chunkCounts: countStems(content),
    beginsSection: beginsPage && heading !== null && content.startsWith(heading),
    isCover: chunk.page === 1 && page.split('\n').includes(documentTitle),
  }
}

function blocksByStem(blocks: readonly ReadBlock[]): PageReading['blocksWith'] {
  const found = new Map<string, { own: number[]; headed: number[] }>()
  blocks.forEach(({ stems, headingStems }, at) => {
    for (const stemmed of new Set([...stems, ...headingStems])) {
      const places = found.get(stemmed) ?? { own: [], headed: [] }
      found.set(stemmed, places)
      if (stems.includes(stemmed)) places.own.push(at)
      places.headed.push(at)
    }
  })
  return found
}

export function countStems(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of wordsOf(text)) {
    const stemmed = stem(word)
    counts.set(stemmed, (counts.get(stemmed) ?? 0) + 1)
  }
  return counts
}

function sizeOf({ content, pageText }: RetrievedChunk, { blocks, ...reading }: PageReading): number {
  const characters = content.length + pageText.length + reading.squashed.length
  const ofChunk =
    reading.titleStems.length +
    4 * reading.chunkStems.size +
    4 * reading.chunkCounts.size +
    4 * reading.chunkWords.length
  const ofStems = STEM_BYTES * reading.blocksWith.size
  return blocks.reduce(
    (sum, block) =>
      sum +
      BLOCK_BYTES +
      CHARACTER_BYTES * block.text.length +
      // Twice: among the blocks of each stem as well.
      WORD_BYTES * (2 * block.stems.length + 2 * block.headingStems.length + block.nameStems.length),
    CHARACTER_BYTES * characters + WORD_BYTES * ofChunk + ofStems,
  )
}
