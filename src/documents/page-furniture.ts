// Finds what repeats at the edges of pages: running heads, which are dropped, and printed page numbers, which are kept.

import type { PageBlock } from '#src/documents/page-lines.ts'

/** Blocks in this share of the page's height at either end can be running heads or page numbers. */
const EDGE_SHARE = 0.1
const EDGE_BLOCK_CHARACTERS_MAX = 160
/** A line is furniture when it stands at the edge of this share of the pages, and of at least this many. */
const REPEATED_SHARE_MIN = 0.4
const REPEATED_PAGES_MIN = 4
/** Numbers count as page numbers when one offset to the PDF's own count explains this share of the pages. */
const NUMBERED_SHARE_MIN = 0.4
const NUMBERED_PAGES_MIN = 3
const PRINTED_NUMBER =
  /^(?:.*\b(?:page|seite|p\.)\s*)?[-–—|]?\s*(\d{1,4})\s*(?:[-–—|]|(?:\/|of)\s*\d{1,4})?$|^(\d{1,4})\s+\D.*$|^.*\D\s(\d{1,4})$/i

export type NumberedPage = { page: number; blocks: PageBlock[] }

/** `printed[i]` belongs to `pages[i]`; `null` where no consistent number is printed. */
export function printedPageNumbers(pages: NumberedPage[]): (string | null)[] {
  const votes = new Map<number, number[]>()
  for (const { page, blocks } of pages) {
    const offsets = new Set(
      blocks
        .filter(isAtEdge)
        .flatMap((block) => numbersOf(block.text))
        .map((number) => number - page),
    )
    for (const offset of offsets) votes.set(offset, [...(votes.get(offset) ?? []), page])
  }
  const [offset, supporters] = [...votes].toSorted((a, b) => b[1].length - a[1].length)[0] ?? [0, []]
  const enough = Math.max(NUMBERED_PAGES_MIN, pages.length * NUMBERED_SHARE_MIN)
  if (supporters.length < enough) return pages.map(() => null)
  const first = supporters[0]!
  return pages.map(({ page }) => (page >= first && page + offset > 0 ? String(page + offset) : null))
}

/** The same pages without the lines that repeat at their edges; digits are ignored when lines are compared. */
export function withoutFurniture(pages: NumberedPage[]): NumberedPage[] {
  const pagesOfLine = new Map<string, number>()
  for (const { blocks } of pages) {
    for (const line of new Set(blocks.filter(isAtEdge).map((block) => furnitureKey(block.text)))) {
      pagesOfLine.set(line, (pagesOfLine.get(line) ?? 0) + 1)
    }
  }
  const enough = Math.max(REPEATED_PAGES_MIN, pages.length * REPEATED_SHARE_MIN)
  const isFurniture = (block: PageBlock) =>
    isAtEdge(block) && (pagesOfLine.get(furnitureKey(block.text)) ?? 0) >= enough
  return pages.map(({ page, blocks }) => ({ page, blocks: blocks.filter((block) => !isFurniture(block)) }))
}

function isAtEdge(block: PageBlock): boolean {
  const isOuter = block.top <= EDGE_SHARE || block.top >= 1 - EDGE_SHARE
  return isOuter && block.size > 0 && block.text.length <= EDGE_BLOCK_CHARACTERS_MAX
}

function numbersOf(text: string): number[] {
  const match = PRINTED_NUMBER.exec(text)
  const digits = match?.[1] ?? match?.[2] ?? match?.[3]
  return digits === undefined ? [] : [Number(digits)]
}

function furnitureKey(text: string): string {
  return text.toLowerCase().replace(/\d+/g, '#')
}
