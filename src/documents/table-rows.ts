// Finds the rows of tables among the lines of a page, and puts the wrapped lines of each cell back together.

import type { Run } from '#src/documents/page-columns.ts'

/** What stands on one baseline, in reading direction. */
export type Line = { runs: Run[]; baseline: number; size: number }
/** A row has two cells or more; each cell is its runs from top to bottom. A line that is part of no row is a row of its own without cells. */
export type Row = { lines: Line[]; cells: Run[][] | null }

/** Between the cells of a row: white space like any other for comparisons and search, and still told apart from a word gap. */
export const CELL_SEPARATOR = '\u2003'

/** In letter heights: lines further apart belong to different tables. */
const TABLE_LEADING_MAX = 5
/** In letter heights: lines of one cell are never further apart than this. */
const CELL_LEADING_MAX = 1.6
/** Rows stand this much further apart than the lines of a cell, or white space says nothing about rows. */
const ROW_GAP_RATIO_MIN = 1.2
const CELL_GAP_DRIFT = 1.1
/** A row of more lines than this is a misread drawing, and its lines are better left as they are. */
const ROW_LINES_MAX = 14
const ROW_CHARACTERS_MAX = 1_100
const SIZE_DRIFT_MAX = 0.12
/** In letter heights: a space between two words. */
const WORD_SPACE = 0.25
const LINES_AROUND = 6
const COLUMN_DRIFT_POINTS_MAX = 1
/** A list mark, or the number of a clause: "1.10 The pressure …". */
const ITEM_MARK = /^(?:\d{1,2}(?:\.\d{1,2}){1,3}|\(?\d{1,2}[.)]|\(?[a-z][.)])$/i
const LIST_MARK = /^(?:[•●○▪■□◆►▶✓–—*·-]|\(?\d{1,2}[.)]|\(?[a-z][.)])$/i

type Column = { left: number; right: number; runs: { run: Run; line: number }[] }
type Table = { lines: Line[]; columns: Column[] }

export function tableRows(lines: readonly Line[]): Row[] {
  const rows: Row[] = []
  let table: Table | null = null
  const close = () => {
    if (table) rows.push(...rowsOf(table))
    table = null
  }
  for (const line of lines) {
    if (table && accepts(table, line)) continue
    close()
    if (line.runs.length > 1) table = tableOf(line)
    else rows.push({ lines: [line], cells: null })
  }
  close()
  return rows
}

/** Cells that nearly touch their neighbours are told apart by the column that begins there in the lines around. */
export function cutAtColumns(lines: readonly Line[]): Line[] {
  const begins = lines.map(({ runs }) => runs.slice(1).map(({ x }) => x))
  return lines.map((line, index) => {
    if (line.runs.every(({ seams }) => seams.length === 0)) return line
    const around = begins.slice(Math.max(0, index - LINES_AROUND), index + LINES_AROUND + 1).flat()
    return { ...line, runs: line.runs.flatMap((run) => cutRun(run, around)) }
  })
}

function cutRun(run: Run, columns: readonly number[]): Run[] {
  const seam = run.seams.find(
    ({ at, to }) =>
      !ITEM_MARK.test(run.text.slice(0, at).trim()) &&
      columns.some((x) => Math.abs(x - to) <= COLUMN_DRIFT_POINTS_MAX),
  )
  if (!seam) return [run]
  const rest = {
    ...run,
    text: run.text.slice(seam.at),
    x: seam.to,
    width: run.x + run.width - seam.to,
    seams: run.seams.filter(({ at }) => at > seam.at).map((each) => ({ ...each, at: each.at - seam.at })),
  }
  const first = { ...run, text: run.text.slice(0, seam.at), width: seam.from - run.x, seams: [] }
  return [first, ...cutRun(rest, columns)]
}

/** A bullet or number set far from its words is no cell. */
export function withMarksJoined(line: Line): Line {
  const [mark, words, ...others] = line.runs
  if (!mark || !words || !LIST_MARK.test(mark.text.trim())) return line
  const joined = {
    ...words,
    text: `${mark.text.trim()} ${words.text}`,
    x: mark.x,
    width: words.x + words.width - mark.x,
  }
  return { ...line, runs: [joined, ...others] }
}

function tableOf(line: Line): Table {
  const columns = line.runs.map((run) => ({
    left: run.x,
    right: run.x + run.width,
    runs: [{ run, line: 0 }],
  }))
  return { lines: [line], columns: columns.sort((a, b) => a.left - b.left) }
}

/** Adds the line when each of its runs stands in a column of its own; a run across two columns ends the table. */
function accepts(table: Table, line: Line): boolean {
  const last = table.lines.at(-1)!
  const gap = line.baseline - last.baseline
  if (gap > TABLE_LEADING_MAX * line.size) return false
  const isLone = line.runs.length === 1
  // Alone under the first column it may be a heading; further right it is the first line of a cell beside lower ones.
  const isUnderFirst = line.runs[0]!.x < table.columns[0]!.right
  if (isLone && isUnderFirst && gap > CELL_LEADING_MAX * line.size) return false
  const places: (Column | null)[] = []
  for (const run of line.runs) {
    const held = table.columns.filter(({ left, right }) => run.x < right && run.x + run.width > left)
    const column = held[0] ?? null
    if (held.length > 1 || (column === null && isLone)) return false
    if (column && (places.includes(column) || isOtherSize(run, column.runs.at(-1)!.run))) return false
    places.push(column)
  }
  const at = table.lines.push(line) - 1
  line.runs.forEach((run, index) => {
    const column = places[index]
    if (!column) {
      table.columns.push({ left: run.x, right: run.x + run.width, runs: [{ run, line: at }] })
      return
    }
    column.runs.push({ run, line: at })
    column.left = Math.min(column.left, run.x)
    column.right = Math.max(column.right, run.x + run.width)
  })
  table.columns.sort((a, b) => a.left - b.left)
  return true
}

