// Five-field cron patterns read in Irish time. Pure.
export const CRON_TIME_ZONE = 'Europe/Dublin'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** 29 February comes round within eight years (1900 and 2100 are far). */
const DAYS_BACK_MAX = 8 * 366
const FIELDS = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12 },
  { name: 'weekday', min: 0, max: 7 },
] as const

type Local = { minute: number; hour: number; day: number; month: number; weekday: number }
type Pattern = Record<keyof Local, ReadonlySet<number>> & { isEitherDay: boolean }

/**
 * The last tick of `pattern` at or before `atMs`. An hour that the clocks skip in March has no ticks; one that
 * they repeat in October has each of its ticks once, the first time.
 * @throws Error when the pattern is not understood or never fires
 */
export function lastTickAt(pattern: string, atMs: number): Date {
  const parsed = parsePattern(pattern)
  const limitMs = atMs - DAYS_BACK_MAX * 24 * HOUR_MS
  let ms = Math.floor(atMs / MINUTE_MS) * MINUTE_MS
  while (ms > limitMs) {
    const local = localTime(ms)
    if (!isDay(parsed, local)) ms -= (local.hour * 60 + local.minute) * MINUTE_MS || MINUTE_MS
    else if (!parsed.hour.has(local.hour)) ms -= (local.minute + 1) * MINUTE_MS
    else if (!parsed.minute.has(local.minute) || isRepeated(ms, local)) ms -= MINUTE_MS
    else return new Date(ms)
  }
  throw new Error(`the cron pattern "${pattern}" never fires`)
}

function parsePattern(pattern: string): Pattern {
  const texts = pattern.trim().split(/\s+/)
  if (texts.length !== FIELDS.length) throw new Error(`"${pattern}" does not have five fields`)
  const sets = FIELDS.map(({ min, max, name }, i) => [name, parseField(texts[i] ?? '', min, max)] as const)
  const fields = Object.fromEntries(sets) as Record<keyof Local, Set<number>>
  if (fields.weekday.has(7)) fields.weekday.add(0)
  // As in every cron: when both are restricted, either will do.
  return { ...fields, isEitherDay: !texts[2]?.startsWith('*') && !texts[4]?.startsWith('*') }
}

function parseField(text: string, min: number, max: number): Set<number> {
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part)
    if (!match) throw new Error(`"${text}" is not a cron field`)
    const [, fromText, toText, stepText] = match
    const from = fromText === undefined ? min : Number(fromText)
    const to = toText !== undefined ? Number(toText) : fromText === undefined || stepText ? max : from
    const step = stepText === undefined ? 1 : Number(stepText)
    if (from < min || to > max || from > to || step < 1) throw new Error(`"${text}" is out of range`)
    for (let value = from; value <= to; value += step) values.add(value)
  }
  return values
}

function isDay(pattern: Pattern, local: Local): boolean {
  if (!pattern.month.has(local.month)) return false
  const isDate = pattern.day.has(local.day)
  const isWeekday = pattern.weekday.has(local.weekday)
  return pattern.isEitherDay ? isDate || isWeekday : isDate && isWeekday
}

function isRepeated(ms: number, local: Local): boolean {
  const earlier = localTime(ms - HOUR_MS)
  return earlier.hour === local.hour && earlier.minute === local.minute
}

const formatter = new Intl.DateTimeFormat('en-GB', {
  timeZone: CRON_TIME_ZONE,
  hourCycle: 'h23',
  ...({ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const),
})

function localTime(ms: number): Local {
  const parts = Object.fromEntries(
    formatter.formatToParts(ms).map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts
  return { minute, hour, day, month, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() }
}
