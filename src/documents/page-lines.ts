// Turns positioned text items of one PDF page into blocks: paragraphs, headings and table rows in reading order.

import { cleanText } from '#src/documents/clean-text.ts'
import { type Run, readingGroups } from '#src/documents/page-columns.ts'
import {
  CELL_SEPARATOR,
  cutAtColumns,
  type Line,
  tableRows,
  withMarksJoined,
} from '#src/documents/table-rows.ts'

/** A text item as the PDF reader gives it, already in page space (origin top left). */
export type PlacedItem = {
  text: string
  x: number
  baseline: number
  width: number
  size: number
  rightToLeft: boolean
  upright: boolean
}

/** `top` is the block's place on the page, 0 at the top and 1 at the bottom; `size` is its letters' height in points. */
export type PageBlock = { text: string; size: number; top: number; isRow: boolean }

/** Fractions of the letter height: what still is one line, one word, one run, one paragraph. */
const BASELINE_DRIFT_MAX = 0.35
const WORD_GAP_MIN = 0.15
const SEAM_GAP_MIN = 0.5
const RUN_GAP_MAX = 1.0
const PARAGRAPH_LEADING_MAX = 1.75
/** White space that no paragraph bridges. */
const BAND_GAP_MIN = 2.6
const SIZE_DRIFT_MAX = 0.12
/** A paragraph longer than this is cut, so that a page without structure still gives blocks of a readable length. */
const PARAGRAPH_CHARACTERS_MAX = 2_000
const LIST_MARKER =
  /^(?:[•●○▪■□◆►▶–—*·-]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s|(?:note|warning|caution|danger)\b)/i
