// How much of a file is read. Whatever is larger is refused with the limit in the sentence, never read in part.

/** A list of 5,000 homes with everything about them stays below it. */
export const IMPORT_BYTES_MAX = 5_000_000
/** What a workbook may grow to when it is unpacked, however small it is as a file. */
export const UNPACKED_BYTES_MAX = 30_000_000
export const ZIP_ENTRIES_MAX = 500
export const SHEETS_MAX = 20
export const ROWS_MAX = 5_000
export const COLUMNS_MAX = 100
export const CELLS_MAX = 200_000
export const CELL_CHARS_MAX = 1_000
/** Rows that may stand above the headings: a title, a date, a logo's empty lines. */
export const ROWS_ABOVE_HEADINGS_MAX = 15

/** Why a file as a whole was not taken. A closed set: it is kept on the import's row. */
export type RefusalCode =
  | 'unreadable'
  | 'password_protected'
  | 'too_large'
  | 'too_complex'
  | 'no_headings'
  | 'ambiguous_headings'
  | 'no_rows'

/** The file cannot be read as a list of homes; the sentence says what to do about it. */
export class ImportRefusal extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly sentence: string,
    options?: { cause?: unknown },
  ) {
    super(`${code}: ${sentence}`, options)
    this.name = 'ImportRefusal'
  }
}

/** A cell as the file has it: text, a number that may be a date, or something that has no value. */
export type Cell = string | number | { problem: string }

export type TableRow = { number: number; cells: Cell[] }

export type Sheet = {
  name: string | null
  rows: TableRow[]
  /** Day 0 of the dates that are stored as numbers. */
  dateEpoch: 1900 | 1904
}
