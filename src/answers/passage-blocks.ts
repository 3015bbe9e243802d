// Reads a chunk as the blocks of its page: headings, sentences, list items and table rows, each under its heading.
import type { RetrievedChunk } from '#src/answers/question.ts'
import { sentencesOf } from '#src/answers/wording.ts'
import { CELL_SEPARATOR } from '#src/documents/table-rows.ts'

const HEADING_CHARACTERS_MAX = 60
const ITEM = /^(?:[•●▪■–*-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s/
const NUMBERED = /^\(?\d{1,2}[.)]\s/

export type BlockKind = 'sentence' | 'item' | 'step' | 'row' | 'head'
/** `paragraph` counts the blocks of the chunk: sentences of one paragraph share it. */
export type Block = { kind: BlockKind; text: string; heading: string; paragraph: number }

/** Headings are not blocks of their own unless the chunk holds nothing else. */
export function blocksOf(chunk: RetrievedChunk): Block[] {
  const lines = paragraphsOf(chunk.content)
  const blocks: Block[] = []
  let heading = chunk.heading ?? ''
  lines.forEach((line, paragraph) => {
    if (isFooter(line, chunk.documentTitle)) return
    const kind = kindOf(lines, paragraph)
    // A table's first row looks like a heading too, so the section's own heading stays beside it.
    if (kind === 'sentence' && (line === chunk.heading || isHeadingLike(line)))
      heading = line === chunk.heading ? line : `${chunk.heading ?? ''} ${line}`.trim()
    else if (kind === 'sentence')
      blocks.push(...sentencesOf(line).map((text) => ({ kind, text, heading, paragraph })))
    else if (!isOfContents(heading, line)) blocks.push({ kind, text: line, heading, paragraph })
  })
  if (blocks.length > 0) return blocks
  return sentencesOf(chunk.content).map((text) => ({ kind: 'sentence', text, heading: '', paragraph: 0 }))
}

/** Lines of a chunk are its paragraphs; a long line that runs on in lower case was wrapped. */
function paragraphsOf(content: string): string[] {
  const paragraphs: string[] = []
  for (const line of content.split(/\r?\n/).map((each) => each.trim())) {
    const above = paragraphs.at(-1)
    if (line === '') continue
    if (above && isWrapped(above, line)) paragraphs[paragraphs.length - 1] = `${above} ${line}`
    else paragraphs.push(line)
  }
  return paragraphs
}

const isWrapped = (above: string, line: string): boolean =>
  /^\p{Ll}/u.test(line) && !/[.!?:;]$/.test(above) && !above.includes(CELL_SEPARATOR) && !ITEM.test(line)

function kindOf(lines: readonly string[], index: number): BlockKind {
  const line = lines[index]!
  if (line.includes(CELL_SEPARATOR)) return isTableHead(lines, index) ? 'head' : 'row'
  if (NUMBERED.test(line)) return 'step'
  return ITEM.test(line) ? 'item' : 'sentence'
}

/** The first row under other text, without a figure, names the columns; a chunk may also begin amid a table. */
function isTableHead(lines: readonly string[], index: number): boolean {
  if (index === 0 || lines[index - 1]!.includes(CELL_SEPARATOR)) return false
  if (!lines[index + 1]?.includes(CELL_SEPARATOR)) return false
  return cellsOf(lines[index]!).every((cell) => cell.split(' ').length <= 4)
}

/** Where a chapter begins is no answer to a question about its subject. */
const isOfContents = (heading: string, row: string): boolean =>
  /^(?:table of )?contents\b/i.test(heading) && /^\d{1,3}$/.test(cellsOf(row).at(-1) ?? '')

export const cellsOf = (row: string): string[] => row.split(CELL_SEPARATOR).map((cell) => cell.trim())

const isFooter = (text: string, title: string): boolean => /[·|]/.test(text) && text.includes(title)

const isHeadingLike = (text: string): boolean =>
  text.length <= HEADING_CHARACTERS_MAX && /^\p{Lu}/u.test(text) && !/[.:!?;,\d]/.test(text)