const SENTENCE_END = /[.!?:;]["')\]]?$/

/** Text nobody can see is no text of the page: letters under two points that are also under 1/300 of its height. */
const INVISIBLE_POINTS_MAX = 2
const INVISIBLE_PAGE_SHARE_MAX = 1 / 300

export function pageBlocks(items: PlacedItem[], pageHeight: number): PageBlock[] {
  const tiny = Math.min(INVISIBLE_POINTS_MAX, pageHeight * INVISIBLE_PAGE_SHARE_MAX)
  const visible = items.filter((item) => item.text.trim() === '' || item.size >= tiny)
  const upright = visible.filter((item) => item.upright)
  const groups = readingGroups(runsOf(upright))
  const blocks = bandsJoined(groups.map(linesOf)).flatMap((lines) => blocksOf(lines, pageHeight))
  // Rotated words (drawings, table heads) have no place in the lines: they follow in the order they were written.
  const rotated = cleanText(
    visible
      .filter((item) => !item.upright)
      .map((item) => item.text)
      .join(' '),
  )
  if (rotated !== '') blocks.push({ text: rotated, size: 0, top: 0.5, isRow: true })
  return blocks
}

/** Joins neighbours in the order of writing; a wide gap, a step back or another baseline starts a new run. */
function runsOf(items: PlacedItem[]): Run[] {
  const runs: Run[] = []
  let current: Run | null = null
  for (const item of items) {
    if (item.text.trim() === '') {
      if (current && item.text !== '' && !current.text.endsWith(' ') && isSameBaseline(current, item))
        current.text += ' '
      continue
    }
    const gap: number = current ? item.x - (current.x + current.width) : 0
    const backwards: number = current ? current.x - (item.x + item.width) : 0
    if (
      current &&
      isSameBaseline(current, item) &&
      !item.rightToLeft &&
      !current.rightToLeft &&
      gap < RUN_GAP_MAX * item.size &&
      gap > -0.5 * item.size
    ) {
      if (gap > WORD_GAP_MIN * item.size && !current.text.endsWith(' ')) current.text += ' '
      if (gap > SEAM_GAP_MIN * item.size)
        current.seams.push({ at: current.text.length, from: current.x + current.width, to: item.x })
      current.text += item.text
      current.width = Math.max(current.width, item.x + item.width - current.x)
      current.size = Math.max(current.size, item.size)
    } else if (
      current &&
      item.rightToLeft &&
      isSameBaseline(current, item) &&
      backwards < RUN_GAP_MAX * item.size &&
      backwards > -0.5 * item.size
    ) {
      current.text += `${backwards > WORD_GAP_MIN * item.size ? ' ' : ''}${item.text}`
      current.width += current.x - item.x
      current.x = item.x
      current.rightToLeft = true
    } else {
      current = {
        text: item.text,
        x: item.x,
        width: item.width,
        baseline: item.baseline,
        size: item.size,
        rightToLeft: item.rightToLeft,
        seams: [],
      }
      runs.push(current)
    }
  }
  return runs
}

function isSameBaseline(
  a: { baseline: number; size: number },
  b: { baseline: number; size: number },
): boolean {
  // Blanks have no height of their own.
  return Math.abs(a.baseline - b.baseline) <= BASELINE_DRIFT_MAX * Math.max(a.size, b.size)
}

/** Runs of one column, top to bottom; runs on one baseline become one line in reading direction. */
function linesOf(runs: Run[]): Line[] {
  const sorted = runs.toSorted((a, b) => a.baseline - b.baseline || a.x - b.x)
  const lines: Line[] = []
  for (const run of sorted) {
    const line = lines.at(-1)
    if (line && isSameBaseline(line, run)) {
      line.runs.push(run)
      line.size = Math.max(line.size, run.size)
    } else lines.push({ runs: [run], baseline: run.baseline, size: run.size })
  }
  for (const line of lines) {
    const rightToLeft = line.runs.filter((run) => run.rightToLeft).length * 2 > line.runs.length
    line.runs.sort((a, b) => (rightToLeft ? b.x - a.x : a.x - b.x))
  }
  return lines
}

/** Bands that follow each other down the page are one sequence again: generous tables have bands for rows. */
function bandsJoined(bands: Line[][]): Line[][] {
  const joined: Line[][] = []
  for (const band of bands) {
    const last = joined.at(-1)?.at(-1)
    const first = band[0]
    const gap = last && first ? first.baseline - last.baseline : 0
    if (last && first && gap > BAND_GAP_MIN * first.size) joined.at(-1)!.push(...band)
    else joined.push([...band])
  }
  return joined
}

function blocksOf(lines: Line[], pageHeight: number): PageBlock[] {
  const blocks: PageBlock[] = []
  let previous: Line | null = null
  let previousText = ''
  for (const { lines: rowLines, cells } of tableRows(cutAtColumns(lines).map(withMarksJoined))) {
    const line = rowLines[0]!
    const text = (cells ?? [line.runs]).map(cellText).filter(Boolean).join(CELL_SEPARATOR)
    if (text === '') continue
    const block = blocks.at(-1)
    if (block && previous && continuesParagraph(block, previous, previousText, line, text))
      block.text = joinLines(block.text, text)
    else
      blocks.push({
        text,
        size: Math.max(...rowLines.map(({ size }) => size)),
        top: pageHeight > 0 ? line.baseline / pageHeight : 0,
        isRow: text.includes(CELL_SEPARATOR),
      })
    previous = line
    previousText = text
  }
  return blocks
}

function cellText(runs: Run[]): string {
  return runs
    .map((run) => cleanText(run.text))
    .filter((text) => text !== '')
    .reduce((head, tail) => (head === '' ? tail : joinLines(head, tail)), '')
}

function continuesParagraph(
  block: PageBlock,
  previous: Line,
  previousText: string,
  line: Line,
  text: string,
): boolean {
  if (block.isRow || text.includes(CELL_SEPARATOR)) return false
  if (block.text.length + text.length > PARAGRAPH_CHARACTERS_MAX) return false
  if (Math.abs(line.size - block.size) > SIZE_DRIFT_MAX * block.size) return false
  if (line.baseline - previous.baseline > PARAGRAPH_LEADING_MAX * line.size) return false
  if (LIST_MARKER.test(text)) return false
  const previousRun = previous.runs[0]!
  const run = line.runs[0]!
  // A short line that ends a sentence ends its paragraph; a short line before a capital is a caption or a heading.
  const isShort = previousRun.x + previousRun.width < run.x + run.width - 4 * line.size
  if (isShort && (SENTENCE_END.test(previousText) || /^[\p{Lu}\d]/u.test(text))) return false
  return previousRun.x < run.x + run.width && run.x < previousRun.x + previousRun.width
}

function joinLines(head: string, tail: string): string {
  if (/\p{Ll}-$/u.test(head) && /^\p{Ll}/u.test(tail)) return head.slice(0, -1) + tail
  return `${head} ${tail}`
}
