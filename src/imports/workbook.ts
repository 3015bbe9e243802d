// An Excel workbook (.xlsx) as tables: cells as text, numbers, or a problem. Nothing in it is ever computed.
import { SaxesParser } from 'saxes'
import {
  CELLS_MAX,
  type Cell,
  COLUMNS_MAX,
  ImportRefusal,
  ROWS_ABOVE_HEADINGS_MAX,
  ROWS_MAX,
  SHEETS_MAX,
  type Sheet,
} from './limits.ts'
import { type Parts, unpackWorkbook } from './unpack.ts'

/** Far deeper than any workbook; a parser's stack of open elements is memory too. */
const DEPTH_MAX = 30
const STRINGS_MAX = 300_000
const DECODED_BYTES_A_STEP = 65_536

export type Workbook = { sheets: Sheet[]; hiddenSheets: string[] }

/** Sheets in the order of their tabs. @throws ImportRefusal */
export function readWorkbook(bytes: Uint8Array): Workbook {
  const parts = unpackWorkbook(bytes)
  const { tabs, dateEpoch } = readTabs(parts)
  const targets = readTargets(parts)
  const strings = readStrings(parts)
  const budget = { cells: CELLS_MAX }
  const sheets: Sheet[] = []
  for (const { name, relation, isHidden } of tabs) {
    const target = targets.get(relation) ?? ''
    // A tab that is a chart has no cells.
    if (isHidden || !target.startsWith('xl/worksheets/')) continue
    const part = parts.get(target)
    if (!part) throw unreadable()
    sheets.push({ name, rows: readRows(part, strings, budget), dateEpoch })
  }
  return { sheets, hiddenSheets: tabs.filter((tab) => tab.isHidden).map((tab) => tab.name) }
}

type Tab = { name: string; relation: string; isHidden: boolean }

function readTabs(parts: Parts): { tabs: Tab[]; dateEpoch: 1900 | 1904 } {
  const part = parts.get('xl/workbook.xml')
  if (!part) throw unreadable()
  const tabs: Tab[] = []
  let dateEpoch: 1900 | 1904 = 1900
  walk(part, {
    open(name, attributes) {
      if (name === 'workbookPr' && /^(?:1|true)$/.test(attributes.date1904 ?? '')) dateEpoch = 1904
      if (name !== 'sheet') return
      if (tabs.length >= SHEETS_MAX)
        throw new ImportRefusal('too_large', `The workbook has more than ${SHEETS_MAX} sheets.`)
      const isHidden = (attributes.state ?? 'visible') !== 'visible'
      tabs.push({ name: attributes.name ?? '', relation: attributes.id ?? '', isHidden })
    },
  })
  return { tabs, dateEpoch }
}

