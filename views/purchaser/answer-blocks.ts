// Turns the plain text of an answer into paragraphs and lists; the text itself stays plain.
import type { Block } from '#views/purchaser/message.tsx'

const LIST_ITEM = /^\s*(?:[-*•–]|\d{1,2}[.)])\s+(.+)$/

/** Blank lines end a paragraph, lines that begin with a bullet or a number make a list, other line breaks are spaces. */
export function answerBlocks(text: string): Block[] {
  const blocks: Block[] = []
  let open: Block | null = null
  for (const line of text.split(/\r\n|\r|\n/)) {
    const item = LIST_ITEM.exec(line)?.[1]?.trim()
    if (item !== undefined) {
      if (open?.kind === 'list') {
        open.items.push(item)
      } else {
        open = { kind: 'list', items: [item] }
        blocks.push(open)
      }
    } else if (line.trim() === '') {
      open = null
    } else if (open?.kind === 'paragraph') {
      open.text += ` ${line.trim()}`
    } else {
      open = { kind: 'paragraph', text: line.trim() }
      blocks.push(open)
    }
  }
  return blocks
}
