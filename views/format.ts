// Dates, numbers, sizes, distances and names as people in Ireland read them.

const LOCALE = 'en-IE'
const TIME_ZONE = 'Europe/Dublin'

/** Between a number and its unit, so that no line breaks there. */
const NBSP = '\u00a0'

const UNIT_AFTER_NUMBER = /(\d) (?=(?:m²|mm|cm|m|km|kWh|kW|kg|litres?|°C|%)(?![\p{L}\p{N}]))/gu

/** For text that others wrote: no number is parted from its unit at the end of a line. */
export const keepUnits = (text: string) => text.replace(UNIT_AFTER_NUMBER, `$1${NBSP}`)

const numberFormat = new Intl.NumberFormat(LOCALE)
/** Making a formatter costs as much as fifty uses of it, and lists format hundreds of numbers. */
const upTo = [0, 1].map((digits) => new Intl.NumberFormat(LOCALE, { maximumFractionDigits: digits }))
const oneDigitFormat = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const euroFormats = [2, 4].map(
  (digits) =>
    new Intl.NumberFormat(LOCALE, { style: 'currency', currency: 'EUR', maximumFractionDigits: digits }),
)
const formatUpTo = (value: number, digits: 0 | 1): string => upTo[digits]!.format(value)
const dateFormat = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: TIME_ZONE,
})
const timeFormat = new Intl.DateTimeFormat(LOCALE, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: TIME_ZONE,
})

const dayFormat = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** Of a date such as 2026-11-24, "24 Nov". */
export const formatDay = (day: string) => dayFormat.format(new Date(`${day}T00:00:00Z`))
export const formatNumber = (value: number) => numberFormat.format(value)
export const formatDate = (at: Date) => dateFormat.format(at)
export const formatTime = (at: Date) => timeFormat.format(at)
export const formatDateTime = (at: Date) => `${formatDate(at)}, ${formatTime(at)}`

/** `count(1, 'page')` is "1 page", `count(2, 'page')` is "2 pages". */
export const count = (value: number, singular: string, plural = `${singular}s`) =>
  `${formatNumber(value)} ${value === 1 ? singular : plural}`

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB']

/** Decimal units, as phones show them: 1,500,000 bytes are "1.5 MB". */
export function formatBytes(sizeBytes: number): string {
  let value = sizeBytes
  let unit = 0
  // 999.5 would round to "1,000 kB", so it moves on to the next unit first.
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0
  return `${formatUpTo(value, digits)}${NBSP}${BYTE_UNITS[unit]}`
}

/** Metres below one kilometre to the nearest ten, then kilometres with one decimal. */
export function formatDistance(distanceMetres: number): string {
  const rounded = Math.round(distanceMetres / 10) * 10
  if (rounded < 1000) return `${rounded}${NBSP}m`
  return `${oneDigitFormat.format(distanceMetres / 1000)}${NBSP}km`
}

export const formatArea = (areaSquareMetres: number) => `${formatUpTo(areaSquareMetres, 1)}${NBSP}m²`

/** Small sums keep four decimals, so that a fraction of a cent is not told as nothing. */
export const formatEuro = (amount: number) => euroFormats[amount > 0 && amount < 0.1 ? 1 : 0]!.format(amount)

/** "in 2 minutes", "in 40 seconds": rounded up, so that nobody tries too early. */
export function formatWait(waitSeconds: number): string {
  const seconds = Math.max(1, Math.ceil(waitSeconds))
  if (seconds < 60) return count(seconds, 'second')
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? count(minutes, 'minute') : count(Math.ceil(minutes / 60), 'hour')
}

/** Of "999 or 112" the first: a link can dial one number, and digits run together would dial neither. */
export const telephoneUrl = (number: string) =>
  `tel:${(/\+?\d[\d ()/-]*/.exec(number)?.[0] ?? number).replace(/[^\d+]/g, '')}`

const listFormat = new Intl.ListFormat(LOCALE, { type: 'conjunction' })
export const formatList = (items: string[]) => listFormat.format(items)

/** "0.4 s", "12 s", "3 min 5 s", "2 h 4 min": two units at most, because nobody reads a third. */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, durationMs)
  if (ms < 9_950) return `${formatUpTo(ms / 1_000, 1)}${NBSP}s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return `${seconds}${NBSP}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}${NBSP}min ${seconds % 60}${NBSP}s`
  return `${formatNumber(Math.floor(minutes / 60))}${NBSP}h ${minutes % 60}${NBSP}min`
}

const offsetFormat = new Intl.DateTimeFormat('en-GB', { timeZone: TIME_ZONE, timeZoneName: 'longOffset' })

/** The moment that a form's `2026-12-24T18:00` means in Ireland; null for what is none. */
export function dublinTime(local: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)) return null
  const asUtc = new Date(`${local}:00Z`)
  if (Number.isNaN(asUtc.getTime())) return null
  const zone = offsetFormat.formatToParts(asUtc).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const hours = Number(/GMT([+-]\d{2})/.exec(zone)?.[1] ?? 0)
  return new Date(asUtc.getTime() - hours * 3_600_000)
}