function isOtherSize(run: Run, other: Run): boolean {
  return Math.abs(run.size - other.size) > SIZE_DRIFT_MAX * other.size
}

function rowsOf(table: Table): Row[] {
  const leading = cellLeading(table)
  const continues = new Array<boolean>(table.lines.length).fill(false)
  for (const column of table.columns) {
    for (let at = 1; at < column.runs.length; at += 1) {
      const [above, below] = [column.runs[at - 1]!, column.runs[at]!]
      const gap = below.run.baseline - above.run.baseline
      const isContinued =
        leading === null
          ? lacksFirstCell(table, below.line) && below.line === above.line + 1 && wraps(column, above, below)
          : gap <= leading * CELL_GAP_DRIFT
      // Lines between the two, of cells that are set half a line lower, belong to the row as well.
      if (isContinued) continues.fill(true, above.line + 1, below.line + 1)
    }
  }
  const rows: Line[][] = []
  table.lines.forEach((line, index) => {
    if (continues[index] && !beginsRow(table, index)) rows.at(-1)!.push(line)
    else rows.push([line])
  })
  return rows.flatMap((lines) => rowOf(table, lines))
}

const lacksFirstCell = (table: Table, line: number): boolean =>
  table.columns[0]!.runs.every((each) => each.line !== line)

/** Rows without space between them: a value under a value, or a full line under one whose words all had room. */
function beginsRow(table: Table, line: number): boolean {
  const pairs = table.columns.flatMap((column) => {
    const at = column.runs.findIndex((each) => each.line === line)
    const [above, below] = [column.runs[at - 1], column.runs[at]]
    return above && below && above.line === line - 1 ? [{ column, above, below }] : []
  })
  if (pairs.some(({ above, below }) => isValue(above.run) && isValue(below.run))) return true
  if (lacksFirstCell(table, line) || lacksFirstCell(table, line - 1)) return false
  return !pairs.some(({ column, above, below }) => wraps(column, above, below))
}

/** One word with a digit, or the number of an item. */
function isValue({ text }: Run): boolean {
  const trimmed = text.trim()
  return !trimmed.includes(' ') && (/\d/.test(trimmed) || LIST_MARK.test(trimmed))
}

/** How far apart the lines of a cell are, when rows are further apart than that; else `null`. */
function cellLeading(table: Table): number | null {
  const gaps = table.columns.flatMap(({ runs }) =>
    runs.slice(1).map(({ run }, index) => ({
      gap: run.baseline - runs[index]!.run.baseline,
      size: run.size,
    })),
  )
  const least = Math.min(...gaps.filter(({ gap, size }) => gap > 0.8 * size).map(({ gap }) => gap))
  const isTight = gaps.some(({ gap, size }) => gap <= least && gap <= CELL_LEADING_MAX * size)
  const areRowsApart = table.lines.some(
    ({ baseline }, line) =>
      line > 0 && baseline - table.lines[line - 1]!.baseline > least * ROW_GAP_RATIO_MIN,
  )
  return isTight && areRowsApart ? least : null
}

/** The first word below had no room above. */
function wraps(column: Column, above: Column['runs'][number], below: Column['runs'][number]): boolean {
  if (below.run.baseline - above.run.baseline > CELL_LEADING_MAX * below.run.size) return false
  const text = below.run.text.trim()
  const wordWidth = (below.run.width * text.split(' ', 1)[0]!.length) / Math.max(1, text.length)
  return above.run.x + above.run.width + WORD_SPACE * below.run.size + wordWidth > column.right
}

function rowOf(table: Table, lines: Line[]): Row[] {
  const held = new Set(lines.flatMap((line) => line.runs))
  const isRightToLeft = [...held].filter((run) => run.rightToLeft).length * 2 > held.size
  const cells = table.columns
    .map(({ runs }) => runs.flatMap(({ run }) => (held.has(run) ? [run] : [])))
    .filter((cell) => cell.length > 0)
  if (isRightToLeft) cells.reverse()
  const characters = [...held].reduce((sum, run) => sum + run.text.length + 1, 0)
  // Two codes in one cell are two rows without a gap, whose cells nobody could tell apart.
  const holdsRows = cells.some((cell) => cell.filter(isValue).length > 1)
  const isMisread =
    lines.length > 1 && (holdsRows || lines.length > ROW_LINES_MAX || characters > ROW_CHARACTERS_MAX)
  if (cells.length > 1 && !isMisread) return [{ lines, cells }]
  return lines.map((line) => ({
    lines: [line],
    cells: line.runs.length > 1 ? line.runs.map((run) => [run]) : null,
  }))
}
