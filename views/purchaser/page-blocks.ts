// Splits the text of a document's page into paragraphs and marks the quoted words in them.
import type { PageBlock, PageSegment } from '#views/purchaser/document.tsx'

/** Longer quotes are looked for by their beginning; the rest of them is on the same page anyway. */
const QUOTE_WORDS_MAX = 60

/** The quote is found across line breaks and in any case, because extraction and answers space text differently. */
export function pageBlocks(text: string, quote: string | null): PageBlock[] {
  const marked = quote === null ? null : rangeOf(text, quote)
  const blocks: PageBlock[] = []
  let position = 0
  // One linear pass: a page may be made of nothing but white space, on which a lazier pattern would hang.
  for (const part of text.split(/(\n[^\S\n]*\n)/)) {
    const start = position + part.length - part.trimStart().length
    const end = position + part.trimEnd().length
    if (start < end) blocks.push({ kind: 'paragraph', segments: segmentsOf(text, start, end, marked) })
    position += part.length
  }
  return blocks
}

type Range = { start: number; end: number }

function rangeOf(text: string, quote: string): Range | null {
  const words = quote.split(/\s+/).filter(Boolean).slice(0, QUOTE_WORDS_MAX)
  if (words.length === 0) return null
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+')
  const match = new RegExp(pattern, 'iu').exec(text)
  return match && { start: match.index, end: match.index + match[0].length }
}

function segmentsOf(text: string, start: number, end: number, marked: Range | null): PageSegment[] {
  const from = Math.max(start, Math.min(end, marked?.start ?? end))
  const to = Math.max(from, Math.min(end, marked?.end ?? from))
  return [
    { text: text.slice(start, from), marked: false },
    { text: text.slice(from, to), marked: true },
    { text: text.slice(to, end), marked: false },
  ].filter((segment) => segment.text !== '')
}
