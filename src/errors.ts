// Unforeseen errors: written to the error log and counted by fingerprint, never allowed to cause another one.
import { createHash } from 'node:crypto'
import { countErrors, type ErrorSource } from '#db/errors.ts'
import { insertError } from '#db/logs.ts'
import { throughDoor } from '#db/scope.ts'
import { reportToSentry } from './clients/sentry.ts'
import { releaseOf } from './config.ts'
import { describe, log, redact } from './log.ts'

export type { ErrorSource } from '#db/errors.ts'

const MESSAGE_CHARS_MAX = 1_000
const TITLE_CHARS_MAX = 300
const STACK_CHARS_MAX = 6_000
const CONTEXT_CHARS_MAX = 500
const CONTEXT_DEPTH_MAX = 4
const CONTEXT_FIELDS_MAX = 20
/** Writes under way at once; what comes meanwhile is counted, so that a storm cannot drown the database. */
const WRITES_MAX = 8
/** Different errors that may wait for their turn. */
const WAITING_MAX = 100

export type ErrorEntry = {
  source: ErrorSource
  error: unknown
  requestId: string | null
  tenantId: string | null
  context: Record<string, unknown>
}

type Occurrence = Omit<ErrorEntry, 'error'> & {
  id: string
  fingerprint: string
  name: string
  title: string
  message: string
  stack: string | null
  release: string
}

let writing = 0
let dropped = 0
const waiting = new Map<string, { occurrence: Occurrence; count: number }>()

/** Errors that were only logged, because too many different ones came at once. */
export const droppedErrors = (): number => dropped

export function recordError(entry: ErrorEntry): void {
  const occurrence = occurrenceOf(entry)
  reportToSentry({ ...occurrence, platform: entry.source === 'browser' ? 'javascript' : 'node' })
  if (writing < WRITES_MAX) {
    write(occurrence, 1)
    return
  }
  const same = waiting.get(occurrence.fingerprint)
  if (same) same.count++
  else if (waiting.size < WAITING_MAX) waiting.set(occurrence.fingerprint, { occurrence, count: 1 })
  else dropped++
}

function write(occurrence: Occurrence, count: number): void {
  writing++
  const { name: _, title, fingerprint, source, release, ...rest } = occurrence
  throughDoor(async (db) => {
    await insertError(db, { ...rest, fingerprint, source, release })
    await countErrors(db, { fingerprint, source, title, release, count })
  })
    .catch((error) => log('error', 'error_not_recorded', { error }))
    .finally(() => {
      writing--
      const [next] = waiting
      if (!next) return
      waiting.delete(next[0])
      write(next[1].occurrence, next[1].count)
    })
}

function occurrenceOf({ source, error, requestId, tenantId, context }: ErrorEntry): Occurrence {
  const { name, message, stack } = describe(error)
  const frame = firstOwnFrame(stack ?? message)
  const fingerprint = createHash('sha256')
    .update(`${source}\n${name}\n${frame ?? withoutNumbers(message)}`)
    .digest('hex')
    .slice(0, 32)
  return {
    id: Bun.randomUUIDv7(),
    source,
    requestId,
    tenantId,
    fingerprint,
    name,
    title: storable(frame ? `${name} at ${frame}` : name).slice(0, TITLE_CHARS_MAX),
    message: storable(`${name}: ${message}`).slice(0, MESSAGE_CHARS_MAX),
    stack: stack ? storable(stack).slice(0, STACK_CHARS_MAX) : null,
    context: tidy(context, 0) as Record<string, unknown>,
    release: releaseOf(),
  }
}

/** Where it broke, without line numbers, so that one bug keeps one fingerprint over releases. */
function firstOwnFrame(stack: string): string | null {
  const frame = /\n\s+at (?!.*(?:node_modules|native:|node:))([^\n]+)/.exec(stack)?.[1]
  return frame ? withoutNumbers(frame).replaceAll(process.cwd(), '') : null
}

const withoutNumbers = (text: string) => text.replace(/:\d+/g, '').replace(/[0-9a-f]{8,}|\d+/gi, '#')

/** PostgreSQL text holds neither NUL nor half a character. */
const storable = (text: string) => text.replaceAll('\0', '').toWellFormed()

/** What is known beside the error: bounded, and nothing in it that looks like a key. */
function tidy(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return storable(redact(value)).slice(0, CONTEXT_CHARS_MAX)
  if (value === null || typeof value !== 'object')
    return ['number', 'boolean'].includes(typeof value) ? value : null
  if (depth === CONTEXT_DEPTH_MAX) return '…'
  const fields = Object.entries(value).slice(0, CONTEXT_FIELDS_MAX)
  return Object.fromEntries(fields.map(([name, each]) => [storable(name), tidy(each, depth + 1)]))
}
