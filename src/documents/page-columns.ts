// Orders the runs of a page into reading bands, so that columns of prose are not interleaved and table rows stay whole.

/** A stretch of text on one baseline; the origin is the page's top left corner, lengths are in points. */
export type Run = {
  text: string
  x: number
  width: number
  baseline: number
  size: number
  rightToLeft: boolean
}

/** A gutter is narrower than this in no two-column document that was looked at; word gaps are narrower still. */
const GUTTER_WIDTH_MIN_POINTS = 7
/** Titles, figures and running heads may cross a gutter; more crossings than this share mean there is none. */
const CROSSING_SHARE_MAX = 0.2
const COLUMN_RUNS_MIN = 6
/** Prose fills its column; the cells of a table do not. */
const COLUMN_FILL_MIN = 0.55
const COLUMN_CHARACTERS_MEDIAN_MIN = 22
/** Two splits give up to four columns. */
const SPLIT_DEPTH_MAX = 2

/** Groups of runs in reading order; each group is one column of one band and is read line by line. */
export function readingGroups(runs: Run[], depth = 0): Run[][] {
  if (runs.length === 0) return []
  const gutter = depth < SPLIT_DEPTH_MAX ? proseGutter(runs) : null
  if (gutter === null) return [runs]
  const sorted = runs.toSorted((a, b) => a.baseline - b.baseline)
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

function proseGutter(runs: Run[]): number | null {
  const gutter = emptiestGutter(runs)
  if (gutter === null) return null
  const left = runs.filter((run) => run.x + run.width <= gutter)
  const right = runs.filter((run) => run.x >= gutter)
  return isProseColumn(left) && isProseColumn(right) ? gutter : null
}

/** The middle of the widest vertical strip that few runs cross, between the outer eighths of the text. */
function emptiestGutter(runs: Run[]): number | null {
  const start = Math.min(...extremes(runs, (run) => run.x))
  const end = Math.max(...extremes(runs, (run) => run.x + run.width))
  const width = Math.ceil(end - start)
  if (!Number.isFinite(width) || width < GUTTER_WIDTH_MIN_POINTS * 8 || width > COVERAGE_POINTS_MAX)
    return null
  const cover = new Int32Array(width + 2)
  for (const run of runs) {
    cover[Math.max(0, Math.floor(run.x - start))]! += 1
    cover[Math.min(width, Math.ceil(run.x + run.width - start))]! -= 1
  }
  const crossingsMax = runs.length * CROSSING_SHARE_MAX
  const margin = Math.floor(width / 8)
  let depth = 0
  let best = { cost: Number.POSITIVE_INFINITY, middle: 0 }
  let open: { from: number; crossings: number } | null = null
  for (let x = 0; x <= width; x += 1) {
    depth += cover[x]!
    const candidate = x >= margin && x <= width - margin && depth <= crossingsMax
    if (candidate && open && depth === open.crossings) continue
    if (open && x - open.from >= GUTTER_WIDTH_MIN_POINTS) {
      const cost = open.crossings - (x - open.from) / width
      if (cost < best.cost) best = { cost, middle: start + (open.from + x) / 2 }
    }
    open = candidate ? { from: x, crossings: depth } : null
  }
  return Number.isFinite(best.cost) ? best.middle : null
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

function isProseColumn(runs: Run[]): boolean {
  if (runs.length < COLUMN_RUNS_MIN) return false
  const [start] = extremes(runs, (run) => run.x)
  const [, end] = extremes(runs, (run) => run.x + run.width)
  const widths = runs.map((run) => run.width).sort((a, b) => a - b)
  const lengths = runs.map((run) => run.text.length).sort((a, b) => a - b)
  const middle = Math.floor(runs.length / 2)
  return (
    widths[middle]! / (end - start) >= COLUMN_FILL_MIN && lengths[middle]! >= COLUMN_CHARACTERS_MEDIAN_MIN
  )
}
