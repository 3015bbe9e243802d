// Days on which things are due, as a table of cases; and the calendar file as RFC 5545 has it.
import { expect, test } from 'bun:test'
import { calendarText, escapeText, fold } from '#src/maintenance/calendar.ts'
import { addMonths, daysBetween, nextDue, timelineOf } from '#src/maintenance/schedule.ts'

const item = (more = {}) => ({
  ...{ id: 'i', kind: 'task' as const, title: 'Service', note: null, months: 12, firstDueOn: null },
  ...{ isOwn: false, lastDoneOn: null, documentId: null, documentTitle: null },
  ...{ changedAt: '2026-01-02T03:04:05.678Z', ...more },
})

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2024-02-29', 48, '2028-02-29'],
  ['2026-11-30', 3, '2027-02-28'],
  ['2026-12-15', 120, '2036-12-15'],
  ['2026-05-15', -60, '2021-05-15'],
  ['9999-12-31', 600, '9999-12-31'],
])('%s and %d months is %s', (day, months, expected) => {
  expect(addMonths(day, months)).toBe(expected)
})

test('days are counted over the change of the clocks', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
  expect(daysBetween('2026-10-26', '2026-10-24')).toBe(-2)
})

test('an item is due after handover, then after it was last done, and a thing to do once is over', () => {
  const due = (more: object, handedOverOn: string | null) => nextDue(item(more), handedOverOn, '2026-11-25')
  expect(due({}, '2026-03-01')).toBe('2027-03-01')
  expect(due({ lastDoneOn: '2026-04-10' }, '2026-03-01')).toBe('2027-04-10')
  expect(due({}, null)).toBe('undated')
  expect(due({ firstDueOn: '2026-12-01', months: null }, null)).toBe('2026-12-01')
  expect(due({ firstDueOn: '2026-12-01', months: null, lastDoneOn: '2026-11-20' }, null)).toBeNull()
})

test('of days that went by unsaid only the last counts', () => {
  const due = (more: object) => nextDue(item({ months: 3, ...more }), '2024-01-31', '2026-11-25')
  expect(due({})).toBe('2026-10-30')
  expect(due({ months: 12 })).toBe('2026-01-31')
  expect(due({ lastDoneOn: '2025-02-25' })).toBe('2026-11-25')
  expect(due({ firstDueOn: '2020-01-01', months: null })).toBe('2020-01-01')
  const found = timelineOf([item({ months: 3 })], '2024-01-31', '2026-11-25')
  expect(found.overdue.map(({ days }) => days)).toEqual([-26])
  expect(found.ahead.map(({ dueOn }) => dueOn)).toEqual(['2027-01-30'])
})

test('a timeline says what is late, soon, later, running and over, and invents no date', () => {
  const warranty = item({ id: 'w', kind: 'warranty', months: 24 })
  const items = [item(), item({ id: 'f', months: 6 }), item({ id: 's', months: 10 }), warranty]
  const found = timelineOf(items, '2026-01-10', '2026-11-01')
  const ids = (list: { item: { id: string } }[]) => list.map((entry) => entry.item.id)
  expect([ids(found.overdue), ids(found.soon), ids(found.later), ids(found.running)]).toEqual([
    ['f'],
    ['s'],
    ['i'],
    ['w'],
  ])
  expect(timelineOf([warranty], '2024-11-01', '2026-11-01').running.map(({ days }) => days)).toEqual([0])
  expect(ids(timelineOf([warranty], '2024-10-31', '2026-11-01').ended)).toEqual(['w'])
  const undated = timelineOf(items, null, '2026-11-01')
  expect([undated.undated.length, undated.overdue.length, undated.running.length]).toEqual([4, 0, 0])
})

test('text in a calendar is escaped, and what is no text goes', () => {
  expect(escapeText('a;b,c\\d\r\ne\u0000f\rg')).toBe('a\\;b\\,c\\\\d\\ne f\\ng')
})

test('lines are at most 75 octets, end in CRLF, and no letter is torn apart', () => {
  const long = `SUMMARY:${'Glanadh na scagairí aerála á é í ó ú 🏡 '.repeat(8)}`
  const lines = fold(long).split('\r\n')
  expect(lines.length).toBeGreaterThan(3)
  for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(lines.map((line, i) => (i === 0 ? line : line.slice(1))).join('')).toBe(long)
  const event = {
    ...{ uid: 'i.u@openhouse', changedAt: '2026-01-02T03:04:05.678Z', day: '2027-02-28' },
    ...{ summary: 'Service', description: '' },
  }
  const text = calendarText('Our home', 'https://x.ie/maintenance', [event])
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(text).toEndWith('END:VCALENDAR\r\n')
  for (const line of ['DTSTART;VALUE=DATE:20270228', 'DTEND;VALUE=DATE:20270301', 'DTSTAMP:20260102T030405Z'])
    expect(text).toContain(`\r\n${line}\r\n`)
})
