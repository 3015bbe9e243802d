// What a passage of a page says, put together and read once for every question that it may answer.
import { standsIn } from '#src/answers/cite.ts'
import { countStems, type PageReading, type ReadBlock } from '#src/answers/page-reading.ts'
import type { RetrievedChunk } from '#src/answers/question.ts'
import { contentStems } from '#src/answers/wording.ts'
import { countedCache } from '#src/counted-cache.ts'

/** Memory that the passages read may take together: some five thousand. */
const PASSAGES_BYTES_MAX = 12_000_000
/** As long as their pages are kept. */
const PASSAGES_KEPT_MS = 15 * 60_000
const PASSAGE_BYTES = 400
const CHARACTER_BYTES = 2
const WORD_BYTES = 8
/** A word and its number in a map. */
const COUNT_BYTES = 32

/** Blocks that follow each other, as they are quoted; the words only of one that stands on its page like that. */
export type PassageReading = {
  text: string
  heading: string
  isVerbatim: boolean
  /** Of the text and its heading, and of both with the document's title. */
  stems: readonly string[]
  shownStems: readonly string[]
  /** How often each stem is in the text, and in the headings and the title over it. */
  counts: ReadonlyMap<string, number>
  aroundCounts: ReadonlyMap<string, number>
}

type Read = { of: PageReading; passage: PassageReading }

const passages = countedCache<string, Read>('passages read for answers', {
  maxSize: PASSAGES_BYTES_MAX,
  ttl: PASSAGES_KEPT_MS,
  sizeCalculation: ({ passage }) => sizeOf(passage),
})

export const forgetPassagesRead = (): void => passages.clear()

/** Blocks `from` to `to` of the chunk's page, under the heading of block `at`; given again only for the same reading. */
export function readPassage(
  chunk: RetrievedChunk,
  of: PageReading,
  { from, to, at }: { from: number; to: number; at: number },
): PassageReading {
  const key = `${chunk.chunkId} ${from} ${to} ${at}`
  const known = passages.get(key)
  if (known?.of === of) return known.passage
  const passage = read(chunk, of, textOf(of.blocks.slice(from, to + 1)), of.blocks[at]!.heading)
  passages.set(key, { of, passage })
  return passage
}

function read(
  chunk: RetrievedChunk,
  { squashed }: PageReading,
  text: string,
  heading: string,
): PassageReading {
  if (!standsIn(text, squashed)) {
    const none = { stems: [], shownStems: [], counts: new Map(), aroundCounts: new Map() }
    return { text, heading, isVerbatim: false, ...none }
  }
  return {
    text,
    heading,
    isVerbatim: true,
    stems: contentStems(`${text} ${heading}`),
    shownStems: contentStems(`${text} ${heading} ${chunk.documentTitle}`),
    counts: countStems(text),
    aroundCounts: countStems(`${chunk.heading ?? ''} ${heading} ${chunk.documentTitle}`),
  }
}

export function textOf(blocks: readonly ReadBlock[]): string {
  return blocks
    .map((block, index) => {
      const before = blocks[index - 1]
      if (before === undefined) return block.text
      return `${before.paragraph === block.paragraph ? ' ' : '\n'}${block.text}`
    })
    .join('')
}

const sizeOf = ({ text, heading, stems, shownStems, counts, aroundCounts }: PassageReading): number =>
  PASSAGE_BYTES +
  CHARACTER_BYTES * (text.length + heading.length) +
  WORD_BYTES * (stems.length + shownStems.length) +
  COUNT_BYTES * (counts.size + aroundCounts.size)