function readTargets(parts: Parts): Map<string, string> {
  const targets = new Map<string, string>()
  const part = parts.get('xl/_rels/workbook.xml.rels')
  if (!part) throw unreadable()
  walk(part, {
    open(name, { Id, Target }) {
      if (name !== 'Relationship' || !Id || !Target) return
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`)
    },
  })
  return targets
}

/** Texts that cells refer to by number. Readings for pronunciation (`rPh`) are no part of them. */
function readStrings(parts: Parts): string[] {
  const part = parts.get('xl/sharedStrings.xml')
  const strings: string[] = []
  if (!part) return strings
  let text: string | null = null
  let isPhonetic = false
  walk(part, {
    open(name) {
      if (name === 'si') text = ''
      if (name === 'rPh') isPhonetic = true
    },
    text(piece, within) {
      if (text !== null && within === 't' && !isPhonetic) text += piece
    },
    close(name) {
      if (name === 'rPh') isPhonetic = false
      if (name !== 'si' || text === null) return
      if (strings.length >= STRINGS_MAX)
        throw new ImportRefusal(
          'too_large',
          'The workbook holds too much text. Copy the list of homes into a new one.',
        )
      strings.push(text)
      text = null
    },
  })
  return strings
}

type OpenCell = {
  row: number
  column: number
  type: string
  hasFormula: boolean
  hasValue: boolean
  text: string
}

function readRows(part: Uint8Array, strings: string[], budget: { cells: number }): Sheet['rows'] {
  const rows = new Map<number, Cell[]>()
  let row = 0
  let column = -1
  let cell: OpenCell | null = null
  walk(part, {
    open(name, attributes) {
      if (name === 'row') {
        row = Number(attributes.r ?? row + 1)
        column = -1
      } else if (name === 'c') {
        column = attributes.r ? columnIndex(attributes.r) : column + 1
        const type = attributes.t ?? 'n'
        cell = { row, column, type, hasFormula: false, hasValue: false, text: '' }
      } else if (name === 'f' && cell) cell.hasFormula = true
      else if ((name === 'v' || name === 'is') && cell) cell.hasValue = true
    },
    text(piece, within) {
      if (cell && (within === 'v' || within === 't')) cell.text += piece
    },
    close(name) {
      if (name !== 'c' || !cell) return
      const value = cellValue(cell, strings)
      if (value !== '') keep(rows, cell, value, budget)
      cell = null
    },
  })
  return [...rows].sort(([a], [b]) => a - b).map(([number, cells]) => ({ number, cells }))
}

function keep(rows: Map<number, Cell[]>, at: OpenCell, value: Cell, budget: { cells: number }): void {
  budget.cells -= 1
  if (at.column >= COLUMNS_MAX || budget.cells < 0)
    throw new ImportRefusal(
      'too_large',
      `The workbook has more than ${COLUMNS_MAX} columns or ${CELLS_MAX} cells. Keep only the columns about the homes.`,
    )
  if (!Number.isInteger(at.row) || at.row < 1) throw unreadable()
  const cells = rows.get(at.row) ?? []
  if (cells.length === 0 && rows.size > ROWS_MAX + ROWS_ABOVE_HEADINGS_MAX)
    throw new ImportRefusal('too_large', `A sheet has more than ${ROWS_MAX} rows. Import it in parts.`)
  while (cells.length < at.column) cells.push('')
  cells[at.column] = value
  rows.set(at.row, cells)
}

/** A formula counts for the value it had when the file was saved; it is never run. */
function cellValue(cell: OpenCell, strings: string[]): Cell {
  const { type, text } = cell
  if (cell.hasFormula && text === '') return { problem: 'holds a formula without a saved value' }
  if (!cell.hasValue) return ''
  if (type === 'e') return { problem: `shows the error ${text.slice(0, 20)}` }
  if (type === 's') return strings[Number(text)] ?? { problem: 'refers to a text that is not in the file' }
  if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE'
  if (type !== 'n' || text.trim() === '') return text
  const number = Number(text)
  return Number.isFinite(number) ? number : { problem: 'holds a number that cannot be read' }
}

/** `C7` is column 2. Columns past the limit are only told apart from those within it. */
function columnIndex(reference: string): number {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0]
  if (!letters) throw unreadable()
  let index = 0
  for (const letter of letters) index = index * 26 + (letter.charCodeAt(0) - 64)
  return index - 1
}

type Walker = {
  open(name: string, attributes: Record<string, string>): void
  text?(piece: string, within: string): void
  close?(name: string): void
}

/** Names come without their namespace's prefix, of elements and attributes alike. */
function walk(part: Uint8Array, walker: Walker): void {
  const open: string[] = []
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  parser.on('doctype', () => {
    throw unreadable()
  })
  parser.on('opentag', (tag) => {
    if (open.length >= DEPTH_MAX) throw unreadable()
    open.push(local(tag.name))
    walker.open(local(tag.name), attributesOf(tag.attributes))
  })
  parser.on('text', (piece) => walker.text?.(piece, open.at(-1) ?? ''))
  parser.on('cdata', (piece) => walker.text?.(piece, open.at(-1) ?? ''))
  parser.on('closetag', (tag) => {
    open.pop()
    walker.close?.(local(tag.name))
  })
  const decoder = new TextDecoder()
  try {
    for (let start = 0; start < part.byteLength; start += DECODED_BYTES_A_STEP)
      parser.write(decoder.decode(part.subarray(start, start + DECODED_BYTES_A_STEP), { stream: true }))
    parser.write(decoder.decode()).close()
  } catch (error) {
    throw error instanceof ImportRefusal ? error : unreadable(error)
  }
}

function attributesOf(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [local(name), value]))
}

const local = (name: string) => name.slice(name.indexOf(':') + 1)

const unreadable = (cause?: unknown) =>
  new ImportRefusal(
    'unreadable',
    'The workbook is damaged and cannot be opened. Save it again as .xlsx, or as CSV.',
    { cause },
  )
