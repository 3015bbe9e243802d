// The text of a page as blocks, with the quoted words marked wherever they stand.
import type { PageBlock, PageSegment } from '#views/purchaser/document.tsx'

/** The text of a page: one line a block, and which lines are headings. */
export type PageText = { content: string; headingLines: readonly number[] }

/** A quote may run over line ends and differ in white space; letters decide. */
export function pageBlocks(page: PageText, quote: string | null): PageBlock[] {
  const lines = page.content.split('\n')
  const range = quote ? findLoosely(page.content, quote) : null
  const headings = new Set(page.headingLines)
  let at = 0
  return lines.flatMap((line, i) => {
    const start = at
    at += line.length + 1
    if (line.trim() === '') return []
    const kind = headings.has(i) ? ('heading' as const) : ('paragraph' as const)
    return [
      { kind, segments: cut(line, range ? { start: range.start - start, end: range.end - start } : null) },
    ]
  })
}

function cut(line: string, range: { start: number; end: number } | null): PageSegment[] {
  const start = Math.max(0, range?.start ?? line.length)
  const end = Math.min(line.length, range?.end ?? 0)
  if (!range || start >= end) return [{ text: line, marked: false }]
  return [
    { text: line.slice(0, start), marked: false },
    { text: line.slice(start, end), marked: true },
    { text: line.slice(end), marked: false },
  ].filter((segment) => segment.text !== '')
}

/** Where `words` stand in `text`, comparing letters and digits only. */
function findLoosely(text: string, words: string): { start: number; end: number } | null {
  const [letters, places] = lettersOf(text)
  const [wanted] = lettersOf(words)
  const found = wanted.length === 0 ? -1 : letters.indexOf(wanted)
  if (found < 0) return null
  return { start: places[found] as number, end: (places[found + wanted.length - 1] as number) + 1 }
}

function lettersOf(text: string): [string, number[]] {
  let letters = ''
  const places: number[] = []
  for (const match of text.toLowerCase().matchAll(/[\p{L}\p{N}]/gu)) {
    // One place for each code unit, so that indexes into `letters` are indexes into `places`.
    for (let unit = 0; unit < match[0].length; unit++) places.push(match.index + unit)
    letters += match[0]
  }
  return [letters, places]
}
