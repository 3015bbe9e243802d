// A document as content: leaves of blocks, each leaf exactly one printed page, so that page numbers are known before rendering.
import type { Canvas } from '#src/demo/canvas.ts'
import type { Accent, EstateProfile } from '#src/demo/profile.ts'

export type Booklet = {
  title: string
  subtitle: string
  development: string
  builder: string
  accent: Accent
  /** Unique to the document, printed on every page: a leak between estates or types can be searched for. */
  canary: string
  issued: string
  /** A cover carries no number, so the page after it is the second of the file and prints "Page 1". */
  hasCover: boolean
  leaves: Leaf[]
}

export type Leaf = { id: string; heading: string; blocks: Block[] }

export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'subheading'; text: string }
  | { kind: 'list'; items: string[]; isNumbered: boolean }
  | { kind: 'table'; head: string[]; rows: string[][]; shares: number[] }
  | { kind: 'callout'; title: string; text: string; isDanger: boolean }
  | { kind: 'drawing'; heightPt: number; draw: (canvas: Canvas, area: Area) => void }

/** In points, from the bottom left corner of the page. */
export type Area = { x: number; y: number; width: number; height: number }

export const text = (words: string): Block => ({ kind: 'text', text: words })
export const subheading = (words: string): Block => ({ kind: 'subheading', text: words })
export const bullets = (...items: string[]): Block => ({ kind: 'list', items, isNumbered: false })
export const steps = (...items: string[]): Block => ({ kind: 'list', items, isNumbered: true })
export const note = (title: string, words: string): Block => ({
  kind: 'callout',
  title,
  text: words,
  isDanger: false,
})
export const danger = (title: string, words: string): Block => ({
  kind: 'callout',
  title,
  text: words,
  isDanger: true,
})
export const table = (shares: number[], head: string[], ...rows: string[][]): Block => ({
  kind: 'table',
  head,
  rows,
  shares,
})

export function bookletFor(
  estate: EstateProfile,
  content: Pick<Booklet, 'title' | 'subtitle' | 'issued' | 'hasCover' | 'leaves'> & { reference: string },
): Booklet {
  const { reference, ...rest } = content
  return {
    ...rest,
    development: estate.name,
    builder: estate.tenant.name,
    accent: estate.tenant.accent,
    canary: `Ref ${estate.ref}-${reference}-2026`,
  }
}

/** 1-based page of the file and the number printed on it. */
export function pageOf(booklet: Booklet, leafId: string): { page: number; printedPage: number } {
  const position = booklet.leaves.findIndex((leaf) => leaf.id === leafId)
  if (position < 0) throw new Error(`${booklet.title} has no leaf ${leafId}`)
  return { page: position + (booklet.hasCover ? 2 : 1), printedPage: position + 1 }
}

/** The table of contents of the leaves that follow it; printed numbers, as a reader expects. */
export function withContents(leaves: Leaf[], about: Block[]): Leaf[] {
  const rows = leaves.map((leaf, index) => [leaf.heading, String(index + 2)])
  const contents = table([0.88, 0.12], ['Chapter', 'Page'], ...rows)
  return [{ id: 'contents', heading: 'Contents', blocks: [contents, ...about] }, ...leaves]
}
