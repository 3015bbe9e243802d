// Writes that must not be given up because the database is away for a moment.
import { log } from '#src/log.ts'

const PAUSE_MS = 500
/** A little more than a lease: after that the row has been taken back and there is nothing left to write. */
const TRIES_MAX = 120

/** Repeats `write` until it goes through. Null when it never did: the lease will expire and tell. */
export async function untilWritten<T>(event: string, write: () => Promise<T>): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write()
    } catch (error) {
      const isLast = attempt >= TRIES_MAX
      if (attempt === 1 || isLast) log('error', event, { error: String(error), isGivenUp: isLast })
      if (isLast) return null
      await Bun.sleep(PAUSE_MS)
    }
  }
}
