// Turns the plain text of an answer into paragraphs, quotes and lists; the text itself stays plain.
import { type Block, type CitationView, pageLabel } from '#views/purchaser/message.tsx'

const LIST_ITEM = /^\s*(?:[-*•–]|\d{1,2}[.)])\s+(.+)$/
/** A whole line in quotation marks, or the first one of several. */
const QUOTE_START = /^\s*“[^”]*(?:”\s*(?:\[\d{1,2}\])?\s*)?$/
const QUOTE_END = /”\s*(?:\[\d{1,2}\])?\s*$/

/**
 * Blank lines end a paragraph, lines that begin with a bullet or a number make a list, a line in quotation marks is a
 * quote and keeps its own line breaks, other line breaks are spaces.
 */
export function answerBlocks(text: string): Block[] {
  const blocks: Block[] = []
  let open: Block | null = null
  const start = (block: Block) => {
    blocks.push(block)
    open = block
  }
  for (const line of text.split(/\r\n|\r|\n/)) {
    const current = open as Block | null
    const item = LIST_ITEM.exec(line)?.[1]?.trim()
    if (current?.kind === 'quote' && !QUOTE_END.test(current.text)) current.text += `\n${line.trim()}`
    else if (item !== undefined && current?.kind === 'list') current.items.push(item)
    else if (item !== undefined) start({ kind: 'list', items: [item] })
    else if (line.trim() === '') open = null
    else if (QUOTE_START.test(line)) start({ kind: 'quote', text: line.trim() })
    else if (current?.kind === 'paragraph') current.text += ` ${line.trim()}`
    else start({ kind: 'paragraph', text: line.trim() })
  }
  return blocks
}

/** Without a list that only names further sources, and the line that introduces it: they stand under the answer. */
export function withoutSourceList(blocks: Block[], citations: CitationView[]): Block[] {
  const names = new Set(
    citations.map((citation) => `${citation.title}, p. ${pageLabel(citation)} [${citation.index}]`),
  )
  const namesSources = (block: Block | undefined) =>
    block?.kind === 'list' && block.items.every((item) => names.has(item))
  return blocks.filter((block, i) => {
    const introduces = block.kind === 'paragraph' && block.text.endsWith(':')
    return !namesSources(block) && !(introduces && namesSources(blocks[i + 1]))
  })
}
