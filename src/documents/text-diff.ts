// What changed between two texts, paragraph by paragraph: Myers' greedy algorithm, bounded.
// E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986).

export type Paragraph = { page: number; text: string; isHeading: boolean }

export type DiffPart =
  | { kind: 'removed' | 'added'; paragraphs: Paragraph[] }
  /** Unchanged; `hidden` of them are left out between the first and the last few. */
  | { kind: 'same'; paragraphs: Paragraph[]; hidden: number }

export type TextDiff = {
  parts: DiffPart[]
  removed: number
  added: number
  /** False when the texts differ too much to be compared paragraph by paragraph. */
  isExact: boolean
}

/** Beyond so many changes nobody reads a comparison, and memory would grow with their square. */
const EDITS_MAX = 1_500
/** Unchanged paragraphs shown on either side of a change. */
const CONTEXT = 1

/** Compares words, not pages: a paragraph that only moved to another page has not changed. */
export function diffTexts(before: readonly Paragraph[], after: readonly Paragraph[]): TextDiff {
  const ids = new Map<string, number>()
  const [a, b] = [numbered(before, ids), numbered(after, ids)]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const middle = editsOf(a.slice(start, a.length - end), b.slice(start, b.length - end))
  const edits: Edit[] = [
    ...new Array<Edit>(start).fill('same'),
    ...(middle ?? wholesale(a.length - start - end, b.length - start - end)),
    ...new Array<Edit>(end).fill('same'),
  ]
  return {
    parts: partsOf(edits, before, after),
    removed: edits.filter((edit) => edit === 'removed').length,
    added: edits.filter((edit) => edit === 'added').length,
    isExact: middle !== null,
  }
}

type Edit = 'same' | 'removed' | 'added'

/** Equal paragraphs have equal numbers, so that comparing two of them is one comparison. */
function numbered(paragraphs: readonly Paragraph[], ids: Map<string, number>): number[] {
  return paragraphs.map(({ text }) => {
    const words = text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim()
    const id = ids.get(words) ?? ids.size
    ids.set(words, id)
    return id
  })
}

const wholesale = (removed: number, added: number): Edit[] => [
  ...new Array<Edit>(removed).fill('removed'),
  ...new Array<Edit>(added).fill('added'),
]

/** The shortest edits from `a` to `b`; null when there are more than `EDITS_MAX`. */
function editsOf(a: readonly number[], b: readonly number[]): Edit[] | null {
  const max = Math.min(a.length + b.length, EDITS_MAX)
  // `furthest[offset + k]` is how far into `a` the diagonal `k` has come; the snapshots lead the way back.
  const offset = max + 1
  const furthest = new Int32Array(2 * max + 3)
  const snapshots: Int32Array[] = []
  for (let d = 0; d <= max; d++) {
    for (let k = -d; k <= d; k += 2) {
      const isDown = k === -d || (k !== d && furthest[offset + k - 1]! < furthest[offset + k + 1]!)
      let x = isDown ? furthest[offset + k + 1]! : furthest[offset + k - 1]! + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      furthest[offset + k] = x
      if (x >= a.length && x - k >= b.length) return wayBack(a.length, b.length, d, snapshots)
    }
    // Only the diagonals that this round could reach: the sum of all snapshots is d squared numbers.
    snapshots.push(furthest.slice(offset - d, offset + d + 1))
  }
  return null
}

function wayBack(aLength: number, bLength: number, edits: number, snapshots: readonly Int32Array[]): Edit[] {
  const result: Edit[] = []
  let [x, y] = [aLength, bLength]
  for (let d = edits; d > 0; d--) {
    const reached = snapshots[d - 1]!
    const at = (k: number) => reached[k + d - 1] ?? -1
    const k = x - y
    const isDown = k === -d || (k !== d && at(k - 1) < at(k + 1))
    const fromK = isDown ? k + 1 : k - 1
    const fromX = at(fromK)
    // One edit from there, then as far as the two texts agreed.
    for (const stepX = isDown ? fromX : fromX + 1; x > stepX; x--) result.push('same')
    result.push(isDown ? 'added' : 'removed')
    ;[x, y] = [fromX, fromX - fromK]
  }
  for (; x > 0; x--) result.push('same')
  return result.reverse()
}

function partsOf(
  edits: readonly Edit[],
  before: readonly Paragraph[],
  after: readonly Paragraph[],
): DiffPart[] {
  const runs: { kind: Edit; paragraphs: Paragraph[] }[] = []
  let [x, y] = [0, 0]
  for (const edit of edits) {
    const paragraph = edit === 'removed' ? before[x] : after[y]
    if (edit !== 'added') x++
    if (edit !== 'removed') y++
    const last = runs.at(-1)
    if (last?.kind === edit) last.paragraphs.push(paragraph as Paragraph)
    else runs.push({ kind: edit, paragraphs: [paragraph as Paragraph] })
  }
  return runs.map(({ kind, paragraphs }, i) => {
    if (kind !== 'same') return { kind, paragraphs }
    const head = i === 0 ? [] : paragraphs.slice(0, CONTEXT)
    const tail =
      i === runs.length - 1 ? [] : paragraphs.slice(Math.max(head.length, paragraphs.length - CONTEXT))
    return { kind, paragraphs: [...head, ...tail], hidden: paragraphs.length - head.length - tail.length }
  })
}
