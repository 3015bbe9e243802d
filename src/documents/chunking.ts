// Cuts the pages of a document into chunks: the pieces that are searched, shown and cited.

import { type ExtractedPage, ExtractionFailure } from '#src/documents/extraction.ts'
import { CELL_SEPARATOR } from '#src/documents/table-rows.ts'

/** `heading` is the one in force where the chunk begins; `page` is the PDF's own, 1-based. */
export type Chunk = {
  ordinal: number
  page: number
  printedPage: string | null
  heading: string | null
  content: string
}

/** Measured on real manuals: 800–1,200 characters find the page most often. */
const CHARACTERS_TARGET = 800
const CHARACTERS_MAX = 1_200
/** A heading starts a new chunk only once the one before is worth reading alone. */
const CHARACTERS_BEFORE_HEADING_MIN = 350
/** A rest of a page shorter than this joins the chunk before it, if there is room. */
const CHARACTERS_MIN = 200
/** 20 MB of text at the smallest usual size; beyond it the rest is not worth what it costs every question. */
const CHUNKS_PER_DOCUMENT_MAX = 20_000

type Piece = { text: string; heading: boolean; joiner: string }
type Open = { pieces: Piece[]; length: number; heading: string | null }

/**
 * Whole sentences and whole rows, never across a page; headings stay inline. Throws `ExtractionFailure('too_complex')`
 * beyond `CHUNKS_PER_DOCUMENT_MAX`: a document that lost its end must not look complete.
 */
export function chunkPages(pages: ExtractedPage[]): Chunk[] {
  const chunks: Chunk[] = []
  let heading: string | null = null
  for (const { page, printedPage, blocks } of pages) {
    const pageChunks: Open[] = []
    let open: Open = { pieces: [], length: 0, heading }
    const close = () => {
      if (open.length > 0) pageChunks.push(open)
      open = { pieces: [], length: 0, heading }
    }
    for (const piece of blocks.flatMap(piecesOf)) {
      if (mustCloseBefore(open, piece)) close()
      if (piece.heading) heading = piece.text
      if (open.length === 0) open.heading = heading
      add(open, piece)
    }
    close()
    for (const { pieces, heading } of withRestJoined(pageChunks)) {
      if (chunks.length >= CHUNKS_PER_DOCUMENT_MAX) throw new ExtractionFailure('too_complex')
      chunks.push({ ordinal: chunks.length, page, printedPage, heading, content: contentOf(pieces) })
    }
  }
  return chunks
}

function mustCloseBefore(open: Open, piece: Piece): boolean {
  if (open.length === 0) return false
  if (open.length + piece.text.length + 1 > CHARACTERS_MAX) return true
  if (piece.heading) return open.length >= CHARACTERS_BEFORE_HEADING_MIN
  return open.length >= CHARACTERS_TARGET && piece.joiner === '\n'
}

function add(open: Open, piece: Piece): void {
  open.pieces.push(piece)
  open.length += piece.text.length + 1
}

/** A heading left alone at the end of a page, or a short rest, belongs to what stands before it. */
function withRestJoined(chunks: Open[]): Open[] {
  const last = chunks.at(-1)
  const before = chunks.at(-2)
  if (!last || !before || last.length >= CHARACTERS_MIN || before.length + last.length > CHARACTERS_MAX)
    return chunks
  const joined = {
    ...before,
    pieces: [...before.pieces, ...last.pieces],
    length: before.length + last.length,
  }
  return [...chunks.slice(0, -2), joined]
}

function contentOf(pieces: Piece[]): string {
  return pieces.map(({ text, joiner }, index) => (index === 0 ? text : joiner + text)).join('')
}

/** A block that fits stays whole; a longer one gives its sentences, a longer sentence its words. */
function piecesOf(block: ExtractedPage['blocks'][number]): Piece[] {
  const isWhole =
    block.heading || block.text.length < CHARACTERS_TARGET / 2 || block.text.includes(CELL_SEPARATOR)
  if (block.text.length <= CHARACTERS_MAX && isWhole) {
    return [{ text: block.text, heading: block.heading, joiner: '\n' }]
  }
  return sentencesOf(block.text)
    .flatMap(shortEnough)
    .map((text, index) => ({ text, heading: false, joiner: index === 0 ? '\n' : ' ' }))
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

function sentencesOf(text: string): string[] {
  return Array.from(sentences.segment(text), ({ segment }) => segment.trim()).filter(
    (sentence) => sentence !== '',
  )
}

function shortEnough(sentence: string): string[] {
  const parts: string[] = []
  let rest = sentence
  while (rest.length > CHARACTERS_MAX) {
    const space = rest.lastIndexOf(' ', CHARACTERS_MAX)
    let end = space > CHARACTERS_TARGET / 2 ? space : CHARACTERS_MAX
    // Never between the halves of a surrogate pair.
    if (/[\uD800-\uDBFF]/.test(rest[end - 1] ?? '')) end -= 1
    parts.push(rest.slice(0, end).trim())
    rest = rest.slice(end).trim()
  }
  return rest === '' ? parts : [...parts, rest]
}
