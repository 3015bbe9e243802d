// Text with separators as a table: whatever encoding and separator it was saved with.
import { CsvError, parse } from 'csv-parse/sync'
import { columnOf } from './columns.ts'
import {
  CELL_CHARS_MAX,
  CELLS_MAX,
  COLUMNS_MAX,
  ImportRefusal,
  ROWS_ABOVE_HEADINGS_MAX,
  ROWS_MAX,
  type Sheet,
} from './limits.ts'

const DELIMITERS = [',', ';', '\t', '|'] as const
/** A record longer than this is a quotation mark that was never closed. */
const RECORD_CHARS_MAX = COLUMNS_MAX * CELL_CHARS_MAX
const SNIFFED_CHARS = 20_000

/** @throws ImportRefusal `unreadable` or `too_large` */
export function readCsv(bytes: Uint8Array): Sheet {
  const text = decode(bytes)
  const told = /^sep=(.)\r?\n/i.exec(text)
  const delimiter = told?.[1] ?? sniffDelimiter(text)
  const records = recordsOf(text, delimiter, ROWS_MAX + ROWS_ABOVE_HEADINGS_MAX + 2)
  if (records.length > ROWS_MAX + ROWS_ABOVE_HEADINGS_MAX + 1)
    throw new ImportRefusal('too_large', `The file has more than ${ROWS_MAX} rows. Import it in parts.`)
  const cellCount = records.reduce((sum, cells) => sum + cells.length, 0)
  if (cellCount > CELLS_MAX || records.some((cells) => cells.length > COLUMNS_MAX))
    throw new ImportRefusal(
      'too_large',
      `The file has more than ${COLUMNS_MAX} columns or ${CELLS_MAX} cells. Keep only the columns about the homes.`,
    )
  const rows = records.map((cells, index) => ({ number: index + 1, cells }))
  return { name: null, rows: told ? rows.slice(1) : rows, dateEpoch: 1900 }
}

/** UTF-8 with or without its mark, UTF-16 with one, else Windows-1252, which is what Excel saves as "CSV". */
function decode(bytes: Uint8Array): string {
  const mark = (...expected: number[]) => expected.every((byte, index) => bytes[index] === byte)
  const text = mark(0xff, 0xfe)
    ? new TextDecoder('utf-16le').decode(bytes)
    : mark(0xfe, 0xff)
      ? new TextDecoder('utf-16be').decode(bytes)
      : (strictUtf8(bytes) ?? new TextDecoder('windows-1252').decode(bytes))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these tell a binary file from text.
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text))
    throw new ImportRefusal(
      'unreadable',
      'The file is not text. Save the list as CSV or .xlsx and try again.',
    )
  return text
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The separator under which most headings are recognised; among equals the one that makes most columns. */
function sniffDelimiter(text: string): string {
  const head = text.slice(0, SNIFFED_CHARS)
  const scored = DELIMITERS.map((delimiter) => {
    const lines = head.split(/\r\n|\n|\r/).slice(0, ROWS_ABOVE_HEADINGS_MAX + 1)
    const scores = lines.map((line) => {
      const cells = line.split(delimiter).map((cell) => cell.replaceAll('"', ''))
      return cells.filter((cell) => columnOf(cell) !== null).length * COLUMNS_MAX + cells.length
    })
    return { delimiter, score: Math.max(0, ...scores) }
  })
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter
}

function recordsOf(text: string, delimiter: string, count: number): string[][] {
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: RECORD_CHARS_MAX,
      to: count,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number((error as CsvError & { lines?: number }).lines ?? 0)
    const where = line > 0 ? ` near line ${line}` : ''
    throw new ImportRefusal(
      'unreadable',
      `A quotation mark${where} is not closed, or stands in the middle of a cell. Correct that and upload the file again.`,
      { cause: error },
    )
  }
}
