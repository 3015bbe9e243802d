// Unforeseen errors: written to the error log with a fingerprint, never allowed to cause another one.
import { createHash } from 'node:crypto'
import { insertError } from '#db/logs.ts'
import { throughDoor } from '#db/scope.ts'
import { describe, log } from './log.ts'

const MESSAGE_CHARS_MAX = 1_000
const STACK_CHARS_MAX = 6_000
/** Writes under way at once; beyond it an error is only logged, so that a storm cannot drown the database. */
const WRITES_MAX = 8

export type ErrorSource = 'http' | 'job' | 'worker' | 'stream' | 'browser'

let writing = 0

export function recordError(entry: {
  source: ErrorSource
  error: unknown
  requestId: string | null
  tenantId: string | null
  context: Record<string, unknown>
}): void {
  if (writing >= WRITES_MAX) return
  writing++
  const { name, message, stack } = describe(entry.error)
  const fingerprint = createHash('sha256')
    .update(`${entry.source}\n${name}\n${firstOwnFrame(stack ?? message)}`)
    .digest('hex')
    .slice(0, 32)
  throughDoor((db) =>
    insertError(db, {
      tenantId: entry.tenantId,
      source: entry.source,
      fingerprint,
      message: `${name}: ${message}`.slice(0, MESSAGE_CHARS_MAX),
      stack: stack?.slice(0, STACK_CHARS_MAX) ?? null,
      context: entry.context,
      requestId: entry.requestId,
    }),
  )
    .catch((error) => log('error', 'error_not_recorded', { error }))
    .finally(() => writing--)
}

/** Where it broke, without line numbers, so that one bug keeps one fingerprint over releases. */
const firstOwnFrame = (stack: string) =>
  (/\n\s+at (?!.*node_modules)([^\n]+)/.exec(stack)?.[1] ?? stack.split('\n')[0] ?? '').replace(/:\d+/g, '')
