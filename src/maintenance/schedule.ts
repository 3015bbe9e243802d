// When things are due in a home: pure arithmetic of days, from the day of handover and what was done last.
import type { HomeItem } from '#db/maintenance.ts'

/** What is due within so many days is `soon`. */
const SOON_DAYS = 30
const DAY_MS = 86_400_000
/** Beyond it an ISO date has another shape. */
const LAST_MONTH = Date.UTC(9999, 11, 1)

/** All days are ISO dates in Irish time. */
export type Task = {
  item: HomeItem
  dueOn: string
  /** Negative when it is overdue. */
  days: number
}

export type Warranty = { item: HomeItem; endsOn: string; days: number }

export type Timeline = {
  overdue: Task[]
  /** Within the next days, then later: the next one first. */
  soon: Task[]
  later: Task[]
  /** Each item on the next day that is not over, also what is overdue: for calendars and reminders. */
  ahead: Task[]
  running: Warranty[]
  ended: Warranty[]
  /** What cannot be dated, because the day of handover is not recorded. */
  undated: HomeItem[]
}

export function timelineOf(items: readonly HomeItem[], handedOverOn: string | null, today: string): Timeline {
  const timeline: Timeline = {
    overdue: [],
    soon: [],
    later: [],
    ahead: [],
    running: [],
    ended: [],
    undated: [],
  }
  for (const item of items) {
    if (item.kind === 'warranty') {
      const endsOn = handedOverOn && item.months !== null ? addMonths(handedOverOn, item.months) : null
      if (endsOn === null) timeline.undated.push(item)
      else {
        const warranty = { item, endsOn, days: daysBetween(today, endsOn) }
        // Its last day is one of cover.
        if (warranty.days >= 0) timeline.running.push(warranty)
        else timeline.ended.push(warranty)
      }
      continue
    }
    const dueOn = nextDue(item, handedOverOn, today)
    if (dueOn === 'undated') timeline.undated.push(item)
    else if (dueOn !== null) {
      const task = { item, dueOn, days: daysBetween(today, dueOn) }
      const list = task.days < 0 ? timeline.overdue : task.days <= SOON_DAYS ? timeline.soon : timeline.later
      list.push(task)
      const coming = comingDay(item, handedOverOn, today)
      if (coming) timeline.ahead.push({ item, dueOn: coming, days: daysBetween(today, coming) })
    }
  }
  for (const list of [timeline.overdue, timeline.soon, timeline.later]) list.sort(byDay(({ dueOn }) => dueOn))
  for (const list of [timeline.running, timeline.ended]) list.sort(byDay(({ endsOn }) => endsOn))
  return timeline
}

/**
 * The day an item is due: so long after it was last done, at first after handover or on the day its household chose.
 * Where that day, and others after it, went by unsaid it is the last of them: nobody owes what was due years ago.
 * Null: it was due once, and is done.
 */
export function nextDue(
  item: HomeItem,
  handedOverOn: string | null,
  today: string,
): string | null | 'undated' {
  const first = firstDue(item, handedOverOn)
  if (first === null || first === 'undated' || item.months === null) return first
  return addMonths(first, item.months * Math.max(0, timesSince(first, item.months, today)))
}

/** The next such day that is not over yet, whatever was missed; of what is due once, its day. */
function comingDay(item: HomeItem, handedOverOn: string | null, today: string): string | null {
  const due = nextDue(item, handedOverOn, today)
  if (due === null || due === 'undated') return null
  return due < today && item.months !== null ? addMonths(due, item.months) : due
}

function firstDue(item: HomeItem, handedOverOn: string | null): string | null | 'undated' {
  const { months, firstDueOn, lastDoneOn } = item
  if (lastDoneOn) return months === null ? null : addMonths(lastDoneOn, months)
  if (firstDueOn) return firstDueOn
  return handedOverOn && months !== null ? addMonths(handedOverOn, months) : 'undated'
}

/** How often something has come due again since it first was; negative when that is still to come. */
function timesSince(first: string, months: number, today: string): number {
  const [year = 0, month = 1] = first.split('-').map(Number)
  const [nowYear = 0, nowMonth = 1] = today.split('-').map(Number)
  const times = Math.floor(((nowYear - year) * 12 + nowMonth - month) / months)
  return addMonths(first, times * months) > today ? times - 1 : times
}

/** The same day of a later month, or that month's last day when it has none such. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Math.min(Date.UTC(year, month - 1 + months, 1), LAST_MONTH))
  const lastDate = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date, lastDate))
  return first.toISOString().slice(0, 10)
}

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)

const byDay =
  <T extends { item: HomeItem }>(dayOf: (entry: T) => string) =>
  (a: T, b: T): number =>
    dayOf(a).localeCompare(dayOf(b)) || a.item.title.localeCompare(b.item.title, 'en-IE')
