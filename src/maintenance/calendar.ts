// A calendar file (RFC 5545) of what is due in a home: all-day events, so that no clock or time zone is needed.
import { createHash } from 'node:crypto'
import type { Timeline } from './schedule.ts'

/** RFC 5545 3.1: a line has at most 75 octets, its break not counted. */
const LINE_OCTETS_MAX = 75
const UID_CHARS = 32

export type CalendarEvent = {
  /** Stays the same for the same thing, whenever it is due. */
  uid: string
  /** ISO 8601: when it last changed, so that an unchanged calendar is the same bytes. */
  changedAt: string
  /** ISO date. */
  day: string
  summary: string
  description: string
}

export function eventsOf(timeline: Timeline, unitId: string): CalendarEvent[] {
  const event = ({ item }: { item: { id: string; changedAt: string } }) => ({
    uid: `${createHash('sha256').update(`${item.id} ${unitId}`).digest('hex').slice(0, UID_CHARS)}@openhouse`,
    changedAt: item.changedAt,
  })
  return [
    ...timeline.ahead.map((task) => ({
      ...event(task),
      day: task.dueOn,
      summary: task.item.title,
      description: task.item.note ?? '',
    })),
    ...timeline.running.map((warranty) => ({
      ...event(warranty),
      day: warranty.endsOn,
      summary: `Ends: ${warranty.item.title}`,
      description: warranty.item.note ?? '',
    })),
  ]
}

export function calendarText(name: string, url: string, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//OpenHouse//Home//EN',
    'CALSCALE:GREGORIAN',
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
    'X-PUBLISHED-TTL:PT12H',
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${event.uid}`,
      `DTSTAMP:${stamp(event.changedAt)}`,
      `LAST-MODIFIED:${stamp(event.changedAt)}`,
      `DTSTART;VALUE=DATE:${compact(event.day)}`,
      `DTEND;VALUE=DATE:${compact(dayAfter(event.day))}`,
      `SUMMARY:${escapeText(event.summary)}`,
      ...(event.description ? [`DESCRIPTION:${escapeText(event.description)}`] : []),
      `URL:${url}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

/** RFC 5545 3.3.11; a control character has no place in a text. */
export const escapeText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go.
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n')

/** Breaks between characters, never inside one of several octets. */
export function fold(line: string): string {
  const encoder = new TextEncoder()
  let folded = ''
  let octets = 0
  for (const character of line) {
    const size = encoder.encode(character).byteLength
    if (octets + size > LINE_OCTETS_MAX) {
      folded += '\r\n '
      octets = 1
    }
    folded += character
    octets += size
  }
  return folded
}

const compact = (day: string) => day.replaceAll('-', '')
const stamp = (iso: string) =>
  new Date(iso)
    .toISOString()
    .replace(/\.\d{3}/, '')
    .replace(/[-:]/g, '')
const dayAfter = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
