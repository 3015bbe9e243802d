// From cells to values: every row of the table becomes what it says of a home, or sentences on what is wrong.

import { CELL_CHARS_MAX, type Cell, type TableRow } from './limits.ts'
import type { HeadedColumn, Table } from './table.ts'
import {
  isEmptyCell,
  isFormula,
  numberKey,
  PURCHASERS_MAX,
  type Read,
  readAddress,
  readArea,
  readDate,
  readEircode,
  readEmail,
  readName,
  readNumber,
  readPhase,
  readRooms,
  readTenure,
  splitNames,
  textOf,
} from './values.ts'

export type Purchaser = { fullName: string; email: string | null }

/** What a row says. A field that is absent was empty or had no column: what is recorded of it stays. */
export type UnitValues = {
  number: string
  houseTypeCode?: string
  addressLine?: string
  eircode?: string
  bedrooms?: number
  bathrooms?: number
  floorAreaM2?: number
  handedOverOn?: string
  tenure?: 'sale' | 'rent'
  phase?: string
  purchasers?: Purchaser[]
}

export type ReadRow = {
  rowNumber: number
  unitNumber: string | null
  values: UnitValues | null
  messages: string[]
}

export function readRows(table: Table): ReadRow[] {
  return namingDoubles(table.rows.map((row) => readRow(table, row)))
}

function readRow(table: Table, row: TableRow): ReadRow {
  const problems: string[] = []
  const values: Partial<UnitValues> = {}
  const names = new Map<number, string>()
  const emails = new Map<number, string>()
  for (const { index, heading, column } of table.columns) {
    const cell = row.cells[index]
    if (cell === undefined || isEmptyCell(cell)) continue
    const refused = refusalOf(cell)
    if (refused) {
      problems.push(`“${heading}” ${refused}.`)
      continue
    }
    const text = textOf(cell as string | number)
    if (typeof column === 'object') {
      if ('purchaser' in column) names.set(column.purchaser, text)
      else emails.set(column.email, text)
      continue
    }
    const read = readField(column, cell as string | number, text, table.dateEpoch)
    if ('problem' in read) problems.push(`“${heading}” ${read.problem}: ${shown(text)}.`)
    else Object.assign(values, { [column === 'houseType' ? 'houseTypeCode' : column]: read.value })
  }
  problems.push(...strayCells(table, row))
  const people = readPurchasers(names, emails)
  if ('problem' in people) problems.push(people.problem)
  else if (people.value.length > 0) values.purchasers = people.value
  const numberColumn = table.columns.find(({ column }) => column === 'number')
  if (numberColumn && isEmptyCell(row.cells[numberColumn.index]))
    problems.unshift(`The number of the home is missing: “${numberColumn.heading}” is empty.`)
  const isWhole = problems.length === 0 && values.number !== undefined
  return {
    rowNumber: row.number,
    unitNumber: values.number ?? null,
    values: isWhole ? ({ ...values } as UnitValues) : null,
    messages: problems,
  }
}

function refusalOf(cell: Cell): string | null {
  if (typeof cell === 'object') return cell.problem
  if (typeof cell === 'number') return null
  if (cell.length > CELL_CHARS_MAX) return `is longer than ${CELL_CHARS_MAX} characters`
  return isFormula(textOf(cell))
    ? `begins like a formula (${shown(textOf(cell))}); write the text itself`
    : null
}

function readField(
  column: Extract<HeadedColumn['column'], string>,
  cell: string | number,
  text: string,
  epoch: 1900 | 1904,
): Read<string | number> {
  switch (column) {
    case 'number':
      return readNumber(text)
    case 'houseType':
      return { value: text }
    case 'addressLine':
      return readAddress(text)
    case 'eircode':
      return readEircode(text)
    case 'bedrooms':
    case 'bathrooms':
      return readRooms(text)
    case 'floorAreaM2':
      return readArea(text)
    case 'handedOverOn':
      return readDate(typeof cell === 'number' ? cell : text, epoch)
    case 'tenure':
      return readTenure(text)
    case 'phase':
      return readPhase(text)
  }
}

/** A separator inside an unquoted address moves every later cell one column on: that must not pass for data. */
function strayCells({ columnCount }: Table, row: TableRow): string[] {
  const stray = row.cells.slice(columnCount).filter((cell) => !isEmptyCell(cell))
  return stray.length === 0
    ? []
    : [`The row has more cells than there are headings (${columnCount}). Is a separator inside one of them?`]
}

/** Names in the order of their columns; those in one shared cell, or in columns of their own, not both. */
function readPurchasers(names: Map<number, string>, emails: Map<number, string>): Read<Purchaser[]> {
  const together = names.get(0)
  const single = [1, 2, 3, 4].map((position) => names.get(position) ?? '')
  const shared = together === undefined ? [] : splitNames(together)
  // "Purchaser" beside "Purchaser 2": the first of them has no number.
  const listed =
    together !== undefined && single[0] === '' && shared.length === 1
      ? [together, ...single.slice(1)]
      : single
  const isInOneCell = together !== undefined && listed === single
  if (isInOneCell && single.some(Boolean))
    return { problem: 'Purchasers are named both in one cell and in cells of their own.' }
  const people = (isInOneCell ? shared : listed).map((name, index) => ({ name, position: index + 1 }))
  if (people.length > PURCHASERS_MAX) return { problem: `A home has at most ${PURCHASERS_MAX} purchasers.` }
  const purchasers: Purchaser[] = []
  const sharedEmails = (emails.get(0) ?? '').split(/[;,\s]+/).filter(Boolean)
  const used = new Set<string>()
  for (const { name, position } of people) {
    if (name === '') continue
    const read = readName(name)
    if ('problem' in read) return { problem: `The name ${shown(name)} ${read.problem}.` }
    const email = emails.get(position) ?? sharedEmails[position - 1] ?? null
    const checked = email === null ? null : readEmail(email)
    if (checked && 'problem' in checked)
      return { problem: `The e-mail address ${checked.problem}: ${shown(email ?? '')}.` }
    if (email !== null) used.add(email)
    purchasers.push({ fullName: read.value, email: checked?.value ?? null })
  }
  const given = [
    ...sharedEmails,
    ...[...emails].filter(([position]) => position > 0).map(([, email]) => email),
  ]
  const ownerless = given.filter((email) => !used.has(email))
  return ownerless.length > 0
    ? { problem: `The e-mail address ${shown(ownerless[0] ?? '')} belongs to none of the names in the row.` }
    : { value: purchasers }
}

/** The same home twice in one file: neither row is obeyed, and each names the other. */
function namingDoubles(rows: ReadRow[]): ReadRow[] {
  const byKey = Map.groupBy(
    rows.filter((row) => row.unitNumber !== null),
    (row) => numberKey(row.unitNumber as string),
  )
  return rows.map((row) => {
    const same = row.unitNumber === null ? [] : (byKey.get(numberKey(row.unitNumber)) ?? [])
    if (same.length < 2) return row
    const others = same.filter((other) => other !== row).map((other) => other.rowNumber)
    const where = `row${others.length === 1 ? '' : 's'} ${others.slice(0, 10).join(', ')}`
    return {
      ...row,
      values: null,
      messages: [...row.messages, `Home ${row.unitNumber} is also in ${where} of this file.`],
    }
  })
}

const SHOWN_CHARS = 40
const shown = (text: string) => `“${text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text}”`
