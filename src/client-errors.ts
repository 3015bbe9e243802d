// Errors that browsers report: what they say is bounded, and no address of a home is kept.
import { recordError } from './errors.ts'

export type ClientError = { message: string; stack: string | null; page: string }

export function recordClientError(
  { message, stack, page }: ClientError,
  of: { requestId: string; tenantId: string | null },
): void {
  recordError({
    source: 'browser',
    error: new BrowserError(message, stack),
    ...of,
    context: { page: patternOf(page) },
  })
}

class BrowserError extends Error {
  constructor(message: string, stack: string | null) {
    super(withoutAddress(message))
    this.name = 'BrowserError'
    // A stranger's text is not a stack of ours: without one of its own there is none.
    this.stack = stack ? withoutAddress(stack) : `BrowserError: ${withoutAddress(message)}`
  }
}

/** Ids, and the half of a home's key that stands in its address, say nothing about the error. */
const patternOf = (page: string) =>
  withoutAddress(page.split(/[?#]/)[0] ?? '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, ':id')

const withoutAddress = (text: string) =>
  text.replace(/\/h\/[\w-]+/g, '/h/:id').replace(/(\?|&)[\w-]+=[^\s)&:]*/g, '')
