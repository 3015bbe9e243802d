// Single values as builders type them: numbers of homes, Irish dates, Eircodes, areas, names.
import type { Cell } from './limits.ts'

/** A value, or what is wrong with it: the end of a sentence that begins with the column's name. */
export type Read<T> = { value: T } | { problem: string }

const EIRCODE = /^(?:D6W|[AC-FHKNPRTV-Y][0-9]{2})[0-9AC-FHKNPRTV-Y]{4}$/
const NUMBER_CHARS_MAX = 20
export const PHASE_CHARS_MAX = 40
const ADDRESS_CHARS_MAX = 300
const NAME_CHARS_MAX = 200
const EMAIL_CHARS_MAX = 254
const PURCHASERS_MAX = 4
const YEAR_MIN = 1990
const YEAR_MAX = 2100
const AREA_M2_MIN = 10
const AREA_M2_MAX = 2_000
const ROOMS_MAX = 20
const DAY_MS = 86_400_000

const problem = (text: string) => ({ problem: text })

export const textOf = (cell: string | number): string =>
  String(cell)
    .normalize('NFC')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()

/** A text that a spreadsheet would run when it is exported again. Phone numbers and negative numbers are not. */
export const isFormula = (text: string): boolean => /^[=@]|^[+-](?![\d\s(])/.test(text)

/** `No. 012a` is home 12A. */
export function readNumber(text: string): Read<string> {
  const bare = text
    .toUpperCase()
    .replace(/^(?:NO|NR|NUMBER|UNIT|HOUSE|PLOT|SITE)\b\.?\s*/, '')
    .replace(/^#\s*/, '')
    .replace(/^0+(?=\d)/, '')
    .trim()
  if (bare === '') return problem('has no number in it')
  if (bare.length > NUMBER_CHARS_MAX) return problem(`is longer than ${NUMBER_CHARS_MAX} characters`)
  if (!/^[\p{L}\p{N}][\p{L}\p{N} /.-]*$/u.test(bare))
    return problem('may only have letters, digits, spaces and - / .')
  return { value: bare }
}

/** Numbers that only differ in case, spaces or leading zeros are the same home. */
export const numberKey = (number: string): string =>
  number
    .toUpperCase()
    .replace(/[\s.]+/g, '')
    .replace(/^0+(?=\d)/, '')

/** `BD-O1`, `bd01` and `BD 01` are one code. */
export const houseTypeKey = (code: string): string =>
  code
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replaceAll('O', '0')

export function readEircode(text: string): Read<string> {
  const bare = text.toUpperCase().replace(/[\s-]/g, '')
  return EIRCODE.test(bare) ? { value: bare } : problem('is not an Eircode such as T23 AC12')
}

export const readAddress = (text: string): Read<string> =>
  text.length > ADDRESS_CHARS_MAX
    ? problem(`is longer than ${ADDRESS_CHARS_MAX} characters`)
    : { value: text }

export function readRooms(text: string): Read<number> {
  const digits = /^(\d{1,2})(?:\.0+)?(?: ?(?:bed|bath)(?:room)?s?\.?)?$/i.exec(text)?.[1]
  if (digits === undefined || Number(digits) > ROOMS_MAX)
    return problem(`is not a whole number up to ${ROOMS_MAX}`)
  return { value: Number(digits) }
}

const TENURES = {
  sale: /^(?:for )?(?:sale|sold|sell|owned)$/,
  rent: /^(?:for |to )?(?:rent(?:al|ed)?|let|lease[d]?)$/,
}

export function readTenure(text: string): Read<'sale' | 'rent'> {
  const word = text.toLowerCase()
  for (const tenure of ['sale', 'rent'] as const) if (TENURES[tenure].test(word)) return { value: tenure }
  return problem('is neither “sale” nor “rent”')
}

/** `Phase 2` and `2` are one phase: a list has the word in its heading or in its cells. */
export function readPhase(text: string): Read<string> {
  const bare = text.replace(/^phase\b[\s.:-]*/i, '')
  if (bare === '') return problem('has no name of a phase in it')
  return bare.length > PHASE_CHARS_MAX
    ? problem(`is longer than ${PHASE_CHARS_MAX} characters`)
    : { value: bare }
}

/** Square metres, with a decimal point or comma. */
export function readArea(text: string): Read<number> {
  const bare = text.replace(/ ?(?:m2|m²|sq\.? ?m\.?|sqm)$/i, '').replace(/^(\d{1,4}),(\d{1,2})$/, '$1.$2')
  const area = /^\d{1,4}(?:\.\d+)?$/.test(bare) ? Math.round(Number(bare) * 100) / 100 : Number.NaN
  if (!(area >= AREA_M2_MIN && area <= AREA_M2_MAX))
    return problem(`is not an area in m² from ${AREA_M2_MIN} to ${AREA_M2_MAX}`)
  return { value: area }
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Day first, as dates are written in Ireland; ISO dates, months in words, and the day numbers of a workbook. */
export function readDate(cell: string | number, epoch: 1900 | 1904): Read<string> {
  if (typeof cell === 'number') return dateOfSerial(cell, epoch)
  const text = cell.replace(/(\d)(?:st|nd|rd|th)\b/i, '$1').replace(/[ T]\d{1,2}:\d{2}.*$/, '')
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const irish = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(text)
  if (irish) return dateOf(yearOf(irish[3]), Number(irish[2]), Number(irish[1]))
  const words = /^(?:\p{L}+,? )?(\d{1,2})[ -](\p{L}{3})\p{L}*\.?,?[ -](\d{4}|\d{2})$/u.exec(text)
  const month = words ? MONTHS.indexOf((words[2] ?? '').toLowerCase()) + 1 : 0
  return words && month > 0
    ? dateOf(yearOf(words[3]), month, Number(words[1]))
    : problem('is not a date such as 3/11/2026 (day, month, year)')
}

const yearOf = (digits: string | undefined) => Number(digits) + (digits?.length === 2 ? 2_000 : 0)

function dateOf(year: number, month: number, day: number): Read<string> {
  if (month > 12 && day <= 12) return problem('has no such month: the day comes first, then the month')
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return problem('is not a day of the calendar')
  if (year < YEAR_MIN || year > YEAR_MAX) return problem(`is not between ${YEAR_MIN} and ${YEAR_MAX}`)
  return { value: date.toISOString().slice(0, 10) }
}

/** Day 1 is 1 January 1900 and there was a 29 February that year, as every spreadsheet has it. */
function dateOfSerial(serial: number, epoch: 1900 | 1904): Read<string> {
  const start = epoch === 1900 ? Date.UTC(1899, 11, 30) : Date.UTC(1904, 0, 1)
  const date = new Date(start + Math.floor(serial) * DAY_MS)
  if (Number.isNaN(date.getTime())) return problem('is not a date')
  return dateOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
}

/**
 * The people named in one cell. Split only where each part is a whole name: "Áine and Tom Daly" stays as it is,
 * because whether Áine is a Daly is not for us to say.
 */
export function splitNames(text: string): string[] {
  const parts = text
    .split(/\s*(?:;|&|\/|\+|\n|\band\b)\s*/i)
    .map((part) => part.trim())
    .filter(Boolean)
  return parts.length > 1 && parts.every((part) => part.includes(' ')) ? parts : [text]
}

export function readName(text: string): Read<string> {
  if (text.length > NAME_CHARS_MAX) return problem(`is longer than ${NAME_CHARS_MAX} characters`)
  return /\p{L}/u.test(text) ? { value: text } : problem('has no letters in it')
}

export function readEmail(text: string): Read<string> {
  const isAddress = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]{2,}$/.test(text)
  return isAddress && text.length <= EMAIL_CHARS_MAX ? { value: text } : problem('is not one e-mail address')
}

export { PURCHASERS_MAX }

export const isEmptyCell = (cell: Cell | undefined): boolean =>
  cell === undefined || (typeof cell === 'string' && textOf(cell) === '')
