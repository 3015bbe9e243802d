// Keyset pages: signed cursors that say where the last page ended and for which list.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { config } from './config.ts'
import { failure } from './failure.ts'

export const PAGE_LIMIT_MAX = 100
export const PAGE_LIMIT_DEFAULT = 25
const CURSOR_CHARS_MAX = 500
const SIGNATURE_BYTES = 16

export type Page<T> = { rows: T[]; nextCursor: string | null }

/** Cuts the one row too many that tells that there is a next page. `positionOf` gives the sort key of a row. */
export function pageOf<T>(list: string, rows: T[], limit: number, positionOf: (row: T) => string[]): Page<T> {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, nextCursor: rows.length > limit && last ? makeCursor(list, positionOf(last)) : null }
}

/** `list` names the list and its filters: a cursor of one does not open another. */
export function makeCursor(list: string, position: readonly string[]): string {
  const body = Buffer.from(JSON.stringify(position)).toString('base64url')
  return `${body}.${signature(list, body)}`
}

/** @throws Failure `invalid` for a cursor that was altered or belongs to another list. */
export function readCursor(list: string, cursor: string | undefined, parts: number): string[] | undefined {
  if (cursor === undefined) return undefined
  const [body, given] = cursor.slice(0, CURSOR_CHARS_MAX).split('.')
  const expected = Buffer.from(signature(list, body ?? ''))
  const actual = Buffer.from(given ?? '')
  if (!body || actual.length !== expected.length || !timingSafeEqual(actual, expected)) throw badCursor()
  const position: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))
  if (
    !Array.isArray(position) ||
    position.length !== parts ||
    !position.every((part) => typeof part === 'string')
  )
    throw badCursor()
  return position
}

const badCursor = () =>
  failure('invalid', { fields: [{ path: 'cursor', message: 'is not a cursor of this list' }] })

const signature = (list: string, body: string) =>
  createHmac('sha256', config().jwtSecret)
    .update(`cursor\n${list}\n${body}`)
    .digest()
    .subarray(0, SIGNATURE_BYTES)
    .toString('base64url')
