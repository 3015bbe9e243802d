// Orders the runs of a page into reading bands, so that columns of prose are not interleaved and table rows stay whole.

/** A stretch of text on one baseline; the origin is the page's top left corner, lengths are in points. */
export type Run = {
  text: string
  x: number
  width: number
  baseline: number
  size: number
  rightToLeft: boolean
  /** Gaps wider than a space: `at` is the text's length before one; it reaches from `from` to `to`. */
  seams: { at: number; from: number; to: number }[]
}

/** A gutter is narrower than this in no two-column document that was looked at; word gaps are narrower still. */
const GUTTER_WIDTH_MIN_POINTS = 7
const GUTTERS_TRIED_MAX = 4
/** Titles, figures and running heads may cross a gutter; more crossings than this share mean there is none. */
const CROSSING_SHARE_MAX = 0.2
const COLUMN_RUNS_MIN = 4
/** Prose fills its column; the cells of a table do not. */
const COLUMN_FILL_MIN = 0.55
const COLUMN_CHARACTERS_MEDIAN_MIN = 22
/** Cells of one row stand on one baseline to a hair; lines of independent columns meet by chance only. */
const ROW_DRIFT_MAX = 0.08
const ROW_SHARE_MAX = 0.4
/** White space of this many letter heights separates parts of a page that may be laid out differently. */
const BAND_GAP_MIN = 1.6
const SPLIT_DEPTH_MAX = 8

/** Groups of runs in reading order; each group is one column of one band and is read line by line. */
export function readingGroups(runs: Run[], depth = 0): Run[][] {
  if (runs.length < COLUMN_RUNS_MIN * 2 || depth >= SPLIT_DEPTH_MAX) return runs.length > 0 ? [runs] : []
  const sorted = runs.toSorted((a, b) => a.baseline - b.baseline)
  const gutter = columnGutter(sorted)
  if (gutter !== null) return columnGroups(sorted, gutter, depth)
  const bands = splitAtWidestGap(sorted)
  return bands ? bands.flatMap((band) => readingGroups(band, depth + 1)) : [sorted]
}

/** Runs across the gutter divide the columns into bands: what stands above them is read first. */
function columnGroups(sorted: Run[], gutter: number, depth: number): Run[][] {
  const groups: Run[][] = []
  let left: Run[] = []
  let right: Run[] = []
  let across: Run[] = []
  const closeColumns = () => {
    groups.push(...readingGroups(left, depth + 1), ...readingGroups(right, depth + 1))
    left = []
    right = []
  }
  const closeAcross = () => {
    if (across.length > 0) groups.push(across)
    across = []
  }
  for (const run of sorted) {
    if (run.x < gutter && run.x + run.width > gutter) {
      closeColumns()
      across.push(run)
    } else {
      closeAcross()
      if (run.x < gutter) left.push(run)
      else right.push(run)
    }
  }
  closeColumns()
  closeAcross()
  return groups
}

function splitAtWidestGap(sorted: Run[]): [Run[], Run[]] | null {
  let widest = { gap: 0, at: 0 }
  for (let at = 1; at < sorted.length; at += 1) {
    const gap =
      (sorted[at]!.baseline - sorted[at]!.size - sorted[at - 1]!.baseline) / Math.max(sorted[at]!.size, 1)
    if (gap > widest.gap) widest = { gap, at }
  }
  return widest.gap >= BAND_GAP_MIN ? [sorted.slice(0, widest.at), sorted.slice(widest.at)] : null
}

function columnGutter(sorted: Run[]): number | null {
  for (const gutter of emptyGutters(sorted)) {
    const left = sorted.filter((run) => run.x + run.width <= gutter)
    const right = sorted.filter((run) => run.x >= gutter)
    if (left.length < COLUMN_RUNS_MIN || right.length < COLUMN_RUNS_MIN) continue
    if ((isProse(left) && isProse(right)) || rowShare(left, right) <= ROW_SHARE_MAX) return gutter
  }
  return null
}

/** Middles of vertical strips that few runs cross, between the outer eighths of the text, the best first. */
function emptyGutters(runs: Run[]): number[] {
  const [start] = extremes(runs, (run) => run.x)
  const [, end] = extremes(runs, (run) => run.x + run.width)
  const width = Math.ceil(end - start)
  if (!(width >= GUTTER_WIDTH_MIN_POINTS * 8) || width > COVERAGE_POINTS_MAX) return []
  const cover = new Int32Array(width + 2)
  for (const run of runs) {
    cover[Math.max(0, Math.floor(run.x - start))]! += 1
    cover[Math.min(width, Math.ceil(run.x + run.width - start))]! -= 1
  }
  const crossingsMax = runs.length * CROSSING_SHARE_MAX
  const margin = Math.floor(width / 8)
  const found: { cost: number; middle: number }[] = []
  let depth = 0
  let open: { from: number; crossings: number } | null = null
  for (let x = 0; x <= width; x += 1) {
    depth += cover[x]!
    const isCandidate = x >= margin && x <= width - margin && depth <= crossingsMax
    if (isCandidate && open && depth === open.crossings) continue
    if (open && x - open.from >= GUTTER_WIDTH_MIN_POINTS) {
      found.push({ cost: open.crossings - (x - open.from) / width, middle: start + (open.from + x) / 2 })
    }
    open = isCandidate ? { from: x, crossings: depth } : null
  }
  return found
    .sort((a, b) => a.cost - b.cost)
    .slice(0, GUTTERS_TRIED_MAX)
    .map(({ middle }) => middle)
}

/** Pages wider than any paper (a MediaBox may claim 14,400,000 points) are read as one column. */
const COVERAGE_POINTS_MAX = 20_000

/** Spreading 100,000 runs into `Math.min` would overflow the stack. */
function extremes(runs: Run[], edge: (run: Run) => number): [number, number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const run of runs) {
    low = Math.min(low, edge(run))
    high = Math.max(high, edge(run))
  }
  return [low, high]
}

function isProse(runs: Run[]): boolean {
  const [start] = extremes(runs, (run) => run.x)
  const [, end] = extremes(runs, (run) => run.x + run.width)
  const widths = runs.map((run) => run.width).sort((a, b) => a - b)
  const lengths = runs.map((run) => run.text.length).sort((a, b) => a - b)
  const middle = Math.floor(runs.length / 2)
  return (
    widths[middle]! / (end - start) >= COLUMN_FILL_MIN && lengths[middle]! >= COLUMN_CHARACTERS_MEDIAN_MIN
  )
}

/** How many lines of the shorter side have a partner on the other: near 1 in a table, whose cells may wrap. */
function rowShare(left: Run[], right: Run[]): number {
  const [few, many] = left.length <= right.length ? [left, right] : [right, left]
  let partners = 0
  let at = 0
  for (const run of few) {
    const drift = ROW_DRIFT_MAX * run.size
    while (at < many.length && many[at]!.baseline < run.baseline - drift) at += 1
    if (at < many.length && many[at]!.baseline <= run.baseline + drift) partners += 1
  }
  return partners / few.length
}
