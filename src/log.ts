// Structured log lines: one JSON object a line on standard error, never a secret, never a person's words.
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

const RANK = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 }
const FIELD_CHARS_MAX = 2_000

let threshold: keyof typeof RANK = (process.env.LOG_LEVEL as keyof typeof RANK | undefined) ?? 'info'

export function setLogLevel(level: LogLevel | 'silent'): void {
  threshold = level
}

/** Writes one line. JSON encoding keeps newlines and escape codes of input from forging a second one. */
export function log(level: LogLevel, event: string, fields: Record<string, unknown> = {}): void {
  if (RANK[level] < (RANK[threshold] ?? RANK.info)) return
  const line = JSON.stringify({ at: new Date().toISOString(), level, event, ...fields }, (_, value) =>
    value instanceof Error
      ? describe(value)
      : typeof value === 'string'
        ? value.slice(0, FIELD_CHARS_MAX)
        : value,
  )
  process.stderr.write(`${line}\n`)
}

/** An error with its causes as plain fields; messages are redacted of anything that looks like a key. */
export function describe(error: unknown): { name: string; message: string; stack?: string; cause?: unknown } {
  if (!(error instanceof Error)) return { name: 'NotAnError', message: redact(String(error)) }
  const message = redact(withoutValues(error.message))
  return {
    name: error.name,
    message,
    // The stack begins with the message, whose values may look like the frames that follow it.
    ...(error.stack ? { stack: redact(error.stack.replace(error.message, () => message)) } : {}),
    ...(error.cause ? { cause: describe(error.cause) } : {}),
  }
}

/** A failed statement's message ends with its values, and the server quotes the one it could not read. */
const withoutValues = (message: string): string =>
  message
    .replace(/\nparams: [\s\S]*$/, '\nparams: [redacted]')
    .replace(/(invalid input (?:syntax|value) for [\w ]+): "[\s\S]*"/, '$1: [redacted]')

/** Keys, tokens and passwords in URLs, and the values of a failed statement, which may be a person's words. */
export function redact(text: string): string {
  return text
    .replace(/\nparams: [\s\S]*?(?=\n\s+at |\ncaused by |$)/g, '\nparams: [redacted]')
    .replace(/\b(sk|oh|pk|rk)[-_][A-Za-z0-9_-]{8,}/g, '$1-[redacted]')
    .replace(/\bBearer\s+\S+/gi, 'Bearer [redacted]')
    .replace(/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g, '[redacted token]')
    .replace(/(\w+:\/\/[^:/\s]+:)[^@\s]+@/g, '$1[redacted]@')
}
