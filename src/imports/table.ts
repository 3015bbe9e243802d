// From an uploaded file to the one table of homes in it: which sheet, which row has the headings, what is left out.
import { type Column, columnOf, labelOf } from './columns.ts'
import { readCsv } from './csv.ts'
import { ImportRefusal, ROWS_ABOVE_HEADINGS_MAX, ROWS_MAX, type Sheet, type TableRow } from './limits.ts'
import { isEmptyCell, textOf } from './values.ts'
import { readWorkbook } from './workbook.ts'

export type HeadedColumn = { index: number; heading: string; column: Column }

export type Table = {
  columns: HeadedColumn[]
  /** Where the headings end: a row with something beyond has a value that no heading explains. */
  columnCount: number
  rows: TableRow[]
  dateEpoch: 1900 | 1904
  /** Sentences about what was not read, so that nothing is left out silently. */
  notes: string[]
}

const HEADINGS_MIN = 2
const NAMED_MAX = 20

/** @throws ImportRefusal */
export function readTable(bytes: Uint8Array, format: 'csv' | 'xlsx'): Table {
  const { sheets, hiddenSheets } =
    format === 'csv' ? { sheets: [readCsv(bytes)], hiddenSheets: [] } : readWorkbook(bytes)
  const headed = sheets.flatMap((sheet) => {
    const headings = headingsOf(sheet)
    return headings ? [{ sheet, headings }] : []
  })
  const [first, second] = headed
  if (!first)
    throw new ImportRefusal(
      'no_headings',
      'No row of headings was found. The first row must name the columns, one of them the number of the home (“House No”, “Unit” or “Number”) and at least one other.',
    )
  if (second)
    throw new ImportRefusal(
      'ambiguous_headings',
      `Two sheets list homes, “${first.sheet.name}” and “${second.sheet.name}”. Keep one of them in the file.`,
    )
  const others = sheets.filter((sheet) => sheet !== first.sheet && sheet.rows.length > 0)
  return tableOf(first.sheet, first.headings, [
    ...others.map((sheet) => `The sheet “${sheet.name}” has no headings of homes and was not read.`),
    ...hiddenSheets.map((name) => `The sheet “${name}” is hidden and was not read.`),
  ])
}

/** The first row among the top ones with a heading for the number and another one. */
function headingsOf(sheet: Sheet): TableRow | null {
  const found = sheet.rows.slice(0, ROWS_ABOVE_HEADINGS_MAX + 1).find(({ cells }) => {
    const columns = cells.map((cell) => (typeof cell === 'string' ? columnOf(cell) : null))
    return columns.includes('number') && columns.filter(Boolean).length >= HEADINGS_MIN
  })
  return found ?? null
}

function tableOf(sheet: Sheet, headings: TableRow, notes: string[]): Table {
  const columns: HeadedColumn[] = []
  const unused: string[] = []
  headings.cells.forEach((cell, index) => {
    const heading = typeof cell === 'object' ? '' : textOf(cell)
    const column = columnOf(heading)
    if (column) columns.push({ index, heading, column })
    else if (heading !== '') unused.push(heading)
  })
  refuseDoubles(columns)
  const below = sheet.rows.filter((row) => row.number > headings.number)
  const rows = below.filter((row) => !isEmptyRow(row))
  if (rows.length === 0) throw new ImportRefusal('no_rows', 'There are headings, but no homes below them.')
  if (rows.length > ROWS_MAX)
    throw new ImportRefusal('too_large', `The file has more than ${ROWS_MAX} rows. Import it in parts.`)
  const above = sheet.rows.filter((row) => row.number < headings.number && !isEmptyRow(row))
  const columnCount = headings.cells.length
  return {
    columns,
    columnCount,
    rows,
    dateEpoch: sheet.dateEpoch,
    notes: [
      ...(above.length > 0 ? [`Above the headings, ${numbered(above)} was not read.`] : []),
      ...(unused.length > 0 ? [`Not used: ${named(unused)}.`] : []),
      ...emptyRowsNote(headings.number, rows),
      ...notes,
    ],
  }
}

function refuseDoubles(columns: HeadedColumn[]): void {
  for (const [position, { heading, column }] of columns.entries()) {
    const double = columns.slice(0, position).find((other) => Bun.deepEquals(other.column, column))
    if (!double) continue
    throw new ImportRefusal(
      'ambiguous_headings',
      `The columns “${double.heading}” and “${heading}” both mean ${labelOf(column)}. Rename or remove one of them.`,
    )
  }
}

const isEmptyRow = (row: TableRow) => row.cells.every(isEmptyCell)

/** Rows between the first and the last one that have nothing in them. */
function emptyRowsNote(headingsRow: number, rows: TableRow[]): string[] {
  const filled = new Set(rows.map((row) => row.number))
  const last = rows.at(-1)?.number ?? headingsRow
  const empty: TableRow[] = []
  let count = 0
  for (let number = headingsRow + 1; number < last; number++) {
    if (filled.has(number)) continue
    count += 1
    if (empty.length <= NAMED_MAX) empty.push({ number, cells: [] })
  }
  return count === 0 ? [] : [`Empty, so nothing to import: ${numbered(empty, count)}.`]
}

function numbered(rows: TableRow[], count = rows.length): string {
  const shown = rows.slice(0, NAMED_MAX).map((row) => row.number)
  const more = count > shown.length ? ` and ${count - shown.length} more` : ''
  return `row${count === 1 ? '' : 's'} ${shown.join(', ')}${more}`
}

function named(headings: string[]): string {
  const shown = headings.slice(0, NAMED_MAX).map((heading) => `“${heading.slice(0, 60)}”`)
  const more = headings.length > shown.length ? ` and ${headings.length - shown.length} more` : ''
  return `the column${headings.length === 1 ? '' : 's'} ${shown.join(', ')}${more}`
}
